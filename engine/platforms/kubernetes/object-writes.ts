/**
 * How controllers write objects: through the one entrance, under their own names.
 *
 * Nothing is written that would change nothing, so that quiet controllers leave no trace in the watch log.
 */
import type { ApiAnswer, Json, JsonObject, KubeObject, RequestQuery } from './api-types.ts';
import type { ControlledResource } from './api-places.ts';
import { API_PLACES } from './api-places.ts';
import { apiRequest } from './entrance.ts';
import { cloneJson, equalJson } from './json-values.ts';
import type { World } from './kube-state.ts';

/** Who writes: `system:` followed by the component's name. */
export type Writer =
  | 'deployment-controller'
  | 'replicaset-controller'
  | 'statefulset-controller'
  | 'daemonset-controller'
  | 'endpoint-controller'
  | 'endpointslice-controller'
  | 'disruption-controller'
  | 'persistent-volume-binder'
  | 'external-resizer'
  | 'node-controller'
  | 'generic-garbage-collector'
  | 'kube-scheduler'
  | 'kubelet';

/** managedFields' name of a writer: the process that runs it. */
function managerOf(writer: Writer): string {
  return writer.startsWith('kube') || writer === 'external-resizer' ? writer : 'kube-controller-manager';
}

/** What a write is about. */
export type WriteTarget = {
  /** Plural resource. */
  resource: ControlledResource;
  /** Namespace; '' for cluster-scoped objects. */
  namespace: string;
  /** Name; '' on creation. */
  name: string;
};

function send(
  world: World,
  writer: Writer,
  target: WriteTarget,
  rest: {
    verb: 'create' | 'update' | 'patch' | 'delete';
    subresource?: string;
    query?: RequestQuery;
    body?: Json;
  },
): ApiAnswer {
  const { group, version } = API_PLACES[target.resource];
  const query: RequestQuery = { fieldManager: managerOf(writer), ...rest.query };
  return apiRequest(world, {
    group,
    version,
    resource: target.resource,
    seat: writer === 'kubelet' ? 'system:node' : `system:${writer}`,
    ...(target.namespace === '' ? {} : { namespace: target.namespace }),
    ...(target.name === '' ? {} : { name: target.name }),
    ...rest,
    query,
  });
}

/** What an answer holds, or undefined for a refusal. */
function objectOf(answer: ApiAnswer): KubeObject | undefined {
  return answer.ok && 'object' in answer ? answer.object : undefined;
}

/** Creates an object; answers with it, or with why not. */
export function createObject(
  world: World,
  writer: Writer,
  target: { resource: ControlledResource; namespace: string },
  body: JsonObject,
): { object: KubeObject | undefined; error: string; reason: string } {
  const answer = send(world, writer, { ...target, name: '' }, { verb: 'create', body });
  if (!answer.ok) return { object: undefined, error: answer.status.message, reason: answer.status.reason };
  return { object: objectOf(answer), error: '', reason: '' };
}

/** Merges a patch into an object's main part; answers with the object after it, or undefined. */
export function patchObject(
  world: World,
  writer: Writer,
  target: WriteTarget,
  body: JsonObject,
): KubeObject | undefined {
  return objectOf(send(world, writer, target, { verb: 'patch', query: { patchType: 'merge' }, body }));
}

/** Replaces an object whole. */
export function replaceObject(world: World, writer: Writer, target: WriteTarget, body: JsonObject): boolean {
  return send(world, writer, target, { verb: 'update', body }).ok;
}

/** Replaces an object's status when it differs; answers true when it was written. */
export function writeStatus(
  world: World,
  writer: Writer,
  resource: ControlledResource,
  change: { object: KubeObject; status: JsonObject },
): boolean {
  const { object, status } = change;
  if (equalJson(object.status ?? {}, status)) return false;
  const { namespace, name } = object.metadata;
  const metadata: JsonObject = namespace === undefined ? { name } : { name, namespace };
  const body: JsonObject = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata,
    status: cloneJson(status),
  };
  const target = { resource, namespace: namespace ?? '', name };
  return send(world, writer, target, { verb: 'update', subresource: 'status', body }).ok;
}

/** Deletes an object; `graceSeconds` overrides the pod's own. */
export function deleteObject(
  world: World,
  writer: Writer,
  target: WriteTarget,
  graceSeconds?: number,
): boolean {
  const query: RequestQuery = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds };
  return send(world, writer, target, { verb: 'delete', query }).ok;
}

/** Binds a pod to a node. */
export function bindPod(world: World, pod: KubeObject, node: string): boolean {
  const { namespace, name } = pod.metadata;
  const body: JsonObject = {
    apiVersion: 'v1',
    kind: 'Binding',
    metadata: { name, namespace: namespace ?? '' },
    target: { apiVersion: 'v1', kind: 'Node', name: node },
  };
  const target: WriteTarget = { resource: 'pods', namespace: namespace ?? '', name };
  return send(world, 'kube-scheduler', target, { verb: 'create', subresource: 'binding', body }).ok;
}
