/** What the manifests of a system name, as far as checks ask. */
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';

/** An object of a manifest. */
export type ManifestObject = {
  /** Kind in lower case, e.g. `networkpolicy`. */
  kind: string;
  /** Namespace, '' when it has none. */
  namespace: string;
  /** Name. */
  name: string;
  /** Images of its containers without tags. */
  images: string[];
};

type Loose = { [key: string]: unknown } | undefined;

function member(value: unknown, ...path: string[]): unknown {
  let found = value;
  for (const key of path)
    found = typeof found === 'object' && found !== null ? (found as Loose)?.[key] : undefined;
  return found;
}

function textAt(value: unknown, ...path: string[]): string {
  const found = member(value, ...path);
  return typeof found === 'string' ? found : '';
}

function imagesOf(manifest: unknown): string[] {
  const pod = member(manifest, 'spec', 'template', 'spec');
  const containers = ['initContainers', 'containers'].flatMap((list) => member(pod, list) ?? []);
  return containers.map((container) => textAt(container, 'image').replace(/(:[^/:]+)?(@.+)?$/, ''));
}

/** The objects of a system. */
export function manifestObjects(system: SystemSpec): ManifestObject[] {
  return system.manifests.map((manifest) => ({
    kind: textAt(manifest, 'kind').toLowerCase(),
    namespace: textAt(manifest, 'metadata', 'namespace'),
    name: textAt(manifest, 'metadata', 'name'),
    images: imagesOf(manifest),
  }));
}
