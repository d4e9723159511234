/** Topology spread constraints: how evenly a workload's pods lie over zones or hosts. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { LabelSelector } from '../selectors.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import { allowsNode } from './node-affinity.ts';
import type { NodePicture } from './node-picture.ts';
import { nodeLabel } from './node-picture.ts';

/** The selector of a constraint, with the pod's own values of `matchLabelKeys`. */
function selectorOf(pod: KubeObject, constraint: JsonObject): LabelSelector {
  const selector = labelSelectorOf(objectAt(constraint, 'labelSelector'));
  for (const key of textsAt(constraint, 'matchLabelKeys')) {
    const value = pod.metadata.labels?.[key];
    if (value !== undefined) selector.push({ key, operator: 'in', values: [value] });
  }
  return selector;
}

/** Matching pods by value of the topology key, over the nodes the pod could go to. */
function countsByDomain(
  pod: KubeObject,
  constraint: JsonObject,
  pictures: NodePicture[],
): Map<string, number> {
  const key = textAt(constraint, 'topologyKey');
  const selector = selectorOf(pod, constraint);
  const counts = new Map<string, number>();
  for (const { node, pods } of pictures) {
    const domain = nodeLabel(node, key);
    if (domain === '' || !allowsNode(pod, node)) continue;
    const matching = pods.filter(
      (other) =>
        other.metadata.namespace === pod.metadata.namespace &&
        other.metadata.deletionTimestamp === undefined &&
        matchesLabels(selector, other.metadata.labels),
    );
    counts.set(domain, (counts.get(domain) ?? 0) + matching.length);
  }
  return counts;
}

/** The pods of a domain after this one would come, less the emptiest domain's. */
function skewOf(pod: KubeObject, constraint: JsonObject, node: KubeObject, pictures: NodePicture[]): number {
  const counts = countsByDomain(pod, constraint, pictures);
  const least = [...counts.values()].reduce((lowest, count) => Math.min(lowest, count), Infinity);
  const own = matchesLabels(selectorOf(pod, constraint), pod.metadata.labels) ? 1 : 0;
  return (counts.get(nodeLabel(node, textAt(constraint, 'topologyKey'))) ?? 0) + own - least;
}

function constraintsOf(pod: KubeObject, when: string): JsonObject[] {
  return objectsAt(pod.spec, 'topologySpreadConstraints').filter(
    (constraint) => textAt(constraint, 'whenUnsatisfiable') === when,
  );
}

/** What the hard constraints say against a node, '' when nothing. */
export function spreadObjection(pod: KubeObject, picture: NodePicture, pictures: NodePicture[]): string {
  for (const constraint of constraintsOf(pod, 'DoNotSchedule')) {
    const key = textAt(constraint, 'topologyKey');
    if (nodeLabel(picture.node, key) === '') {
      return "node(s) didn't match pod topology spread constraints (missing required label)";
    }
    if (skewOf(pod, constraint, picture.node, pictures) > countAt(constraint, 'maxSkew')) {
      return "node(s) didn't match pod topology spread constraints";
    }
  }
  return '';
}

/** How uneven the soft constraints would find a node: lower is better. */
export function spreadPenalty(pod: KubeObject, picture: NodePicture, pictures: NodePicture[]): number {
  const soft = constraintsOf(pod, 'ScheduleAnyway');
  return soft.reduce((sum, constraint) => sum + skewOf(pod, constraint, picture.node, pictures), 0);
}
