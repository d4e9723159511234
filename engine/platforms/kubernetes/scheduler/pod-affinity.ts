/** Which pods a pod wants near it, and which it does not; by any topology, mostly the host name. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject } from '../object-reads.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import type { NodePicture } from './node-picture.ts';
import { nodeLabel } from './node-picture.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

function rulesOf(pod: KubeObject, which: 'podAffinity' | 'podAntiAffinity'): JsonObject | undefined {
  return objectAt(objectAt(pod.spec, 'affinity'), which);
}

/** True when a term of `owner` speaks about the pod `other`. */
function termMatches(world: World, owner: KubeObject, term: JsonObject, other: KubeObject): boolean {
  const namespaces = textsAt(term, 'namespaces');
  const selected = objectAt(term, 'namespaceSelector');
  const namespace = other.metadata.namespace ?? '';
  const near =
    namespaces.length === 0 && selected === undefined
      ? namespace === owner.metadata.namespace
      : namespaces.includes(namespace) ||
        (selected !== undefined &&
          matchesLabels(
            labelSelectorOf(selected),
            getObject(world, 'namespaces', '', namespace)?.metadata.labels,
          ));
  const selector = objectAt(term, 'labelSelector');
  return near && selector !== undefined && matchesLabels(labelSelectorOf(selector), other.metadata.labels);
}

/** Pods of all nodes that share the node's value of a topology key. */
function podsInDomain(pictures: NodePicture[], node: KubeObject, key: string): KubeObject[] {
  const value = nodeLabel(node, key);
  if (value === '') return [];
  return pictures.flatMap((picture) => (nodeLabel(picture.node, key) === value ? picture.pods : []));
}

/** What the required rules say against a node, '' when nothing. */
export function affinityObjection(
  world: World,
  pod: KubeObject,
  picture: NodePicture,
  pictures: NodePicture[],
): string {
  for (const term of objectsAt(rulesOf(pod, 'podAffinity'), REQUIRED)) {
    const key = textAt(term, 'topologyKey');
    const there = podsInDomain(pictures, picture.node, key);
    if (there.some((other) => termMatches(world, pod, term, other))) continue;
    // The first pod of a group that wants to be together may go anywhere.
    const anywhere = pictures.some((one) => one.pods.some((other) => termMatches(world, pod, term, other)));
    if (anywhere || !termMatches(world, pod, term, pod) || nodeLabel(picture.node, key) === '') {
      return "node(s) didn't match pod affinity rules";
    }
  }
  for (const term of objectsAt(rulesOf(pod, 'podAntiAffinity'), REQUIRED)) {
    const there = podsInDomain(pictures, picture.node, textAt(term, 'topologyKey'));
    if (there.some((other) => termMatches(world, pod, term, other))) {
      return "node(s) didn't match pod anti-affinity rules";
    }
  }
  for (const one of pictures) {
    for (const other of one.pods) {
      for (const term of objectsAt(rulesOf(other, 'podAntiAffinity'), REQUIRED)) {
        const key = textAt(term, 'topologyKey');
        const same =
          nodeLabel(one.node, key) !== '' && nodeLabel(one.node, key) === nodeLabel(picture.node, key);
        if (same && termMatches(world, other, term, pod)) {
          return "node(s) didn't satisfy existing pods anti-affinity rules";
        }
      }
    }
  }
  return '';
}

/** How much the preferred rules like a node: weights of wanted neighbours less those of unwanted ones. */
export function affinityPreference(
  world: World,
  pod: KubeObject,
  picture: NodePicture,
  pictures: NodePicture[],
): number {
  let score = 0;
  for (const [which, sign] of [
    ['podAffinity', 1],
    ['podAntiAffinity', -1],
  ] as const) {
    for (const preferred of objectsAt(rulesOf(pod, which), PREFERRED)) {
      const term = objectAt(preferred, 'podAffinityTerm');
      if (term === undefined) continue;
      const there = podsInDomain(pictures, picture.node, textAt(term, 'topologyKey'));
      const count = there.filter((other) => termMatches(world, pod, term, other)).length;
      score += sign * count * countAt(preferred, 'weight');
    }
  }
  return score;
}
