/** The revisions of a workload: a deployment's replica sets, or the controller revisions of the others. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt } from '../../platforms/kubernetes/json-access.ts';
import { cloneJson, compareText, equalJson } from '../../platforms/kubernetes/json-values.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { listObjects } from './ask.ts';
import type { Invocation } from './invocation.ts';

/** One revision. */
export type Revision = {
  /** Number, growing. */
  number: number;
  /** Pod template as it was. */
  template: JsonObject;
  /** The same as `rollout history` shows it: with what its controller added, and the cause. */
  shown: JsonObject;
  /** Annotation `kubernetes.io/change-cause`. */
  cause: string;
};

const REVISION = 'deployment.kubernetes.io/revision';

function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return object.metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;
}

/** The revision that a replica set carries; 0 when none. */
function revisionNumber(object: KubeObject): number {
  const text = object.metadata.annotations?.[REVISION] ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : 0;
}

/** The replica sets of a deployment, by revision; the newest is last. */
export function ownedReplicaSets(invocation: Invocation, deployment: KubeObject): KubeObject[] {
  const kind = findResourceByWord('replicasets');
  const answer = kind ? listObjects({ ...invocation, allNamespaces: false }, kind) : null;
  if (!answer?.ok) return [];
  return answer.value
    .filter((set) => isOwnedBy(set, deployment))
    .sort((a, b) => revisionNumber(a) - revisionNumber(b) || compareText(a.metadata.name, b.metadata.name));
}

/** All revisions of a workload, oldest first. */
export function revisionsOf(invocation: Invocation, workload: KubeObject): Revision[] {
  if (workload.kind === 'Deployment') return ownedReplicaSets(invocation, workload).map(revisionOfReplicaSet);
  // The store serves no ControllerRevision objects; their controllers keep the templates themselves.
  const { kind, metadata } = workload;
  const kept =
    invocation.world.kube.revisions.get(`${kind}/${metadata.namespace ?? ''}/${metadata.name}`) ?? [];
  return kept.map(({ template }, index) => {
    return { number: index + 1, template: cloneJson(template), shown: cloneJson(template), cause: '' };
  });
}

function revisionOfReplicaSet(set: KubeObject): Revision {
  const shown = cloneJson(objectAt(objectAt(asJson(set), 'spec'), 'template') ?? {});
  const template = cloneJson(shown);
  const labels = objectAt(objectAt(template, 'metadata'), 'labels');
  if (labels) delete labels['pod-template-hash'];
  const cause = set.metadata.annotations?.['kubernetes.io/change-cause'] ?? '';
  const meta = objectAt(shown, 'metadata');
  if (cause !== '' && meta) {
    meta.annotations = { ...objectAt(meta, 'annotations'), 'kubernetes.io/change-cause': cause };
  }
  return { number: revisionNumber(set), template, shown, cause };
}

/** The pod template of a workload as it is now. */
export function templateOf(workload: KubeObject): JsonObject {
  return objectAt(objectAt(asJson(workload), 'spec'), 'template') ?? {};
}

/** Whether a replica set makes the pods that its deployment asks for now. */
export function isCurrent(set: KubeObject, deployment: KubeObject): boolean {
  return equalJson(revisionOfReplicaSet(set).template, templateOf(deployment));
}
