/** ConfigMaps and Secrets as containers read them: by key, as text. */
import type { JsonObject } from '../api-types.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { asJson, textMapAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject } from '../object-reads.ts';

/** A ConfigMap's or Secret's values by key, or undefined when there is no such object. */
export function configValues(
  world: World,
  kind: 'configmaps' | 'secrets',
  namespace: string,
  name: string,
): Map<string, string> | undefined {
  const object = getObject(world, kind, namespace, name);
  if (object === undefined) return undefined;
  const data: JsonObject = textMapAt(asJson(object), 'data');
  const values = new Map<string, string>();
  for (const key of Object.keys(data)) {
    const value = String(data[key]);
    values.set(key, kind === 'secrets' ? decodeBase64(value) : value);
  }
  return values;
}

/** The word for the kind in the kubelet's errors. */
export function configWord(kind: 'configmaps' | 'secrets'): { lower: string; title: string } {
  return kind === 'secrets'
    ? { lower: 'secret', title: 'Secret' }
    : { lower: 'configmap', title: 'ConfigMap' };
}
