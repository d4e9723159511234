/**
 * Which of the possible nodes is best: room left, evenness of the workload, and what the pod prefers.
 *
 * Weights as in the default profile; ties go to the first node by name, where the real one draws.
 */
import type { KubeObject } from '../api-types.ts';
import { objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { controllerOf } from '../controllers/pod-facts.ts';
import { tolerates } from '../controllers/taints.ts';
import { nodePreference } from './node-affinity.ts';
import type { NodePicture } from './node-picture.ts';
import { nodeLabel, weightOf } from './node-picture.ts';
import { affinityPreference } from './pod-affinity.ts';
import { spreadPenalty } from './topology-spread.ts';

const ZONE = 'topology.kubernetes.io/zone';
const WEIGHT_ROOM = 1;
const WEIGHT_SPREAD = 2;
const WEIGHT_AFFINITY = 2;
const WEIGHT_TAINTS = 3;

/** Scores scaled to 0–100, the lowest at 0; all 100 when none differs. */
function scaled(scores: number[]): number[] {
  const least = scores.reduce((a, b) => Math.min(a, b), Infinity);
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  return scores.map((score) => (most === least ? 100 : ((score - least) * 100) / (most - least)));
}

/** Share of CPU and memory that would be left, 0–100. */
function roomLeft(pod: KubeObject, { allocatable, weighed }: NodePicture): number {
  const weight = weightOf(pod);
  const share = (free: number, all: number): number => (all <= 0 || free < 0 ? 0 : (free * 100) / all);
  const cpu = share(allocatable.cpuMillis - weighed.cpuMillis - weight.cpuMillis, allocatable.cpuMillis);
  const memory = share(
    allocatable.memoryBytes - weighed.memoryBytes - weight.memoryBytes,
    allocatable.memoryBytes,
  );
  return Math.floor((cpu + memory) / 2);
}

/** Pods of the same controller on the node and, half as heavy, in its zone. */
function siblings(pod: KubeObject, picture: NodePicture, pictures: NodePicture[]): number {
  const uid = controllerOf(pod)?.uid;
  if (uid === undefined) return 0;
  const isSibling = (other: KubeObject): boolean =>
    controllerOf(other)?.uid === uid && other.metadata.deletionTimestamp === undefined;
  const zone = nodeLabel(picture.node, ZONE);
  let count = 0;
  for (const one of pictures) {
    const here = one.pods.filter(isSibling).length;
    if (one === picture) count += here;
    if (zone !== '' && nodeLabel(one.node, ZONE) === zone) count += here / 2;
  }
  return count;
}

/** Soft taints the pod does not tolerate. */
function softTaints(pod: KubeObject, node: KubeObject): number {
  const soft = objectsAt(node.spec, 'taints').filter(
    (taint) => textAt(taint, 'effect') === 'PreferNoSchedule',
  );
  return soft.filter((taint) => !tolerates(pod, taint)).length;
}

/** The best of the possible nodes; `possible` is in order of name and not empty. */
export function bestNode(
  world: World,
  pod: KubeObject,
  possible: NodePicture[],
  pictures: NodePicture[],
): NodePicture {
  const even = scaled(
    possible.map((one) => -siblings(pod, one, pictures) - spreadPenalty(pod, one, pictures)),
  );
  const liked = scaled(possible.map((one) => affinityPreference(world, pod, one, pictures)));
  const preferred = scaled(possible.map((one) => nodePreference(pod, one.node)));
  const clean = scaled(possible.map((one) => -softTaints(pod, one.node)));
  let best = 0;
  let bestScore = -Infinity;
  possible.forEach((one, at) => {
    const score =
      WEIGHT_ROOM * roomLeft(pod, one) +
      WEIGHT_SPREAD * even[at] +
      WEIGHT_AFFINITY * (liked[at] + preferred[at]) +
      WEIGHT_TAINTS * clean[at];
    if (score <= bestScore) return;
    best = at;
    bestScore = score;
  });
  return possible[best];
}
