/** What controllers ask of a pod object. */
import type { KubeObject, OwnerReference } from '../api-types.ts';
import { conditionOf, hasCondition } from '../conditions.ts';
import { textAt } from '../json-access.ts';
import { parseTimestampMicros } from '../timestamps.ts';
import type { World } from '../kube-state.ts';

/** The one owner that manages an object, or undefined. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

/** True when the object is managed by that owner. */
export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** True for a pod that neither ended nor is being deleted. */
export function isActivePod(pod: KubeObject): boolean {
  const phase = textAt(pod.status, 'phase');
  return phase !== 'Succeeded' && phase !== 'Failed' && !isTerminating(pod);
}

/** True once deletion of the object has begun. */
export function isTerminating(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** True for a pod whose Ready condition is True. */
export function isReadyPod(pod: KubeObject): boolean {
  return hasCondition(pod.status, 'Ready');
}

/** When the pod last became ready, microseconds; undefined when it is not ready. */
export function readySinceMicros(world: World, pod: KubeObject): number | undefined {
  if (!isReadyPod(pod)) return undefined;
  return parseTimestampMicros(
    world.kube.store,
    textAt(conditionOf(pod.status, 'Ready'), 'lastTransitionTime'),
  );
}

/** True for a pod that has been ready for at least `minReadySeconds`. */
export function isAvailablePod(world: World, pod: KubeObject, minReadySeconds: number): boolean {
  const since = readySinceMicros(world, pod);
  if (since === undefined) return false;
  return minReadySeconds === 0 || since + minReadySeconds * 1_000_000 <= world.cluster.nowMicros;
}

/** When an object was created, microseconds. */
export function createdMicros(world: World, object: KubeObject): number {
  return parseTimestampMicros(world.kube.store, object.metadata.creationTimestamp) ?? 0;
}
