/**
 * The scheduler: gives each new pod a node, or says why it cannot.
 *
 * Reads   nodes, pods, claims. Emits   bindings, Scheduled and FailedScheduling events.
 */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { conditionOf, withoutCondition } from '../conditions.ts';
import { controlDelay } from '../control-delay.ts';
import { asJson, listAt, memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import { compareText } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject } from '../object-reads.ts';
import { bindPod, patchObject, writeStatus } from '../object-writes.ts';
import { timestampAt } from '../timestamps.ts';
import { enqueueAfter } from '../work-queue.ts';
import type { Objection } from './node-filters.ts';
import { objectionTo } from './node-filters.ts';
import { drawNodePictures } from './node-picture.ts';
import { bestNode } from './node-scores.ts';

const SECOND = 1_000_000;
/** A pod that nothing happens to is tried again after this long. */
const FLUSH_MICROS = 300 * SECOND;
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/** Tries to give one pod a node. */
export function schedulePod(world: World, namespace: string, name: string): void {
  const pod = getObject(world, 'pods', namespace, name);
  const key = `${namespace}/${name}`;
  if (pod === undefined || !needsNode(pod)) {
    world.kube.unschedulable.delete(key);
    return;
  }
  const pictures = drawNodePictures(world);
  const unbound = claimObjection(world, pod);
  if (unbound !== '') {
    refuse(world, pod, `0/${pictures.length} nodes are available: ${unbound}.`, {
      final: pictures.length,
      other: 0,
    });
    return;
  }
  const objections = pictures.map((picture) => objectionTo(world, pod, picture, pictures));
  const possible = pictures.filter((_, at) => objections[at].reasons.length === 0);
  if (possible.length === 0) {
    const final = objections.filter((objection) => objection.final).length;
    const message = refusalText(objections);
    refuse(world, pod, message, { final, other: objections.length - final });
    return;
  }
  const { name: node } = bestNode(world, pod, possible, pictures);
  chooseNodeForClaims(world, pod, node);
  if (!bindPod(world, pod, node)) return;
  world.kube.unschedulable.delete(key);
  const message = `Successfully assigned ${namespace}/${name} to ${node}`;
  noteEvent(world, 'default-scheduler', pod, { type: 'Normal', reason: 'Scheduled', message });
}

/** True for a pod that waits for this scheduler. */
export function needsNode(pod: KubeObject): boolean {
  const phase = textAt(pod.status, 'phase');
  const scheduler = textAt(pod.spec, 'schedulerName') || 'default-scheduler';
  return (
    textAt(pod.spec, 'nodeName') === '' &&
    pod.metadata.deletionTimestamp === undefined &&
    phase !== 'Succeeded' &&
    phase !== 'Failed' &&
    scheduler === 'default-scheduler' &&
    listAt(pod.spec, 'schedulingGates').length === 0
  );
}

/** Claims of a pod, by name. */
function claimsOf(pod: KubeObject): string[] {
  return objectsAt(pod.spec, 'volumes').flatMap((volume) => {
    const claim = textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    return claim === '' ? [] : [claim];
  });
}

/** True when a claim is bound only once a pod that uses it has a node. */
function waitsForPod(world: World, claim: KubeObject): boolean {
  const storage = getObject(world, 'storageclasses', '', textAt(claim.spec, 'storageClassName'));
  return storage !== undefined && textAt(asJson(storage), 'volumeBindingMode') === 'WaitForFirstConsumer';
}

