/** What showing objects counts for as evidence. */
import type { Observation } from '../../protocol/cluster-commands.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';

/** One observation for each namespace that objects of a kind were shown of. */
export function observeObjects(
  kind: KindDefinition,
  objects: readonly KubeObject[],
  detail: boolean,
): Observation[] {
  const byNamespace = new Map<string, string[]>();
  for (const { metadata } of objects) {
    const namespace = metadata.namespace ?? '';
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), metadata.name]);
  }
  return [...byNamespace].map(([namespace, names]) => ({
    tool: 'get',
    resource: kind.plural,
    namespace,
    names,
    detail,
  }));
}
