/** Which pods a ReplicaSet deletes first when it has too many. */
import type { KubeObject } from '../api-types.ts';
import { countAt, objectsAt, textAt } from '../json-access.ts';
import { compareText } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { createdMicros, isReadyPod, readySinceMicros } from './pod-facts.ts';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASE_ORDER = ['Pending', 'Unknown', 'Running'];

/** What the ranking of one pod rests on. */
type Rank = {
  pod: KubeObject;
  bound: number;
  phase: number;
  ready: number;
  cost: number;
  neighbours: number;
  readyAge: number;
  restarts: number;
  age: number;
};

/** Whole part of the base-2 logarithm of an age in nanoseconds: ages of like size count as equal. */
function ageBucket(ageMicros: number): number {
  let bucket = 0;
  for (let left = ageMicros * 1000; left >= 2; left /= 2) bucket++;
  return bucket;
}

function restartsOf(pod: KubeObject): number {
  const counts = objectsAt(pod.status, 'containerStatuses').map((status) => countAt(status, 'restartCount'));
  return counts.reduce((most, count) => Math.max(most, count), 0);
}

/** `related` are the live pods of the same deployment: a node that holds many of them gives one up first. */
function rankOf(world: World, pod: KubeObject, related: KubeObject[]): Rank {
  const node = textAt(pod.spec, 'nodeName');
  const now = world.cluster.nowMicros;
  return {
    pod,
    bound: node === '' ? 0 : 1,
    phase: PHASE_ORDER.indexOf(textAt(pod.status, 'phase')),
    ready: isReadyPod(pod) ? 1 : 0,
    cost: Number(pod.metadata.annotations?.[DELETION_COST] ?? 0),
    neighbours: related.filter((other) => textAt(other.spec, 'nodeName') === node).length,
    readyAge: ageBucket(now - (readySinceMicros(world, pod) ?? now)),
    restarts: restartsOf(pod),
    age: ageBucket(now - createdMicros(world, pod)),
  };
}

/** Unbound, pending, unready, cheap, crowded, young, often restarted pods go first. */
function compareRanks(a: Rank, b: Rank): number {
  return (
    a.bound - b.bound ||
    a.phase - b.phase ||
    a.ready - b.ready ||
    a.cost - b.cost ||
    b.neighbours - a.neighbours ||
    (a.ready === 1 ? a.readyAge - b.readyAge : 0) ||
    b.restarts - a.restarts ||
    a.age - b.age ||
    compareText(a.pod.metadata.uid, b.pod.metadata.uid)
  );
}

/** The pods in the order in which they are given up. */
export function rankForDeletion(world: World, pods: KubeObject[], related: KubeObject[]): KubeObject[] {
  return pods
    .map((pod) => rankOf(world, pod, related))
    .sort(compareRanks)
    .map((rank) => rank.pod);
}
