/** The facts of a deployment, stateful set or daemon set: its pods, its limits, its rollouts. */
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  numberAt,
  objectAt,
  textAt,
  textMapAt,
} from '../../platforms/kubernetes/json-access.ts';
import { equalJson } from '../../platforms/kubernetes/json-values.ts';
import { labelSelectorOf, matchesLabels } from '../../platforms/kubernetes/selectors.ts';
import type { FactRevision } from '../../protocol/thing-facts.ts';
import { revisionsOf, templateOf } from '../kubectl/revisions.ts';
import { conditionsOf, fact, objectsOf } from './facts-asking.ts';
import type { FactsAsking, OwnFacts } from './facts-asking.ts';
import { containersIn, newestLines, podParts } from './pod-facts.ts';
import { relatedThings } from './related-things.ts';
import { volumesOfPods } from './volume-facts.ts';

/** Most revisions that are shown. */
const REVISIONS_MAX = 5;

/** Pods that a selector of a workload or service picks, by name. */
export function podsOf(asking: FactsAsking, selector: Parameters<typeof labelSelectorOf>[0]): KubeObject[] {
  const wanted = labelSelectorOf(selector);
  return objectsOf(asking, 'pods').filter(({ metadata }) => matchesLabels(wanted, metadata.labels ?? {}));
}

function revisions(asking: FactsAsking, workload: KubeObject, resource: string): FactRevision[] {
  const { name, namespace = '' } = workload.metadata;
  const template = templateOf(workload);
  const all = revisionsOf(asking.call, workload).map((one) => ({
    number: one.number,
    cause: one.cause,
    current: equalJson(one.template, template),
  }));
  asking.observed.push({ tool: 'rollout', verb: 'history', resource, namespace, name });
  return all.reverse().slice(0, REVISIONS_MAX);
}

/** The node of a pod. */
function nodeOf(pods: readonly KubeObject[], name: string): string {
  const pod = pods.find(({ metadata }) => metadata.name === name);
  return pod === undefined ? name : textAt(objectAt(asJson(pod), 'spec'), 'nodeName');
}

/** How many pods are ready of how many are wanted. */
function readiness(workload: KubeObject): { ready: number; wanted: number } {
  const status = objectAt(asJson(workload), 'status');
  if (workload.kind === 'DaemonSet') {
    return { ready: countAt(status, 'numberReady'), wanted: countAt(status, 'desiredNumberScheduled') };
  }
  const wanted = numberAt(objectAt(asJson(workload), 'spec'), 'replicas') ?? 1;
  return { ready: countAt(status, 'readyReplicas'), wanted };
}

/** The facts of a workload; `resource` is its plural name. */
export function workloadFacts(asking: FactsAsking, workload: KubeObject, resource: string): OwnFacts {
  const { name, namespace = '' } = workload.metadata;
  const { ready, wanted } = readiness(workload);
  const pods = podsOf(asking, objectAt(objectAt(asJson(workload), 'spec'), 'selector'));
  const history = revisions(asking, workload, resource);
  const template = templateOf(workload);
  const labels = textMapAt(objectAt(template, 'metadata'), 'labels');
  const containers = containersIn(objectAt(template, 'spec'));
  const { volumes, uses } = volumesOfPods(asking, pods);
  return {
    state: `${ready} of ${wanted} pods ready`,
    tone: ready >= wanted ? 'good' : ready === 0 ? 'bad' : 'warn',
    facts: [
      fact('Wanted pods', String(wanted)),
      ...containers.flatMap((one) => [
        fact(`Limits of ${one.name}`, `CPU ${one.cpuLimit || 'none'}, memory ${one.memoryLimit || 'none'}`),
        fact(`Image of ${one.name}`, one.image),
      ]),
    ],
    // The same path stands once for each pod's node.
    uses: uses.map((use, at) => ({ ...use, name: `${use.name} on ${nodeOf(pods, volumes[at].pod)}` })),
    conditions: conditionsOf(workload),
    replicas: wanted,
    containers,
    parts: podParts(asking, pods),
    related: relatedThings(asking, labels, objectAt(template, 'spec'), pods),
    revisions: history,
    volumes,
    lines: newestLines(asking, { workload: `${namespace}/${name}` }),
  };
}
