/**
 * The ReplicaSet controller: keeps as many pods as wanted.
 *
 * Reads   its pods. Emits   pods, status counts, SuccessfulCreate and SuccessfulDelete events.
 */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { conditionOf, withCondition, withoutCondition } from '../conditions.ts';
import { countAt, objectAt, objectsAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { createObject, deleteObject, writeStatus } from '../object-writes.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import { timestampAt } from '../timestamps.ts';
import { enqueueAfter } from '../work-queue.ts';
import { podFromTemplate } from './pod-creation.ts';
import { controllerOf, isActivePod, isAvailablePod, isReadyPod } from './pod-facts.ts';
import { claimPods } from './pod-ownership.ts';
import { rankForDeletion } from './pod-ranking.ts';

const WRITER = 'replicaset-controller';
/** Pods made or deleted in one look, as the real controller's burst. */
const BURST = 500;
const RETRY_MICROS = 5_000_000;

/** Brings one ReplicaSet's pods to the wanted number. */
export function reconcileReplicaSet(world: World, namespace: string, name: string): void {
  const set = getObject(world, 'replicasets', namespace, name);
  if (set === undefined) return;
  const pods = claimPods(world, set, WRITER).filter(isActivePod);
  let failure = '';
  if (set.metadata.deletionTimestamp === undefined) {
    const surplus = pods.length - countAt(set.spec, 'replicas');
    if (surplus < 0) failure = createPods(world, set, Math.min(-surplus, BURST));
    if (surplus > 0) deletePods(world, set, pods, Math.min(surplus, BURST));
  }
  // As upstream, the status tells of the pods seen before this look; their own changes bring the next one.
  writeCounts(world, set, pods, failure);
}

/** Answers with why a pod could not be made, '' when all were. */
function createPods(world: World, set: KubeObject, count: number): string {
  const { namespace, name } = set.metadata;
  for (let made = 0; made < count; made++) {
    const body = podFromTemplate(set, objectAt(set.spec, 'template'), `${name}-`);
    const created = createObject(world, WRITER, { resource: 'pods', namespace: namespace ?? '' }, body);
    if (created.object === undefined) {
      const message = `Error creating: ${created.error}`;
      noteEvent(world, WRITER, set, { type: 'Warning', reason: 'FailedCreate', message });
      enqueueAfter(world, 'replicaset', { namespace: namespace ?? '', name }, RETRY_MICROS);
      return created.error;
    }
    const message = `Created pod: ${created.object.metadata.name}`;
    noteEvent(world, WRITER, set, { type: 'Normal', reason: 'SuccessfulCreate', message });
  }
  return '';
}

function deletePods(world: World, set: KubeObject, pods: KubeObject[], count: number): void {
  const ranked = rankForDeletion(world, pods, relatedPods(world, set));
  for (const pod of ranked.slice(0, count)) {
    const { namespace, name } = pod.metadata;
    if (!deleteObject(world, WRITER, { resource: 'pods', namespace: namespace ?? '', name })) continue;
    noteEvent(world, WRITER, set, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    });
  }
}

/** The live pods of all ReplicaSets of the same deployment. */
function relatedPods(world: World, set: KubeObject): KubeObject[] {
  const { namespace, uid } = set.metadata;
  const parent = controllerOf(set)?.uid;
  const owners = new Set([uid]);
  if (parent !== undefined) {
    for (const other of listObjects(world, 'replicasets', namespace)) {
      if (controllerOf(other)?.uid === parent) owners.add(other.metadata.uid);
    }
  }
  return listObjects(world, 'pods', namespace).filter(
    (pod) => owners.has(controllerOf(pod)?.uid ?? '') && isActivePod(pod),
  );
}

function writeCounts(world: World, set: KubeObject, pods: KubeObject[], failure: string): void {
  const minReadySeconds = countAt(set.spec, 'minReadySeconds');
  const labels = labelSelectorOf({
    matchLabels: objectAt(objectAt(objectAt(set.spec, 'template'), 'metadata'), 'labels') ?? {},
  });
  const ready = pods.filter(isReadyPod);
  const available = ready.filter((pod) => isAvailablePod(world, pod, minReadySeconds)).length;
  const status: JsonObject = { replicas: pods.length, observedGeneration: set.metadata.generation ?? 0 };
  const labelled = pods.filter((pod) => matchesLabels(labels, pod.metadata.labels)).length;
  if (labelled > 0) status.fullyLabeledReplicas = labelled;
  if (ready.length > 0) status.readyReplicas = ready.length;
  if (available > 0) status.availableReplicas = available;
  const conditions = conditionsWith(world, set, failure);
  if (conditions.length > 0) status.conditions = conditions;
  writeStatus(world, WRITER, 'replicasets', { object: set, status });
  if (minReadySeconds > 0 && available < ready.length) {
    const { namespace, name } = set.metadata;
    enqueueAfter(world, 'replicaset', { namespace: namespace ?? '', name }, minReadySeconds * 1_000_000);
  }
}

function conditionsWith(world: World, set: KubeObject, failure: string): JsonObject[] {
  const conditions = objectsAt(set.status, 'conditions');
  if (failure === '') {
    if (conditionOf(set.status, 'ReplicaFailure') === undefined) return conditions;
    return withoutCondition(conditions, 'ReplicaFailure');
  }
  return withCondition(conditions, {
    type: 'ReplicaFailure',
    status: 'True',
    lastTransitionTime: timestampAt(world.kube.store, world.cluster.nowMicros),
    reason: 'FailedCreate',
    message: failure,
  });
}
