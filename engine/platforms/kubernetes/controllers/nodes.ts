/**
 * The node controllers: what cordoning means to the scheduler, and what becomes of pods whose node may not
 * keep them or is gone.
 */
import type { KubeObject } from '../api-types.ts';
import { flagAt, objectsAt, textAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { deleteObject, patchObject } from '../object-writes.ts';
import { timestampAt } from '../timestamps.ts';
import { isTerminating } from './pod-facts.ts';
import { tolerates } from './taints.ts';

const WRITER = 'node-controller';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';

/** Looks at one node: its cordon taint, and pods it may not keep. */
export function reconcileNode(world: World, name: string): void {
  const node = getObject(world, 'nodes', '', name);
  if (node === undefined) {
    for (const pod of podsOn(world, name)) removePod(world, pod, 0);
    return;
  }
  syncCordonTaint(world, node);
  const taints = objectsAt(node.spec, 'taints').filter((taint) => textAt(taint, 'effect') === 'NoExecute');
  if (taints.length === 0) return;
  for (const pod of podsOn(world, name)) {
    if (isTerminating(pod) || taints.every((taint) => tolerates(pod, taint))) continue;
    const message = `Marking for deletion Pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
    noteEvent(world, 'taint-eviction-controller', pod, {
      type: 'Normal',
      reason: 'TaintManagerEviction',
      message,
    });
    removePod(world, pod);
  }
}

function podsOn(world: World, node: string): KubeObject[] {
  return listObjects(world, 'pods').filter((pod) => textAt(pod.spec, 'nodeName') === node);
}

function removePod(world: World, pod: KubeObject, graceSeconds?: number): void {
  const { namespace, name } = pod.metadata;
  deleteObject(world, WRITER, { resource: 'pods', namespace: namespace ?? '', name }, graceSeconds);
}

/** `spec.unschedulable` shows as a taint, as the node lifecycle controller keeps it. */
function syncCordonTaint(world: World, node: KubeObject): void {
  const taints = objectsAt(node.spec, 'taints');
  const has = taints.some((taint) => textAt(taint, 'key') === UNSCHEDULABLE);
  const wanted = flagAt(node.spec, 'unschedulable');
  if (has === wanted) return;
  const others = taints
    .filter((taint) => textAt(taint, 'key') !== UNSCHEDULABLE)
    .map((taint) => cloneJson(taint));
  const timeAdded = timestampAt(world.kube.store, world.cluster.nowMicros);
  if (wanted) others.push({ key: UNSCHEDULABLE, effect: 'NoSchedule', timeAdded });
  const target = { resource: 'nodes' as const, namespace: '', name: node.metadata.name };
  patchObject(world, WRITER, target, { spec: { taints: others.length > 0 ? others : null } });
}
