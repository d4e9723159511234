/** Whether a pod may run on a node: the scheduler's filters in their real order, with their real words. */
import type { KubeObject } from '../api-types.ts';
import { flagAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { blockingTaint, tolerates } from '../controllers/taints.ts';
import { allowsNode } from './node-affinity.ts';
import type { NodePicture } from './node-picture.ts';
import { requestOf } from './node-picture.ts';
import { affinityObjection } from './pod-affinity.ts';
import { spreadObjection } from './topology-spread.ts';

/** What speaks against a node; no reasons = nothing. */
export type Objection = {
  /** Reasons as the event words them. */
  reasons: string[];
  /** True when removing other pods could not help. */
  final: boolean;
};

const UNSCHEDULABLE_TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** All reasons of the first filter that refuses the node. */
export function objectionTo(
  world: World,
  pod: KubeObject,
  picture: NodePicture,
  pictures: NodePicture[],
): Objection {
  const { node } = picture;
  if (flagAt(node.spec, 'unschedulable') && !tolerates(pod, UNSCHEDULABLE_TAINT)) {
    return { reasons: ['node(s) were unschedulable'], final: true };
  }
  const taint = blockingTaint(pod, node);
  if (taint !== undefined) {
    const shown = `{${textAt(taint, 'key')}: ${textAt(taint, 'value')}}`;
    return { reasons: [`node(s) had untolerated taint ${shown}`], final: true };
  }
  if (!allowsNode(pod, node))
    return { reasons: ["node(s) didn't match Pod's node affinity/selector"], final: true };
  const short = shortages(pod, picture);
  if (short.length > 0) return { reasons: short, final: false };
  const uneven = spreadObjection(pod, picture, pictures);
  if (uneven !== '') return { reasons: [uneven], final: uneven.includes('missing') };
  const unwanted = affinityObjection(world, pod, picture, pictures);
  if (unwanted !== '') return { reasons: [unwanted], final: unwanted.includes("didn't match pod affinity") };
  return { reasons: [], final: false };
}

/** What the node has too little of. */
function shortages(pod: KubeObject, picture: NodePicture): string[] {
  const { allocatable, requested, pods, podLimit } = picture;
  const asked = requestOf(pod);
  const reasons: string[] = [];
  if (pods.length + 1 > podLimit) reasons.push('Too many pods');
  if (asked.cpuMillis > 0 && asked.cpuMillis > allocatable.cpuMillis - requested.cpuMillis) {
    reasons.push('Insufficient cpu');
  }
  if (asked.memoryBytes > 0 && asked.memoryBytes > allocatable.memoryBytes - requested.memoryBytes) {
    reasons.push('Insufficient memory');
  }
  return reasons;
}
