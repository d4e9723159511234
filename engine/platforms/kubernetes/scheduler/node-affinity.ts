/** Which nodes a pod names as possible or preferred. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, objectAt, objectsAt, textAt, textMapAt, textsAt } from '../json-access.ts';

/** One requirement against one value; an absent value is undefined. */
function meets(requirement: JsonObject, value: string | undefined): boolean {
  const values = textsAt(requirement, 'values');
  switch (textAt(requirement, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}

/** A selector term: all its requirements on labels and on the node's name; an empty term matches nothing. */
function meetsTerm(term: JsonObject | undefined, node: KubeObject): boolean {
  const labels = objectsAt(term, 'matchExpressions');
  const fields = objectsAt(term, 'matchFields');
  if (labels.length + fields.length === 0) return false;
  return (
    labels.every((one) => meets(one, node.metadata.labels?.[textAt(one, 'key')])) &&
    fields.every((one) => meets(one, textAt(one, 'key') === 'metadata.name' ? node.metadata.name : undefined))
  );
}

function affinityOf(pod: KubeObject): JsonObject | undefined {
  return objectAt(objectAt(pod.spec, 'affinity'), 'nodeAffinity');
}

/** True when the pod's nodeSelector and required node affinity allow the node. */
export function allowsNode(pod: KubeObject, node: KubeObject): boolean {
  const selector = textMapAt(pod.spec, 'nodeSelector');
  if (!Object.keys(selector).every((key) => node.metadata.labels?.[key] === selector[key])) return false;
  const required = objectAt(affinityOf(pod), 'requiredDuringSchedulingIgnoredDuringExecution');
  if (required === undefined) return true;
  return objectsAt(required, 'nodeSelectorTerms').some((term) => meetsTerm(term, node));
}

/** Sum of the weights of the preferences that a node meets. */
export function nodePreference(pod: KubeObject, node: KubeObject): number {
  const preferred = objectsAt(affinityOf(pod), 'preferredDuringSchedulingIgnoredDuringExecution');
  return preferred.reduce(
    (sum, one) => sum + (meetsTerm(objectAt(one, 'preference'), node) ? countAt(one, 'weight') : 0),
    0,
  );
}
