/** What a deployment says of itself: counts, and the conditions Available and Progressing. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { conditionOf, withCondition, withoutCondition } from '../conditions.ts';
import { countAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { writeStatus } from '../object-writes.ts';
import { parseTimestampMicros, timestampAt } from '../timestamps.ts';
import { enqueueAfter } from '../work-queue.ts';
import {
  conditionsOf,
  isComplete,
  isProgressing,
  maxUnavailable,
  progressDeadlineSeconds,
  progressReason,
  sumStatus,
  wantedReplicas,
} from './deployment-math.ts';
import type { Revisions } from './deployment-revisions.ts';

const TIMED_OUT = 'ProgressDeadlineExceeded';
const NEWEST_AVAILABLE = 'NewReplicaSetAvailable';

/** A condition that begins now. */
function conditionNow(
  world: World,
  type: string,
  status: string,
  why: { reason: string; message: string },
): JsonObject {
  const now = timestampAt(world.kube.store, world.cluster.nowMicros);
  return { type, status, lastUpdateTime: now, lastTransitionTime: now, ...why };
}

/** Counts and availability from the ReplicaSets; counts of zero are left out, as Go leaves them out. */
function countedStatus(world: World, deployment: KubeObject, revisions: Revisions): JsonObject {
  const { newest, old } = revisions;
  const all = newest === null ? old : [...old, newest];
  const available = sumStatus(all, 'availableReplicas');
  const total = sumStatus(all, 'replicas');
  const status: JsonObject = { observedGeneration: deployment.metadata.generation ?? 0 };
  const counts: [string, number][] = [
    ['replicas', total],
    ['updatedReplicas', newest === null ? 0 : countAt(newest.status, 'replicas')],
    ['readyReplicas', sumStatus(all, 'readyReplicas')],
    ['availableReplicas', available],
    ['unavailableReplicas', Math.max(0, total - available)],
    ['collisionCount', countAt(deployment.status, 'collisionCount')],
  ];
  for (const [field, count] of counts) if (count > 0) status[field] = count;
  const enough = available >= wantedReplicas(deployment) - maxUnavailable(deployment);
  const condition = enough
    ? conditionNow(world, 'Available', 'True', {
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      })
    : conditionNow(world, 'Available', 'False', {
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      });
  status.conditions = withCondition(conditionsOf(deployment.status), condition);
  return status;
}

/** True when the rollout has made no step forward for longer than it may take. */
function hasTimedOut(world: World, deployment: KubeObject, status: JsonObject): boolean {
  const seconds = progressDeadlineSeconds(deployment);
  const condition = conditionOf(status, 'Progressing');
  if (seconds === undefined || condition === undefined) return false;
  const reason = textAt(condition, 'reason');
  if (reason === NEWEST_AVAILABLE) return false;
  if (reason === TIMED_OUT) return true;
  const since = parseTimestampMicros(world.kube.store, textAt(condition, 'lastUpdateTime')) ?? 0;
  return since + seconds * 1_000_000 < world.cluster.nowMicros;
}

/** The Progressing condition for the stage the rollout is in, put into the status. */
function judgeProgress(
  world: World,
  deployment: KubeObject,
  status: JsonObject,
  newest: KubeObject | null,
): void {
  const before = conditionOf(deployment.status, 'Progressing');
  const settled =
    countAt(status, 'replicas') === countAt(status, 'updatedReplicas') &&
    textAt(before, 'reason') === NEWEST_AVAILABLE;
  if (settled) return;
  const { name } = deployment.metadata;
  const subject = newest === null ? `Deployment "${name}"` : `ReplicaSet "${newest.metadata.name}"`;
  const conditions = conditionsOf(status);
  if (isComplete(deployment, status)) {
    const why = { reason: NEWEST_AVAILABLE, message: `${subject} has successfully progressed.` };
    status.conditions = withCondition(conditions, conditionNow(world, 'Progressing', 'True', why));
  } else if (isProgressing(deployment, status)) {
    const why = { reason: 'ReplicaSetUpdated', message: `${subject} is progressing.` };
    const condition = conditionNow(world, 'Progressing', 'True', why);
    if (textAt(before, 'status') === 'True')
      condition.lastTransitionTime = textAt(before, 'lastTransitionTime');
    status.conditions = withCondition(withoutCondition(conditions, 'Progressing'), condition);
  } else if (hasTimedOut(world, deployment, status)) {
    const why = { reason: TIMED_OUT, message: `${subject} has timed out progressing.` };
    status.conditions = withCondition(conditions, conditionNow(world, 'Progressing', 'False', why));
  }
}

/** Has the deployment looked at again when its deadline has passed. */
function watchDeadline(world: World, deployment: KubeObject, status: JsonObject): void {
  const seconds = progressDeadlineSeconds(deployment);
  const condition = conditionOf(status, 'Progressing');
  if (seconds === undefined || condition === undefined) return;
  if (isComplete(deployment, status) || progressReason(status) === TIMED_OUT) return;
  const since = parseTimestampMicros(world.kube.store, textAt(condition, 'lastUpdateTime')) ?? 0;
  const wait = Math.max(0, since + seconds * 1_000_000 - world.cluster.nowMicros);
  const { namespace, name } = deployment.metadata;
  enqueueAfter(world, 'deployment', { namespace: namespace ?? '', name }, wait + 1_000_000);
}

/** Writes the status of a rollout that may move: counts, Available, Progressing. */
export function writeRolloutStatus(world: World, deployment: KubeObject, revisions: Revisions): void {
  const status = countedStatus(world, deployment, revisions);
  if (progressDeadlineSeconds(deployment) === undefined) {
    status.conditions = withoutCondition(conditionsOf(status), 'Progressing');
  } else {
    judgeProgress(world, deployment, status, revisions.newest);
  }
  writeStatus(world, 'deployment-controller', 'deployments', { object: deployment, status });
  watchDeadline(world, deployment, status);
}

/** Writes counts and availability only: for a paused, scaled or deleted deployment. */
export function writePlainStatus(world: World, deployment: KubeObject, revisions: Revisions): void {
  const status = countedStatus(world, deployment, revisions);
  writeStatus(world, 'deployment-controller', 'deployments', { object: deployment, status });
}

/** Notes in Progressing that a rollout was paused or resumed; answers true when it wrote. */
export function notePause(world: World, deployment: KubeObject, paused: boolean): boolean {
  if (progressDeadlineSeconds(deployment) === undefined) return false;
  const reason = progressReason(deployment.status);
  if (reason === TIMED_OUT || paused === (reason === 'DeploymentPaused')) return false;
  const why = paused
    ? { reason: 'DeploymentPaused', message: 'Deployment is paused' }
    : { reason: 'DeploymentResumed', message: 'Deployment is resumed' };
  const condition = conditionNow(world, 'Progressing', 'Unknown', why);
  const conditions = withCondition(conditionsOf(deployment.status), condition);
  const status: JsonObject = { ...(deployment.status ?? {}), conditions };
  return writeStatus(world, 'deployment-controller', 'deployments', { object: deployment, status });
}
