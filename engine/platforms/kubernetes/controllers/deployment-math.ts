/** The arithmetic of rolling updates, rounded as the real deployment controller rounds. */
import type { Json, JsonObject, KubeObject } from '../api-types.ts';
import { countAt, memberAt, numberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import { conditionOf } from '../conditions.ts';

/** A number or a percentage of a total; percentages round up for surge, down for unavailability. */
export function scaledValue(value: Json | undefined, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !value.endsWith('%')) return 0;
  const share = (Number(value.slice(0, -1)) * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}

/** Replicas wanted. */
export function wantedReplicas(object: KubeObject): number {
  return numberAt(object.spec, 'replicas') ?? 1;
}

/** True for the RollingUpdate strategy. */
export function isRolling(deployment: KubeObject): boolean {
  return textAt(objectAt(deployment.spec, 'strategy'), 'type') !== 'Recreate';
}

/** How many pods may be added and missing; never both none, or no update could begin. */
function fencePosts(deployment: KubeObject): { surge: number; unavailable: number } {
  const rolling = objectAt(objectAt(deployment.spec, 'strategy'), 'rollingUpdate');
  const replicas = wantedReplicas(deployment);
  const surge = scaledValue(memberAt(rolling, 'maxSurge') ?? '25%', replicas, true);
  const unavailable = scaledValue(memberAt(rolling, 'maxUnavailable') ?? '25%', replicas, false);
  return surge === 0 && unavailable === 0 ? { surge: 0, unavailable: 1 } : { surge, unavailable };
}

/** Pods above the wanted number during an update. */
export function maxSurge(deployment: KubeObject): number {
  return isRolling(deployment) ? fencePosts(deployment).surge : 0;
}

/** Pods that may be missing during an update. */
export function maxUnavailable(deployment: KubeObject): number {
  const replicas = wantedReplicas(deployment);
  if (!isRolling(deployment) || replicas === 0) return 0;
  return Math.min(fencePosts(deployment).unavailable, replicas);
}

/** Sum of wanted replicas. */
export function sumWanted(replicaSets: KubeObject[]): number {
  return replicaSets.reduce((sum, set) => sum + countAt(set.spec, 'replicas'), 0);
}

/** Sum of a count of the status. */
export function sumStatus(replicaSets: KubeObject[], field: string): number {
  return replicaSets.reduce((sum, set) => sum + countAt(set.status, field), 0);
}

/** How large the newest ReplicaSet may be now. */
export function newReplicaSetSize(
  deployment: KubeObject,
  all: KubeObject[],
  newest: KubeObject | null,
): number {
  const wanted = wantedReplicas(deployment);
  if (!isRolling(deployment)) return wanted;
  const now = newest === null ? 0 : countAt(newest.spec, 'replicas');
  const room = wanted + maxSurge(deployment) - sumWanted(all);
  return room <= 0 ? now : now + Math.min(room, wanted - now);
}

/** True when all wanted pods are of the newest revision and available, and the spec has been seen. */
export function isComplete(deployment: KubeObject, status: JsonObject): boolean {
  const wanted = wantedReplicas(deployment);
  return (
    countAt(status, 'updatedReplicas') === wanted &&
    countAt(status, 'replicas') === wanted &&
    countAt(status, 'availableReplicas') === wanted &&
    countAt(status, 'observedGeneration') >= (deployment.metadata.generation ?? 0)
  );
}

/** True when the new status shows a step forward against the stored one. */
export function isProgressing(deployment: KubeObject, status: JsonObject): boolean {
  const before = deployment.status;
  const oldBefore = countAt(before, 'replicas') - countAt(before, 'updatedReplicas');
  const oldNow = countAt(status, 'replicas') - countAt(status, 'updatedReplicas');
  return (
    countAt(status, 'updatedReplicas') > countAt(before, 'updatedReplicas') ||
    oldNow < oldBefore ||
    countAt(status, 'readyReplicas') > countAt(before, 'readyReplicas') ||
    countAt(status, 'availableReplicas') > countAt(before, 'availableReplicas')
  );
}

/** Seconds without progress before the rollout counts as failed, or undefined when it never does. */
export function progressDeadlineSeconds(deployment: KubeObject): number | undefined {
  const seconds = numberAt(deployment.spec, 'progressDeadlineSeconds');
  return seconds === 2147483647 ? undefined : seconds;
}

/** Reason of the Progressing condition, '' when there is none. */
export function progressReason(status: JsonObject | undefined): string {
  return textAt(conditionOf(status, 'Progressing'), 'reason');
}

/** The conditions of a status as a list of its own. */
export function conditionsOf(status: JsonObject | undefined): JsonObject[] {
  return objectsAt(status, 'conditions').slice();
}
