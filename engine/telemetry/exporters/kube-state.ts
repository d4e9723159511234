/** kube-state-metrics: the objects of the API server as numbers. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  flagAt,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  textAt,
} from '../../platforms/kubernetes/json-access.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { readAll } from '../../platforms/kubernetes/store-state.ts';
import { putSample } from '../series-store.ts';
import type { Sampler, Scope } from '../series-store.ts';

/** Whether a condition of an object is True. */
function holds(status: JsonObject | undefined, type: string): boolean {
  return objectsAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True',
  );
}

/** Labels of an object: its namespace and, under its kind's word, its name. */
function objectScope(object: KubeObject, word: string): Scope {
  const { namespace = '', name } = object.metadata;
  if (namespace === '') return { key: name, labels: { [word]: name } };
  return { key: `${namespace}/${name}`, labels: { namespace, [word]: name } };
}

function sampleContainerStatus(sampler: Sampler, pod: Scope, status: JsonObject): void {
  const container = textAt(status, 'name');
  const scope = { key: `${pod.key}/${container}`, labels: { ...pod.labels, container } };
  const restarts = countAt(status, 'restartCount');
  putSample(sampler, 'kube_pod_container_status_restarts_total', scope, restarts);
  const waiting = textAt(objectAt(objectAt(status, 'state'), 'waiting'), 'reason');
  const ended = textAt(objectAt(objectAt(status, 'lastState'), 'terminated'), 'reason');
  // These exist only while there is something to tell, as in the real exporter.
  if (waiting !== '') {
    putSample(sampler, 'kube_pod_container_status_waiting_reason', scope, 1, 'reason', waiting);
  }
  if (ended !== '') {
    putSample(sampler, 'kube_pod_container_status_last_terminated_reason', scope, 1, 'reason', ended);
  }
}

function samplePod(sampler: Sampler, pod: KubeObject): void {
  const scope = objectScope(pod, 'pod');
  const owner = pod.metadata.ownerReferences?.find((one) => one.controller === true);
  const node = textAt(pod.spec, 'nodeName');
  putSample(sampler, 'kube_pod_info', scope, 1, 'node', node, 'created_by_name', owner?.name ?? '');
  const phase = textAt(pod.status, 'phase');
  putSample(sampler, 'kube_pod_status_phase', scope, 1, 'phase', phase === '' ? 'Pending' : phase);
  const ready = holds(pod.status, 'Ready') ? 1 : 0;
  putSample(sampler, 'kube_pod_status_ready', scope, ready, 'condition', 'true');
  for (const status of objectsAt(pod.status, 'containerStatuses')) {
    sampleContainerStatus(sampler, scope, status);
  }
}

function sampleDeployment(sampler: Sampler, deployment: KubeObject): void {
  const scope = objectScope(deployment, 'deployment');
  const { spec, status } = deployment;
  const put = (name: string, value: number): void =>
    putSample(sampler, `kube_deployment_${name}`, scope, value);
  // An absent count means one, as the API server defaults it.
  put('spec_replicas', numberAt(spec, 'replicas') ?? 1);
  put('status_replicas_available', countAt(status, 'availableReplicas'));
  put('status_replicas_unavailable', countAt(status, 'unavailableReplicas'));
  put('status_replicas_updated', countAt(status, 'updatedReplicas'));
}

function sampleStatefulSet(sampler: Sampler, set: KubeObject): void {
  const scope = objectScope(set, 'statefulset');
  putSample(sampler, 'kube_statefulset_replicas', scope, numberAt(set.spec, 'replicas') ?? 1);
  putSample(sampler, 'kube_statefulset_status_replicas_ready', scope, countAt(set.status, 'readyReplicas'));
}

function sampleNode(sampler: Sampler, node: KubeObject): void {
  const scope = objectScope(node, 'node');
  const ready = holds(node.status, 'Ready') ? 1 : 0;
  putSample(sampler, 'kube_node_spec_unschedulable', scope, flagAt(node.spec, 'unschedulable') ? 1 : 0);
  putSample(sampler, 'kube_node_status_condition', scope, ready, 'condition', 'Ready', 'status', 'true');
}

function sampleEndpoint(sampler: Sampler, endpoints: KubeObject): void {
  const scope = objectScope(endpoints, 'endpoint');
  let available = 0;
  let notReady = 0;
  for (const subset of objectsAt(asJson(endpoints), 'subsets')) {
    available += listAt(subset, 'addresses').length;
    notReady += listAt(subset, 'notReadyAddresses').length;
  }
  putSample(sampler, 'kube_endpoint_address_available', scope, available);
  putSample(sampler, 'kube_endpoint_address_not_ready', scope, notReady);
}

/** Samples every object that the exporter knows. */
export function sampleKubeState(sampler: Sampler, world: World): void {
  const { store } = world.kube;
  for (const pod of readAll(store, 'pods')) samplePod(sampler, pod);
  for (const deployment of readAll(store, 'deployments.apps')) sampleDeployment(sampler, deployment);
  for (const set of readAll(store, 'statefulsets.apps')) sampleStatefulSet(sampler, set);
  for (const node of readAll(store, 'nodes')) sampleNode(sampler, node);
  for (const endpoints of readAll(store, 'endpoints')) sampleEndpoint(sampler, endpoints);
}
