/**
 * The deployment controller: moves pods from older revisions to the present one, no faster than allowed.
 *
 * Reads   its ReplicaSets' counts. Emits   ReplicaSets and their sizes, status, ScalingReplicaSet events.
 * How     The real controller's steps (pkg/controller/deployment, Apache-2.0), one step per look.
 */
import type { KubeObject } from '../api-types.ts';
import { countAt, flagAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject, listObjects } from '../object-reads.ts';
import {
  isComplete,
  isRolling,
  maxUnavailable,
  newReplicaSetSize,
  sumStatus,
  sumWanted,
  wantedReplicas,
} from './deployment-math.ts';
import type { Revisions } from './deployment-revisions.ts';
import { cleanUpRevisions, findRevisions, syncRevisions } from './deployment-revisions.ts';
import {
  byAge,
  isScalingEvent,
  scaleDeployment,
  scaleInList,
  scaleReplicaSet,
} from './deployment-scaling.ts';
import { notePause, writePlainStatus, writeRolloutStatus } from './deployment-status.ts';
import { controllerOf, isControlledBy } from './pod-facts.ts';

/** Moves one deployment a step towards its spec. */
export function reconcileDeployment(world: World, namespace: string, name: string): void {
  let deployment = getObject(world, 'deployments', namespace, name);
  if (deployment === undefined) return;
  const sets = listObjects(world, 'replicasets', namespace).filter((set) => isControlledBy(set, deployment!));
  if (deployment.metadata.deletionTimestamp !== undefined) {
    writePlainStatus(world, deployment, findRevisions(deployment, sets));
    return;
  }
  const paused = flagAt(deployment.spec, 'paused');
  if (notePause(world, deployment, paused))
    deployment = getObject(world, 'deployments', namespace, name) ?? deployment;
  if (paused || isScalingEvent(deployment, sets)) {
    resize(world, deployment, sets, paused);
    return;
  }
  if (isRolling(deployment)) rollForward(world, deployment, sets);
  else recreate(world, deployment, sets);
}

/** Follows a change of size; an update stays where it is. */
function resize(world: World, deployment: KubeObject, sets: KubeObject[], paused: boolean): void {
  const synced = syncRevisions(world, deployment, sets, false);
  scaleDeployment(world, synced.deployment, synced.revisions.newest, synced.revisions.old);
  if (paused) cleanUpRevisions(world, synced.deployment, synced.revisions.old);
  writePlainStatus(world, synced.deployment, refreshed(world, synced.revisions));
}

/** The ReplicaSets as they now stand in the store. */
function refreshed(world: World, revisions: Revisions): Revisions {
  const again = (set: KubeObject): KubeObject =>
    getObject(world, 'replicasets', set.metadata.namespace ?? '', set.metadata.name) ?? set;
  return {
    newest: revisions.newest === null ? null : again(revisions.newest),
    old: revisions.old.map(again),
  };
}

/** One step of a rolling update: first more new pods, then fewer old ones. */
function rollForward(world: World, start: KubeObject, sets: KubeObject[]): void {
  const { deployment, revisions } = syncRevisions(world, start, sets, true);
  const { old } = revisions;
  if (revisions.newest !== null) {
    const size = newReplicaSetSizeNow(deployment, revisions);
    if (countAt(revisions.newest.spec, 'replicas') !== size) {
      const newest = scaleReplicaSet(world, deployment, revisions.newest, size);
      writeRolloutStatus(world, deployment, { newest, old });
      return;
    }
    if (shrinkOld(world, deployment, { newest: revisions.newest, old })) {
      writeRolloutStatus(world, deployment, revisions);
      return;
    }
  }
  if (isComplete(deployment, deployment.status ?? {})) cleanUpRevisions(world, deployment, old);
  writeRolloutStatus(world, deployment, refreshed(world, revisions));
}

function newReplicaSetSizeNow(deployment: KubeObject, revisions: Revisions): number {
  const newest = revisions.newest;
  const now = newest === null ? 0 : countAt(newest.spec, 'replicas');
  const wanted = wantedReplicas(deployment);
  if (now >= wanted) return wanted;
  const all = newest === null ? revisions.old : [...revisions.old, newest];
  return newReplicaSetSize(deployment, all, newest);
}

/** Takes pods from older revisions: broken ones first, then as many as may be missing. */
function shrinkOld(
  world: World,
  deployment: KubeObject,
  revisions: { newest: KubeObject; old: KubeObject[] },
): boolean {
  const old = revisions.old.filter((set) => countAt(set.spec, 'replicas') > 0).sort(byAge);
  const { newest } = revisions;
  if (sumWanted(old) === 0) return false;
  const least = wantedReplicas(deployment) - maxUnavailable(deployment);
  const newMissing = countAt(newest.spec, 'replicas') - countAt(newest.status, 'availableReplicas');
  const mayGo = sumWanted([...old, newest]) - least - newMissing;
  if (mayGo <= 0) return false;
  let gone = 0;
  for (let at = 0; at < old.length && gone < mayGo; at++) {
    const size = countAt(old[at].spec, 'replicas');
    const broken = size - countAt(old[at].status, 'availableReplicas');
    if (size === 0 || broken <= 0) continue;
    const step = Math.min(mayGo - gone, broken);
    scaleInList(world, deployment, old, at, size - step);
    gone += step;
  }
  const spare = sumStatus([...old, newest], 'availableReplicas') - least;
  let taken = 0;
  for (let at = 0; at < old.length && taken < spare; at++) {
    const size = countAt(old[at].spec, 'replicas');
    if (size === 0) continue;
    const step = Math.min(size, spare - taken);
    scaleInList(world, deployment, old, at, size - step);
    taken += step;
  }
  return gone + taken > 0;
}

/** The Recreate strategy: all old pods go before the first new one comes. */
function recreate(world: World, start: KubeObject, sets: KubeObject[]): void {
  const synced = syncRevisions(world, start, sets, false);
  const active = synced.revisions.old.filter((set) => countAt(set.spec, 'replicas') > 0);
  if (active.length > 0) {
    for (const set of active) scaleReplicaSet(world, synced.deployment, set, 0);
    writeRolloutStatus(world, synced.deployment, refreshed(world, synced.revisions));
    return;
  }
  if (oldPodsRun(world, synced.deployment, synced.revisions)) {
    writeRolloutStatus(world, synced.deployment, synced.revisions);
    return;
  }
  const made = syncRevisions(world, synced.deployment, sets, true);
  const { deployment, revisions } = made;
  if (isComplete(deployment, deployment.status ?? {})) cleanUpRevisions(world, deployment, revisions.old);
  if (revisions.newest !== null)
    scaleReplicaSet(world, deployment, revisions.newest, wantedReplicas(deployment));
  writeRolloutStatus(world, deployment, refreshed(world, revisions));
}

/** True while a pod of an older revision is not yet gone. */
function oldPodsRun(world: World, deployment: KubeObject, revisions: Revisions): boolean {
  const owned = new Set(revisions.old.map((set) => set.metadata.uid));
  return listObjects(world, 'pods', deployment.metadata.namespace).some((pod) => {
    const phase = textAt(pod.status, 'phase');
    return owned.has(controllerOf(pod)?.uid ?? '') && phase !== 'Succeeded' && phase !== 'Failed';
  });
}
