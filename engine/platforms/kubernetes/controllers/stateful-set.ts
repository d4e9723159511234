/**
 * The StatefulSet controller: numbered pods, each with its own claims, made and updated in order.
 *
 * How   The real controller's steps: one look changes one pod, unless the set is `Parallel`.
 */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, numberAt, objectAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject } from '../object-reads.ts';
import { createObject, deleteObject, writeStatus } from '../object-writes.ts';
import { enqueueAfter } from '../work-queue.ts';
import { podFromTemplate } from './pod-creation.ts';
import { isActivePod, isAvailablePod, isReadyPod, isTerminating } from './pod-facts.ts';
import { claimPods } from './pod-ownership.ts';
import { forgetRevisions, presentRevision, templateOfRevision } from './revision-history.ts';

const WRITER = 'statefulset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** What one look at a set works with. */
type Look = {
  set: KubeObject;
  /** Pods by ordinal. */
  pods: Map<number, KubeObject>;
  /** Lowest ordinal. */
  start: number;
  /** Pods wanted. */
  wanted: number;
  current: string;
  update: string;
  parallel: boolean;
};

/** Moves one StatefulSet a step towards its spec. */
export function reconcileStatefulSet(world: World, namespace: string, name: string): void {
  const set = getObject(world, 'statefulsets', namespace, name);
  if (set === undefined) {
    forgetRevisions(world, 'StatefulSet', namespace, name);
    return;
  }
  const update = `${name}-${presentRevision(world, set)}`;
  const pods = new Map<number, KubeObject>();
  for (const pod of claimPods(world, set, WRITER, (orphan) => ordinalOf(set, orphan) >= 0)) {
    const ordinal = ordinalOf(set, pod);
    if (ordinal >= 0) pods.set(ordinal, pod);
  }
  const look: Look = {
    set,
    pods,
    start: countAt(objectAt(set.spec, 'ordinals'), 'start'),
    wanted: numberAt(set.spec, 'replicas') ?? 1,
    current: textAt(set.status, 'currentRevision') || update,
    update,
    parallel: textAt(set.spec, 'podManagementPolicy') === 'Parallel',
  };
  if (!isTerminating(set)) stepForward(world, look);
  writeCounts(world, look);
}

