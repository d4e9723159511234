/** The facts of a pod, and pods as parts of something else. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, memberAt, objectAt, objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { podStatusText } from '../../platforms/kubernetes/kinds/pod-status-text.ts';
import { podUsage } from '../../platforms/kubernetes/metrics-api.ts';
import { quantityMilli, quantityUnits } from '../../platforms/kubernetes/quantity.ts';
import { findResourceByText } from '../../platforms/kubernetes/resources.ts';
import type {
  Fact,
  FactContainer,
  FactPart,
  FactTone,
  FactUse,
  ThingFacts,
} from '../../protocol/thing-facts.ts';
import { observeLogs } from '../../telemetry/observe-logs.ts';
import { searchLogs } from '../../telemetry/search-logs.ts';
import type { LogQuery } from '../../telemetry/search-logs.ts';
import { observeObjects } from '../kubectl/observe-objects.ts';
import { conditionsOf, fact, momentOf } from './facts-asking.ts';
import type { FactsAsking, OwnFacts } from './facts-asking.ts';
import { relatedThings } from './related-things.ts';
import { volumesOfPods } from './volume-facts.ts';

/** Most log lines that are shown. */
const LINES_MAX = 6;
/** Far enough back for whatever is kept, microseconds. */
const PAST_MICROS = 1e12;

/** State of a pod in words: `Running, 2 of 2 containers ready`. */
export function podState(pod: KubeObject): { state: string; tone: FactTone; restarts: number } {
  const { ready, total, reason, restarts } = podStatusText(asJson(pod));
  const state = `${reason}, ${ready} of ${total} containers ready`;
  if (pod.metadata.deletionTimestamp !== undefined) return { state, tone: 'warn', restarts };
  return { state, tone: ready === total ? 'good' : 'bad', restarts };
}

/** Pods as parts of something; they count as seen. */
export function podParts(asking: FactsAsking, pods: readonly KubeObject[]): FactPart[] {
  asking.observed.push(...observeObjects(findResourceByText('pods'), pods, false));
  return pods.map((pod) => {
    const { state, tone, restarts } = podState(pod);
    const node = textAt(objectAt(asJson(pod), 'spec'), 'nodeName') || 'no node yet';
    const detail = restarts === 0 ? node : `${node}, ${restarts} restarts`;
    return { id: `pod/${pod.metadata.name}`, state, tone, detail };
  });
}

function limitOf(container: JsonObject, resource: string): string {
  const limit = memberAt(objectAt(objectAt(container, 'resources'), 'limits'), resource);
  return limit === undefined ? '' : String(limit);
}

/** The containers of a pod or of a pod template. */
export function containersIn(spec: JsonObject | undefined): FactContainer[] {
  return objectsAt(spec, 'containers').map((container) => ({
    name: textAt(container, 'name'),
    image: textAt(container, 'image'),
    cpuLimit: limitOf(container, 'cpu'),
    memoryLimit: limitOf(container, 'memory'),
  }));
}

/** What containers use of their limits, as `kubectl top` has it. */
function usesOf(asking: FactsAsking, pod: KubeObject, containers: readonly FactContainer[]): FactUse[] {
  const { name, namespace = '' } = pod.metadata;
  const usage = podUsage(asking.world).find((one) => one.pod === name && one.namespace === namespace);
  if (usage !== undefined) asking.observed.push({ tool: 'top', resource: 'pods', namespace, names: [name] });
  return containers.flatMap((container): FactUse[] => {
    const used = usage?.containers.find((one) => one.name === container.name);
    const { cpuLimit, memoryLimit } = container;
    return [
      {
        name: `CPU of ${container.name}`,
        used: used === undefined ? null : used.cpuMillis / 1000,
        limit: cpuLimit === '' ? null : quantityMilli(cpuLimit) / 1000,
        unit: 'cores',
      },
      {
        name: `Memory of ${container.name}`,
        used: used?.memoryBytes ?? null,
        limit: memoryLimit === '' ? null : quantityUnits(memoryLimit),
        unit: 'bytes',
      },
    ];
  });
}

/** How containers ended last, when they did. */
function lastEnds(pod: KubeObject): Fact[] {
  return objectsAt(objectAt(asJson(pod), 'status'), 'containerStatuses').flatMap((status) => {
    const ended = objectAt(objectAt(status, 'lastState'), 'terminated');
    if (ended === undefined) return [];
    const code = memberAt(ended, 'exitCode');
    const words = `${textAt(ended, 'reason') || 'ended'}, exit code ${String(code)}`;
    return [fact(`Last end of ${textAt(status, 'name')}`, words, 'bad')];
  });
}

/** The newest lines of something's logs; they count as seen. */
export function newestLines(asking: FactsAsking, of: Partial<LogQuery>): ThingFacts['lines'] {
  const { telemetry, world, observed } = asking;
  const range = { fromMicros: -PAST_MICROS, toMicros: world.cluster.nowMicros, limit: LINES_MAX };
  const { lines } = searchLogs(telemetry, world, { ...range, ...of });
  observed.push(...observeLogs(lines));
  return lines;
}

/** The workload that made a pod, as `kind/name`; the replica set between is of no interest. */
function ownerOf(pod: KubeObject): string[] {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return [];
  const isSet = owner.kind === 'ReplicaSet';
  return [
    isSet ? `deployment/${owner.name.replace(/-[^-]+$/, '')}` : `${owner.kind.toLowerCase()}/${owner.name}`,
  ];
}

/** The facts of a pod. */
export function podFacts(asking: FactsAsking, pod: KubeObject): OwnFacts {
  const spec = objectAt(asJson(pod), 'spec');
  const status = objectAt(asJson(pod), 'status');
  const { state, tone, restarts } = podState(pod);
  const containers = containersIn(spec);
  const node = textAt(spec, 'nodeName');
  const { volumes, uses } = volumesOfPods(asking, [pod]);
  const started = momentOf(asking, textAt(status, 'startTime'));
  return {
    state,
    tone,
    facts: [
      fact('Restarts', String(restarts), restarts === 0 ? 'neutral' : 'bad'),
      ...lastEnds(pod),
      fact('Address', textAt(status, 'podIP') || (started === null ? 'not started' : 'none yet')),
    ],
    uses: [...usesOf(asking, pod, containers), ...uses],
    conditions: conditionsOf(pod),
    containers,
    parts: node === '' ? [] : [{ id: `node/${node}`, state: 'its node', tone: 'neutral', detail: '' }],
    related: [...ownerOf(pod), ...relatedThings(asking, pod.metadata.labels ?? {}, spec, [pod])],
    volumes,
    lines: newestLines(asking, { pod: pod.metadata.name }),
  };
}
