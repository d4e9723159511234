/** Tells controllers and kubelets what changed about a pod, and only those whom the change concerns. */
import type { KubeObject } from './api-types.ts';
import { controlDelay } from './control-delay.ts';
import { wakeAgents } from './controllers/network-agents.ts';
import { controllerOf, isReadyPod, isTerminating } from './controllers/pod-facts.ts';
import { objectAt, objectsAt, textAt, textMapAt } from './json-access.ts';
import type { ControllerName, SeenPod, World } from './kube-state.ts';
import { admitPod } from './kubelet/admit-pod.ts';
import { forgetPod, wakePod } from './kubelet/pod-steps.ts';
import { getObject, listObjects } from './object-reads.ts';
import { needsNode, retryUnschedulable } from './scheduler/scheduler.ts';
import { labelSelectorOf, matchesLabels } from './selectors.ts';
import { enqueue } from './work-queue.ts';

const OWNERS = new Map<string, ControllerName>([
  ['ReplicaSet', 'replicaset'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
]);

/** Routes one entry of the watch log about a pod. */
export function routePod(world: World, type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: KubeObject): void {
  const { kube } = world;
  const { uid } = pod.metadata;
  const before = kube.seenPods.get(uid);
  const now = see(pod);
  if (type === 'DELETED') kube.seenPods.delete(uid);
  else kube.seenPods.set(uid, now);
  routeToOwner(world, pod, type);
  if (type === 'DELETED') {
    kube.unschedulable.delete(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
    forgetPod(world, uid);
    retryUnschedulable(world);
  } else {
    routeToNode(world, pod, { before, now });
  }
  const moved = before === undefined || type === 'DELETED' || before.labels !== now.labels;
  if (moved && type !== 'DELETED') wakeOrphanOwners(world, pod);
  if (moved || before.ip !== now.ip) wakeAgents(world);
  if (moved || before.ip !== now.ip || before.ready !== now.ready || before.deleting !== now.deleting) {
    routeToServices(world, pod, before !== undefined && before.labels !== now.labels);
    routeToBudgets(world, pod);
  }
}

function see(pod: KubeObject): SeenPod {
  return {
    node: textAt(pod.spec, 'nodeName'),
    labels: JSON.stringify(pod.metadata.labels ?? {}),
    ip: textAt(pod.status, 'podIP'),
    ready: isReadyPod(pod),
    deleting: isTerminating(pod),
    images: objectsAt(pod.spec, 'containers')
      .map((one) => textAt(one, 'image'))
      .join(' '),
  };
}

function routeToOwner(world: World, pod: KubeObject, type: string): void {
  const owner = controllerOf(pod);
  const controller = owner === undefined ? undefined : OWNERS.get(owner.kind);
  if (owner === undefined || controller === undefined) return;
  const namespace = pod.metadata.namespace ?? '';
  enqueue(world, controller, namespace, owner.name);
  if (type !== 'DELETED' || owner.kind !== 'ReplicaSet') return;
  // A deployment of the Recreate strategy waits for the last pod to be gone.
  const set = getObject(world, 'replicasets', namespace, owner.name);
  const parent = set === undefined ? undefined : controllerOf(set);
  if (parent?.kind === 'Deployment') enqueue(world, 'deployment', namespace, parent.name);
}

/** A pod without a controller may be one that a workload's selector matches. */
function wakeOrphanOwners(world: World, pod: KubeObject): void {
  if (controllerOf(pod) !== undefined) return;
  const namespace = pod.metadata.namespace ?? '';
  for (const [resource, controller] of [
    ['replicasets', 'replicaset'],
    ['statefulsets', 'statefulset'],
    ['daemonsets', 'daemonset'],
  ] as const) {
    for (const owner of listObjects(world, resource, namespace)) {
      const selector = labelSelectorOf(objectAt(owner.spec, 'selector'));
      if (matchesLabels(selector, pod.metadata.labels))
        enqueue(world, controller, namespace, owner.metadata.name);
    }
  }
}

function routeToNode(
  world: World,
  pod: KubeObject,
  seen: { before: SeenPod | undefined; now: SeenPod },
): void {
  const { before, now } = seen;
  const namespace = pod.metadata.namespace ?? '';
  if (now.node === '') {
    if (before === undefined && needsNode(pod)) enqueue(world, 'scheduler', namespace, pod.metadata.name);
    return;
  }
  const serial = world.kube.podSerials.get(pod.metadata.uid);
  const known = serial === undefined ? undefined : world.kube.pods.get(serial);
  if (known === undefined) {
    if (before === undefined || before.node === '') admitPod(world, pod);
    return;
  }
  if (now.deleting && before !== undefined && !before.deleting) {
    wakePod(world, known, controlDelay(world, `${known.uid} delete`, 10_000, 100_000));
  }
}

/** Services that send to the pod; all of the namespace when its labels have just changed. */
function routeToServices(world: World, pod: KubeObject, relabelled: boolean): void {
  const namespace = pod.metadata.namespace ?? '';
  const labels = pod.metadata.labels ?? {};
  for (const service of listObjects(world, 'services', namespace)) {
    const selector = textMapAt(service.spec, 'selector');
    const keys = Object.keys(selector);
    const matches = keys.length > 0 && keys.every((key) => labels[key] === selector[key]);
    if (matches || (relabelled && keys.length > 0))
      enqueue(world, 'endpoints', namespace, service.metadata.name);
  }
}

function routeToBudgets(world: World, pod: KubeObject): void {
  const namespace = pod.metadata.namespace ?? '';
  for (const budget of listObjects(world, 'poddisruptionbudgets', namespace)) {
    const selector = labelSelectorOf(objectAt(budget.spec, 'selector'));
    if (matchesLabels(selector, pod.metadata.labels))
      enqueue(world, 'disruption', namespace, budget.metadata.name);
  }
}