/** Why the pod's claims do not let it run anywhere, '' when they do. */
function claimObjection(world: World, pod: KubeObject): string {
  for (const name of claimsOf(pod)) {
    const claim = getObject(world, 'persistentvolumeclaims', pod.metadata.namespace ?? '', name);
    if (claim === undefined) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp !== undefined)
      return `persistentvolumeclaim "${name}" is being deleted`;
    if (textAt(claim.status, 'phase') === 'Lost')
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume`;
    if (textAt(claim.spec, 'volumeName') === '' && !waitsForPod(world, claim)) {
      return 'pod has unbound immediate PersistentVolumeClaims';
    }
  }
  return '';
}

/** Tells unbound claims which node they will be used on, so that their volume is made there. */
function chooseNodeForClaims(world: World, pod: KubeObject, node: string): void {
  const namespace = pod.metadata.namespace ?? '';
  for (const name of claimsOf(pod)) {
    const claim = getObject(world, 'persistentvolumeclaims', namespace, name);
    if (claim === undefined || textAt(claim.spec, 'volumeName') !== '') continue;
    const target = { resource: 'persistentvolumeclaims' as const, namespace, name };
    patchObject(world, 'kube-scheduler', target, { metadata: { annotations: { [SELECTED_NODE]: node } } });
  }
}

/** "0/5 nodes are available: 1 node(s) were unschedulable, 4 Insufficient cpu." */
function refusalText(objections: Objection[]): string {
  const counts = new Map<string, number>();
  for (const { reasons } of objections)
    for (const one of reasons) counts.set(one, (counts.get(one) ?? 0) + 1);
  const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort(compareText);
  if (objections.length === 0) return 'no nodes available to schedule pods';
  return `0/${objections.length} nodes are available: ${parts.join(', ')}.`;
}

/** What the attempt to make room by preemption came to. */
function preemptionText(nodes: { final: number; other: number }): string {
  const parts: string[] = [];
  if (nodes.final > 0) parts.push(`${nodes.final} Preemption is not helpful for scheduling`);
  if (nodes.other > 0) parts.push(`${nodes.other} No preemption victims found for incoming pod`);
  const all = nodes.final + nodes.other;
  return `preemption: 0/${all} nodes are available: ${parts.sort(compareText).join(', ')}.`;
}

/** Notes that no node was found, and when to try again. */
function refuse(world: World, pod: KubeObject, why: string, nodes: { final: number; other: number }): void {
  const { cluster, kube } = world;
  const namespace = pod.metadata.namespace ?? '';
  const { name } = pod.metadata;
  const key = `${namespace}/${name}`;
  const attempts = (kube.unschedulable.get(key)?.attempts ?? 0) + 1;
  kube.unschedulable.set(key, { attempts, triedMicros: cluster.nowMicros });
  const message = nodes.final + nodes.other > 0 ? `${why} ${preemptionText(nodes)}` : why;
  noteEvent(world, 'default-scheduler', pod, { type: 'Warning', reason: 'FailedScheduling', message });
  writeUnscheduled(world, pod, message);
  enqueueAfter(world, 'scheduler', { namespace, name }, FLUSH_MICROS);
}

function writeUnscheduled(world: World, pod: KubeObject, message: string): void {
  const before = conditionOf(pod.status, 'PodScheduled');
  const same = textAt(before, 'status') === 'False';
  if (same && memberAt(before, 'message') === message) return;
  const now = timestampAt(world.kube.store, world.cluster.nowMicros);
  const condition: JsonObject = {
    type: 'PodScheduled',
    status: 'False',
    lastTransitionTime: same ? textAt(before, 'lastTransitionTime') : now,
    reason: 'Unschedulable',
    message,
  };
  const others = withoutCondition(objectsAt(pod.status, 'conditions'), 'PodScheduled');
  const status: JsonObject = { ...(pod.status ?? {}), conditions: [...others, condition] };
  writeStatus(world, 'kube-scheduler', 'pods', { object: pod, status });
}

/** Something changed that could help: pods without a node are tried again once their back-off is over. */
export function retryUnschedulable(world: World): void {
  const { cluster, kube } = world;
  for (const [key, { attempts, triedMicros }] of kube.unschedulable) {
    // As upstream: 1 s, doubling to 10 s.
    let wait = SECOND;
    for (let tried = 1; tried < attempts && wait < 10 * SECOND; tried++) wait *= 2;
    const left = triedMicros + Math.min(wait, 10 * SECOND) - cluster.nowMicros;
    const [namespace, name] = key.split('/');
    const soon = controlDelay(world, `retry ${key}`, 5_000, 50_000);
    enqueueAfter(world, 'scheduler', { namespace, name }, Math.max(left, 0) + soon);
  }
}
