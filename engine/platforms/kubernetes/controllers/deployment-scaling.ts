/** How a deployment changes the size of its ReplicaSets, with the annotations and events of the real one. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, numberAt } from '../json-access.ts';
import { compareText } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { patchObject } from '../object-writes.ts';
import { isRolling, maxSurge, sumWanted, wantedReplicas } from './deployment-math.ts';

/** Annotation: replicas the deployment wanted when it last sized this ReplicaSet. */
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
/** Annotation: pods the deployment allowed in all, surge included. */
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** The two size annotations a ReplicaSet has to carry. */
export function sizeAnnotations(deployment: KubeObject): { [key: string]: string } {
  const wanted = wantedReplicas(deployment);
  return { [DESIRED_REPLICAS]: String(wanted), [MAX_REPLICAS]: String(wanted + maxSurge(deployment)) };
}

/** Gives a ReplicaSet a size; answers with it as it now stands. */
export function scaleReplicaSet(
  world: World,
  deployment: KubeObject,
  set: KubeObject,
  size: number,
): KubeObject {
  const annotations = sizeAnnotations(deployment);
  const before = numberAt(set.spec, 'replicas') ?? 0;
  const annotated = Object.keys(annotations).every(
    (key) => set.metadata.annotations?.[key] === annotations[key],
  );
  if (before === size && annotated) return set;
  const patch: JsonObject = { metadata: { annotations } };
  if (before !== size) patch.spec = { replicas: size };
  const { namespace, name } = set.metadata;
  const target = { resource: 'replicasets' as const, namespace: namespace ?? '', name };
  const after = patchObject(world, 'deployment-controller', target, patch);
  if (after === undefined) return set;
  if (before !== size) {
    const direction = size > before ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${name} from ${before} to ${size}`;
    noteEvent(world, 'deployment-controller', deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message,
    });
  }
  return after;
}

/** Scales a ReplicaSet of a list and keeps the list up to date. */
export function scaleInList(
  world: World,
  deployment: KubeObject,
  sets: KubeObject[],
  at: number,
  size: number,
): void {
  sets[at] = scaleReplicaSet(world, deployment, sets[at], size);
}

/** Orders ReplicaSets by age, oldest first. */
export function byAge(left: KubeObject, right: KubeObject): number {
  return (
    compareText(left.metadata.creationTimestamp, right.metadata.creationTimestamp) ||
    compareText(left.metadata.name, right.metadata.name)
  );
}

/** True when the newest ReplicaSet has all pods wanted and they are available. */
function isSaturated(deployment: KubeObject, newest: KubeObject | null): boolean {
  if (newest === null) return false;
  const wanted = wantedReplicas(deployment);
  const desired = Number(newest.metadata.annotations?.[DESIRED_REPLICAS] ?? -1);
  const size = countAt(newest.spec, 'replicas');
  return size === wanted && desired === wanted && countAt(newest.status, 'availableReplicas') === wanted;
}

/** The share of a change in size that falls to one ReplicaSet, by its size. */
function proportionOf(set: KubeObject, deployment: KubeObject, toAdd: number, added: number): number {
  const size = countAt(set.spec, 'replicas');
  if (size === 0 || toAdd === 0 || toAdd === added) return 0;
  const allowed = toAdd - added;
  const wanted = wantedReplicas(deployment);
  if (wanted === 0) return toAdd > 0 ? Math.min(-size, allowed) : Math.max(-size, allowed);
  const annotated =
    Number(set.metadata.annotations?.[MAX_REPLICAS] ?? 0) || countAt(deployment.status, 'replicas');
  const total = annotated > 0 ? annotated : wanted + maxSurge(deployment);
  const share = Math.round((size * (wanted + maxSurge(deployment))) / total) - size;
  return toAdd > 0 ? Math.min(share, allowed) : Math.max(share, allowed);
}

/** Spreads a change of size over several ReplicaSets, as when a deployment is scaled amid an update. */
function scaleProportionally(world: World, deployment: KubeObject, active: KubeObject[]): void {
  const wanted = wantedReplicas(deployment);
  const allowed = wanted > 0 ? wanted + maxSurge(deployment) : 0;
  const toAdd = allowed - sumWanted(active);
  const newerFirst = toAdd > 0;
  const ordered = active.slice().sort((a, b) => {
    const bySize = countAt(b.spec, 'replicas') - countAt(a.spec, 'replicas');
    return bySize || (newerFirst ? byAge(b, a) : byAge(a, b));
  });
  const sizes: number[] = [];
  let added = 0;
  for (const set of ordered) {
    const share = toAdd === 0 ? 0 : proportionOf(set, deployment, toAdd, added);
    sizes.push(countAt(set.spec, 'replicas') + share);
    added += share;
  }
  if (ordered.length > 0) sizes[0] = Math.max(0, sizes[0] + toAdd - added);
  ordered.forEach((set, at) => scaleReplicaSet(world, deployment, set, sizes[at]));
}

/** Brings the ReplicaSets to the deployment's size without moving an update forward. */
export function scaleDeployment(
  world: World,
  deployment: KubeObject,
  newest: KubeObject | null,
  old: KubeObject[],
): void {
  const all = newest === null ? old : [...old, newest];
  const active = all.filter((set) => countAt(set.spec, 'replicas') > 0);
  const wanted = wantedReplicas(deployment);
  const only = active.length === 1 ? active[0] : active.length === 0 ? (newest ?? latestOf(old)) : null;
  if (only !== null) {
    if (countAt(only.spec, 'replicas') !== wanted) scaleReplicaSet(world, deployment, only, wanted);
    return;
  }
  if (isSaturated(deployment, newest)) {
    for (const set of active) if (set !== newest) scaleReplicaSet(world, deployment, set, 0);
    return;
  }
  if (isRolling(deployment)) scaleProportionally(world, deployment, active);
}

function latestOf(old: KubeObject[]): KubeObject | null {
  return old.length === 0 ? null : old.slice().sort((a, b) => byAge(b, a))[0];
}

/** True when somebody changed the deployment's size since its ReplicaSets were sized. */
export function isScalingEvent(deployment: KubeObject, sets: KubeObject[]): boolean {
  return sets.some((set) => {
    if (countAt(set.spec, 'replicas') === 0) return false;
    const desired = set.metadata.annotations?.[DESIRED_REPLICAS];
    return desired !== undefined && Number(desired) !== wantedReplicas(deployment);
  });
}
