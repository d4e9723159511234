/** A deployment's revisions: which ReplicaSet has its present template, and what the others are called. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { conditionOf, withCondition } from '../conditions.ts';
import { countAt, numberAt, objectAt, textMapAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { createObject, deleteObject, patchObject, writeStatus } from '../object-writes.ts';
import { getObject } from '../object-reads.ts';
import { timestampAt } from '../timestamps.ts';
import { conditionsOf, newReplicaSetSize, progressDeadlineSeconds } from './deployment-math.ts';
import { byAge, DESIRED_REPLICAS, MAX_REPLICAS, sizeAnnotations } from './deployment-scaling.ts';
import { isControlledBy } from './pod-facts.ts';
import { templateHash } from './template-hash.ts';

/** Annotation that numbers a revision, on the deployment and on its ReplicaSets. */
const REVISION = 'deployment.kubernetes.io/revision';
const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
const HASH_LABEL = 'pod-template-hash';
const OWN_ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
];

/** The ReplicaSets of a deployment: the one with its present template, and the rest. */
export type Revisions = {
  /** With the present template; null when there is none yet. */
  newest: KubeObject | null;
  /** The others, oldest first. */
  old: KubeObject[];
};

/** Number of a revision, 0 when it has none. */
function revisionOf(object: KubeObject): number {
  const number = Number(object.metadata.annotations?.[REVISION] ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** A pod template without the hash label that its ReplicaSet adds. */
function withoutHash(template: JsonObject | undefined): JsonObject {
  const copy = cloneJson(template ?? {});
  const labels = objectAt(objectAt(copy, 'metadata'), 'labels');
  if (labels !== undefined) delete labels[HASH_LABEL];
  return copy;
}

/** True when a ReplicaSet's template is the deployment's. */
function hasTemplate(set: KubeObject, template: JsonObject): boolean {
  return equalJson(withoutHash(objectAt(set.spec, 'template')), template);
}

/** Sorts a deployment's ReplicaSets into the present one and the older ones. */
export function findRevisions(deployment: KubeObject, sets: KubeObject[]): Revisions {
  const template = withoutHash(objectAt(deployment.spec, 'template'));
  const sorted = sets.slice().sort(byAge);
  const newest = sorted.find((set) => hasTemplate(set, template)) ?? null;
  return { newest, old: sorted.filter((set) => set !== newest) };
}

/** The annotations a ReplicaSet takes over from its deployment (change-cause among them). */
function inheritedAnnotations(deployment: KubeObject): JsonObject {
  const inherited: JsonObject = {};
  const annotations = deployment.metadata.annotations ?? {};
  for (const key of Object.keys(annotations)) {
    if (!OWN_ANNOTATIONS.includes(key)) inherited[key] = annotations[key];
  }
  return inherited;
}

/** The annotations a ReplicaSet must be given to be the revision of that number. */
function revisionAnnotations(deployment: KubeObject, set: KubeObject, revision: number): JsonObject {
  const wanted = inheritedAnnotations(deployment);
  const before = revisionOf(set);
  if (before < revision) {
    wanted[REVISION] = String(revision);
    const history = set.metadata.annotations?.[REVISION_HISTORY];
    if (before > 0)
      wanted[REVISION_HISTORY] = history === undefined ? String(before) : `${history},${before}`;
  }
  const present: JsonObject = { ...(set.metadata.annotations ?? {}) };
  for (const key of Object.keys(wanted)) if (present[key] === wanted[key]) delete wanted[key];
  return wanted;
}

/** Writes the revision's number on the deployment itself. */
function numberDeployment(world: World, deployment: KubeObject, revision: string): KubeObject {
  if (deployment.metadata.annotations?.[REVISION] === revision) return deployment;
  const { namespace, name } = deployment.metadata;
  const target = { resource: 'deployments' as const, namespace: namespace ?? '', name };
  const patch = { metadata: { annotations: { [REVISION]: revision } } };
  return patchObject(world, 'deployment-controller', target, patch) ?? deployment;
}

/** Notes in the Progressing condition that a ReplicaSet was found or made. */
function noteProgress(
  world: World,
  deployment: KubeObject,
  progress: { reason: string; message: string },
): KubeObject {
  const now = timestampAt(world.kube.store, world.cluster.nowMicros);
  const condition = {
    type: 'Progressing',
    status: 'True',
    lastUpdateTime: now,
    lastTransitionTime: now,
    ...progress,
  };
  const conditions = withCondition(conditionsOf(deployment.status), condition);
  const status: JsonObject = { ...(deployment.status ?? {}), conditions };
  writeStatus(world, 'deployment-controller', 'deployments', { object: deployment, status });
  return (
    getObject(world, 'deployments', deployment.metadata.namespace ?? '', deployment.metadata.name) ??
    deployment
  );
}

/** A ReplicaSet that already has the present template becomes the newest revision. */
function adoptNewest(
  world: World,
  deployment: KubeObject,
  newest: KubeObject,
  old: KubeObject[],
): { deployment: KubeObject; newest: KubeObject } {
  const revision = old.reduce((most, set) => Math.max(most, revisionOf(set)), 0) + 1;
  const annotations = revisionAnnotations(deployment, newest, revision);
  let present = newest;
  if (Object.keys(annotations).length > 0) {
    const { namespace, name } = newest.metadata;
    const target = { resource: 'replicasets' as const, namespace: namespace ?? '', name };
    present = patchObject(world, 'deployment-controller', target, { metadata: { annotations } }) ?? newest;
  }
  let current = numberDeployment(world, deployment, String(revisionOf(present)));
  if (
    progressDeadlineSeconds(current) !== undefined &&
    conditionOf(current.status, 'Progressing') === undefined
  ) {
    const message = `Found new replica set "${present.metadata.name}"`;
    current = noteProgress(world, current, { reason: 'FoundNewReplicaSet', message });
  }
  return { deployment: current, newest: present };
}

/** The ReplicaSet of the present template, as it is first written. */
function newReplicaSet(deployment: KubeObject, hash: string, old: KubeObject[]): JsonObject {
  const template = cloneJson(objectAt(deployment.spec, 'template') ?? {});
  const metadata = objectAt(template, 'metadata') ?? {};
  const labels: JsonObject = { ...textMapAt(metadata, 'labels'), [HASH_LABEL]: hash };
  template.metadata = { ...metadata, labels };
  const selector = cloneJson(objectAt(deployment.spec, 'selector') ?? {});
  selector.matchLabels = { ...textMapAt(selector, 'matchLabels'), [HASH_LABEL]: hash };
  const revision = old.reduce((most, set) => Math.max(most, revisionOf(set)), 0) + 1;
  const { namespace, name, uid } = deployment.metadata;
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  const spec: JsonObject = { replicas: newReplicaSetSize(deployment, old, null), selector, template };
  if (countAt(deployment.spec, 'minReadySeconds') > 0) {
    spec.minReadySeconds = countAt(deployment.spec, 'minReadySeconds');
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace: namespace ?? '',
      labels: cloneJson(labels),
      annotations: {
        ...inheritedAnnotations(deployment),
        ...sizeAnnotations(deployment),
        [REVISION]: String(revision),
      },
      ownerReferences: [owner],
    },
    spec,
  };
}

/** Makes the ReplicaSet of the present template. */
function createNewest(
  world: World,
  deployment: KubeObject,
  old: KubeObject[],
): { deployment: KubeObject; newest: KubeObject | null } {
  const { namespace } = deployment.metadata;
  const template = withoutHash(objectAt(deployment.spec, 'template'));
  for (let collisions = countAt(deployment.status, 'collisionCount'); ; collisions++) {
    const body = newReplicaSet(deployment, templateHash(template, collisions), old);
    const target = { resource: 'replicasets' as const, namespace: namespace ?? '' };
    const made = createObject(world, 'deployment-controller', target, body);
    if (made.object === undefined && made.reason === 'AlreadyExists' && collisions < 20) continue;
    if (made.object === undefined) {
      const message = `Failed to create new replica set: ${made.error}`;
      const warning = { type: 'Warning' as const, reason: 'ReplicaSetCreateError', message };
      noteEvent(world, 'deployment-controller', deployment, warning);
      return { deployment, newest: null };
    }
    const { name } = made.object.metadata;
    const size = countAt(made.object.spec, 'replicas');
    if (size > 0) {
      const message = `Scaled up replica set ${name} from 0 to ${size}`;
      noteEvent(world, 'deployment-controller', deployment, {
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message,
      });
    }
    const numbered = numberDeployment(world, deployment, String(revisionOf(made.object)));
    if (progressDeadlineSeconds(numbered) === undefined) return { deployment: numbered, newest: made.object };
    const progress = { reason: 'NewReplicaSetCreated', message: `Created new replica set "${name}"` };
    return { deployment: noteProgress(world, numbered, progress), newest: made.object };
  }
}

/** Brings revision numbers up to date and finds, or with `create` makes, the newest ReplicaSet. */
export function syncRevisions(
  world: World,
  deployment: KubeObject,
  sets: KubeObject[],
  create: boolean,
): { deployment: KubeObject; revisions: Revisions } {
  const { newest, old } = findRevisions(deployment, sets);
  if (newest !== null) {
    const found = adoptNewest(world, deployment, newest, old);
    return { deployment: found.deployment, revisions: { newest: found.newest, old } };
  }
  if (!create) return { deployment, revisions: { newest: null, old } };
  const made = createNewest(world, deployment, old);
  return { deployment: made.deployment, revisions: { newest: made.newest, old } };
}

/** Deletes empty old ReplicaSets beyond `revisionHistoryLimit`, oldest revision first. */
export function cleanUpRevisions(world: World, deployment: KubeObject, old: KubeObject[]): void {
  const limit = numberAt(deployment.spec, 'revisionHistoryLimit');
  if (limit === undefined) return;
  const alive = old.filter(
    (set) => set.metadata.deletionTimestamp === undefined && isControlledBy(set, deployment),
  );
  const surplus = alive.length - limit;
  if (surplus <= 0) return;
  alive.sort((a, b) => revisionOf(a) - revisionOf(b) || byAge(a, b));
  for (const set of alive.slice(0, surplus)) {
    const { namespace, name, generation } = set.metadata;
    const seen = countAt(set.status, 'observedGeneration') >= (generation ?? 0);
    if (!seen || countAt(set.spec, 'replicas') !== 0 || countAt(set.status, 'replicas') !== 0) continue;
    deleteObject(world, 'deployment-controller', {
      resource: 'replicasets',
      namespace: namespace ?? '',
      name,
    });
  }
}
