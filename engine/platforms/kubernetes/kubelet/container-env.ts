/** The environment of a container: literals, ConfigMaps, Secrets and fields of its pod. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { flagAt, memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { quantityMilli, quantityUnits } from '../quantity.ts';
import { configValues, configWord } from './config-values.ts';
import { nodeNameOf } from './pod-reads.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** An environment, or why there can be none. */
export type EnvAnswer = { env: Map<string, string>; error: string };

/** A value, absent (optional and missing), or an error. */
type Value = { value?: string; error?: string };

/** Builds the environment as the kubelet does: `envFrom` first, then `env` in order. */
export function containerEnv(world: World, pod: PodRuntime, object: KubeObject, spec: JsonObject): EnvAnswer {
  const env = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', textAt(object.spec, 'hostname') || pod.name],
    ['KUBERNETES_SERVICE_HOST', '10.96.0.1'],
    ['KUBERNETES_SERVICE_PORT', '443'],
  ]);
  for (const source of objectsAt(spec, 'envFrom')) {
    const error = takeAll(world, pod, source, env);
    if (error !== '') return { env, error };
  }
  for (const variable of objectsAt(spec, 'env')) {
    const from = objectAt(variable, 'valueFrom');
    const found: Value =
      from === undefined
        ? { value: expanded(textAt(variable, 'value'), env) }
        : valueFrom(world, pod, { object, spec, from });
    if (found.error !== undefined) return { env, error: found.error };
    if (found.value !== undefined) env.set(textAt(variable, 'name'), found.value);
  }
  return { env, error: '' };
}

/** Adds all keys of a ConfigMap or Secret; answers with an error or ''. */
function takeAll(world: World, pod: PodRuntime, source: JsonObject, env: Map<string, string>): string {
  const prefix = textAt(source, 'prefix');
  for (const [member, kind] of [
    ['configMapRef', 'configmaps'],
    ['secretRef', 'secrets'],
  ] as const) {
    const reference = objectAt(source, member);
    if (reference === undefined) continue;
    const name = textAt(reference, 'name');
    const values = configValues(world, kind, pod.namespace, name);
    if (values === undefined) {
      if (!flagAt(reference, 'optional')) return `${configWord(kind).lower} "${name}" not found`;
      continue;
    }
    for (const [key, value] of values) env.set(prefix + key, value);
  }
  return '';
}

/** `$(NAME)` becomes the value of a variable defined before; `$$(NAME)` stays as `$(NAME)`. */
function expanded(text: string, env: Map<string, string>): string {
  return text.replace(/\$?\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (whole, name: string) => {
    if (whole.startsWith('$$')) return whole.slice(1);
    return env.get(name) ?? whole;
  });
}

type Reference = { object: KubeObject; spec: JsonObject; from: JsonObject };

function valueFrom(world: World, pod: PodRuntime, { object, spec, from }: Reference): Value {
  const config = objectAt(from, 'configMapKeyRef');
  if (config !== undefined) return keyValue(world, pod, 'configmaps', config);
  const secret = objectAt(from, 'secretKeyRef');
  if (secret !== undefined) return keyValue(world, pod, 'secrets', secret);
  const field = objectAt(from, 'fieldRef');
  if (field !== undefined) return { value: fieldValue(world, pod, object, textAt(field, 'fieldPath')) };
  const resource = objectAt(from, 'resourceFieldRef');
  return resource === undefined ? {} : { value: resourceValue(spec, textAt(resource, 'resource')) };
}

function keyValue(
  world: World,
  pod: PodRuntime,
  kind: 'configmaps' | 'secrets',
  reference: JsonObject,
): Value {
  const name = textAt(reference, 'name');
  const key = textAt(reference, 'key');
  const optional = flagAt(reference, 'optional');
  const values = configValues(world, kind, pod.namespace, name);
  if (values === undefined) return optional ? {} : { error: `${configWord(kind).lower} "${name}" not found` };
  const value = values.get(key);
  if (value !== undefined) return { value };
  if (optional) return {};
  return { error: `couldn't find key ${key} in ${configWord(kind).title} ${pod.namespace}/${name}` };
}

/** A field of the pod, as the downward API gives it. */
function fieldValue(world: World, pod: PodRuntime, object: KubeObject, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed !== null) return object.metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2]] ?? '';
  switch (path) {
    case 'metadata.name':
      return pod.name;
    case 'metadata.namespace':
      return pod.namespace;
    case 'metadata.uid':
      return pod.uid;
    case 'spec.nodeName':
      return nodeNameOf(world, pod);
    case 'spec.serviceAccountName':
      return textAt(object.spec, 'serviceAccountName') || 'default';
    case 'status.podIP':
    case 'status.podIPs':
      return pod.ip;
    case 'status.hostIP':
      return textAt(object.status, 'hostIP');
    default:
      return '';
  }
}

/** A container's own limit or request in whole cores or bytes. */
function resourceValue(spec: JsonObject, resource: string): string {
  const [part, name] = resource.split('.');
  const value = memberAt(objectAt(objectAt(spec, 'resources'), part), name ?? '');
  if (value === undefined) return '0';
  return name === 'cpu' ? String(Math.ceil(quantityMilli(value) / 1000)) : String(quantityUnits(value));
}