/** The number at the end of a pod's name, −1 when it is none of this set's names. */
function ordinalOf(set: KubeObject, pod: KubeObject): number {
  const prefix = `${set.metadata.name}-`;
  const rest = pod.metadata.name.startsWith(prefix) ? pod.metadata.name.slice(prefix.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : -1;
}

function isRunningAndReady(pod: KubeObject): boolean {
  return textAt(pod.status, 'phase') === 'Running' && isReadyPod(pod);
}

function minReadySeconds(set: KubeObject): number {
  return countAt(set.spec, 'minReadySeconds');
}

function stepForward(world: World, look: Look): void {
  const { set, pods, start, wanted, parallel } = look;
  for (let ordinal = start; ordinal < start + wanted; ordinal++) {
    const pod = pods.get(ordinal);
    if (pod === undefined) {
      createPod(world, look, ordinal);
      if (!parallel) return;
      continue;
    }
    const phase = textAt(pod.status, 'phase');
    if ((phase === 'Failed' || phase === 'Succeeded') && !isTerminating(pod)) {
      removePod(world, set, pod);
      if (!parallel) return;
      continue;
    }
    // A claim that was deleted under a pod that cannot start without it is made anew.
    if (phase === 'Pending' && !isTerminating(pod)) makeClaims(world, set, pod.metadata.name);
    if (parallel) continue;
    if (isTerminating(pod) || !isRunningAndReady(pod)) return;
    if (!isAvailablePod(world, pod, minReadySeconds(set))) {
      lookAgain(world, set);
      return;
    }
  }
  if (!removeSurplus(world, look)) return;
  updateFromTheTop(world, look);
}

function lookAgain(world: World, set: KubeObject): void {
  const { namespace, name } = set.metadata;
  enqueueAfter(world, 'statefulset', { namespace: namespace ?? '', name }, minReadySeconds(set) * 1_000_000);
}

/** Deletes pods beyond the wanted number, highest first; false while it has to wait. */
function removeSurplus(world: World, { set, pods, start, wanted, parallel }: Look): boolean {
  const surplus = [...pods.keys()].filter((ordinal) => ordinal < start || ordinal >= start + wanted);
  surplus.sort((a, b) => b - a);
  for (const ordinal of surplus) {
    const pod = pods.get(ordinal);
    if (pod === undefined) continue;
    if (!isTerminating(pod)) removePod(world, set, pod);
    if (!parallel) return false;
  }
  return true;
}

/** Replaces the highest pod of an older revision, once all above it are well. */
function updateFromTheTop(world: World, { set, pods, start, wanted, update }: Look): void {
  const strategy = objectAt(set.spec, 'updateStrategy');
  if (textAt(strategy, 'type') === 'OnDelete') return;
  const least = Math.max(start, countAt(objectAt(strategy, 'rollingUpdate'), 'partition'));
  for (let ordinal = start + wanted - 1; ordinal >= least; ordinal--) {
    const pod = pods.get(ordinal);
    if (pod === undefined) return;
    if (pod.metadata.labels?.[REVISION_LABEL] !== update) {
      if (!isTerminating(pod)) removePod(world, set, pod);
      return;
    }
    if (isTerminating(pod) || !isRunningAndReady(pod)) return;
    if (!isAvailablePod(world, pod, minReadySeconds(set))) {
      lookAgain(world, set);
      return;
    }
  }
}

/** The revision a pod of that ordinal is made from. */
function revisionFor({ set, start, current, update }: Look, ordinal: number): string {
  const strategy = objectAt(set.spec, 'updateStrategy');
  if (textAt(strategy, 'type') === 'OnDelete') return update;
  const partition = numberAt(objectAt(strategy, 'rollingUpdate'), 'partition');
  const stays =
    partition === undefined || partition === 0
      ? ordinal < start + countAt(set.status, 'currentReplicas')
      : ordinal < start + partition;
  return stays ? current : update;
}

function createPod(world: World, look: Look, ordinal: number): void {
  const { set } = look;
  const namespace = set.metadata.namespace ?? '';
  const name = `${set.metadata.name}-${ordinal}`;
  const revision = revisionFor(look, ordinal);
  const hash = revision.slice(set.metadata.name.length + 1);
  const body = podFromTemplate(set, templateOfRevision(world, set, hash), name);
  const labels = objectAt(objectAt(body, 'metadata'), 'labels') ?? {};
  labels[REVISION_LABEL] = revision;
  labels['apps.kubernetes.io/pod-index'] = String(ordinal);
  labels['statefulset.kubernetes.io/pod-name'] = name;
  const spec = objectAt(body, 'spec') ?? {};
  spec.hostname = name;
  if (textAt(set.spec, 'serviceName') !== '') spec.subdomain = textAt(set.spec, 'serviceName');
  addClaims(world, set, { spec, name });
  const made = createObject(world, WRITER, { resource: 'pods', namespace }, body);
  const done = made.object !== undefined;
  const message = done
    ? `create Pod ${name} in StatefulSet ${set.metadata.name} successful`
    : `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${made.error}`;
  const reason = done ? 'SuccessfulCreate' : 'FailedCreate';
  noteEvent(world, WRITER, set, { type: done ? 'Normal' : 'Warning', reason, message });
  if (!done) enqueueAfter(world, 'statefulset', { namespace, name: set.metadata.name }, 5_000_000);
}

/** Makes a pod's claims, which outlive it, where they are missing. */
function makeClaims(world: World, set: KubeObject, pod: string): void {
  const namespace = set.metadata.namespace ?? '';
  for (const template of objectsAt(set.spec, 'volumeClaimTemplates')) {
    const meta = objectAt(template, 'metadata');
    const claimName = `${textAt(meta, 'name')}-${pod}`;
    if (getObject(world, 'persistentvolumeclaims', namespace, claimName) !== undefined) continue;
    const labels = {
      ...textMapAt(meta, 'labels'),
      ...textMapAt(objectAt(set.spec, 'selector'), 'matchLabels'),
    };
    const body: JsonObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claimName, namespace, labels },
      spec: cloneJson(objectAt(template, 'spec') ?? {}),
    };
    createObject(world, WRITER, { resource: 'persistentvolumeclaims', namespace }, body);
    const message = `create Claim ${claimName} Pod ${pod} in StatefulSet ${set.metadata.name} success`;
    noteEvent(world, WRITER, set, { type: 'Normal', reason: 'SuccessfulCreate', message });
  }
}

/** Mounts the pod's claims under the names of their templates. */
function addClaims(world: World, set: KubeObject, pod: { spec: JsonObject; name: string }): void {
  const templates = objectsAt(set.spec, 'volumeClaimTemplates');
  const names = templates.map((template) => textAt(objectAt(template, 'metadata'), 'name'));
  const volumes = objectsAt(pod.spec, 'volumes').filter((volume) => !names.includes(textAt(volume, 'name')));
  for (const name of names)
    volumes.push({ name, persistentVolumeClaim: { claimName: `${name}-${pod.name}` } });
  makeClaims(world, set, pod.name);
  if (volumes.length > 0) pod.spec.volumes = volumes;
}

function removePod(world: World, set: KubeObject, pod: KubeObject): void {
  const { namespace, name } = pod.metadata;
  if (!deleteObject(world, WRITER, { resource: 'pods', namespace: namespace ?? '', name })) return;
  const message = `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`;
  noteEvent(world, WRITER, set, { type: 'Normal', reason: 'SuccessfulDelete', message });
}

function writeCounts(world: World, { set, pods, current, update, wanted }: Look): void {
  const all = [...pods.values()];
  const live = all.filter(isActivePod);
  const ready = all.filter(isRunningAndReady);
  const of = (revision: string): number =>
    live.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === revision).length;
  const updated = of(update);
  const complete =
    update !== current && updated === wanted && ready.length === wanted && all.length === wanted;
  const settled = complete ? update : current;
  const status: JsonObject = {
    observedGeneration: set.metadata.generation ?? 0,
    replicas: all.length,
    availableReplicas: ready.filter((pod) => isAvailablePod(world, pod, minReadySeconds(set))).length,
    collisionCount: 0,
    currentRevision: settled,
    updateRevision: update,
  };
  if (ready.length > 0) status.readyReplicas = ready.length;
  const stillCurrent = of(settled);
  if (stillCurrent > 0) status.currentReplicas = stillCurrent;
  if (updated > 0) status.updatedReplicas = updated;
  writeStatus(world, WRITER, 'statefulsets', { object: set, status });
}
