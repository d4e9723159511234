/** The facts of a node: what it has and uses, whether it takes pods, and which run on it. */
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, flagAt, objectAt, objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { nodeUsage } from '../../platforms/kubernetes/metrics-api.ts';
import type { FactUse } from '../../protocol/thing-facts.ts';
import { readSeries } from '../../telemetry/read-series.ts';
import { conditionsOf, fact, objectsOf } from './facts-asking.ts';
import type { FactsAsking, OwnFacts } from './facts-asking.ts';
import { podParts } from './pod-facts.ts';

/** Over how long a rate is taken, microseconds. */
const WINDOW_MICROS = 30_000_000;
/** From so many retransmits a second on it is worth a look. */
const RETRANSMITS_PER_SECOND = 2;
/** How far back a file system may have been measured, microseconds. */
const FRESH_MICROS = 120_000_000;

/** CPU and memory, as `kubectl top nodes` has them. */
function usesOf(asking: FactsAsking, name: string): FactUse[] {
  const usage = nodeUsage(asking.world).find(({ node }) => node === name);
  const host = asking.world.cluster.hosts.find((one) => one.name === name);
  if (usage === undefined || host === undefined) return [];
  asking.observed.push({ tool: 'top', resource: 'nodes', namespace: '', names: [name] });
  return [
    { name: 'CPU', used: usage.cpuMillis / 1000, limit: host.cores, unit: 'cores' },
    { name: 'Memory', used: usage.memoryBytes, limit: host.memoryBytes, unit: 'bytes' },
  ];
}

/** The file systems that the node's exporter measures. */
function fileSystems({ world, telemetry, observed }: FactsAsking, node: string): FactUse[] {
  const from = world.cluster.nowMicros - FRESH_MICROS;
  const read = (series: string) => readSeries(telemetry, series, { node }, from, world.cluster.nowMicros);
  const sizes = read('node_filesystem_size_bytes');
  return read('node_filesystem_avail_bytes').map(({ name, labels, values }) => {
    const size = sizes.find((one) => one.labels.mountpoint === labels.mountpoint);
    const limit = size?.values.at(-1) ?? null;
    const free = values.at(-1) ?? null;
    observed.push({ tool: 'series', name, labels });
    return {
      name: labels.mountpoint,
      used: limit === null || free === null ? null : limit - free,
      limit,
      unit: 'bytes',
    };
  });
}

/** TCP segments that the node had to send again, a second. */
function retransmits({ world, telemetry, observed }: FactsAsking, node: string): number | null {
  const now = world.cluster.nowMicros;
  const [series] = readSeries(telemetry, 'node_netstat_Tcp_RetransSegs', { node }, now - WINDOW_MICROS, now);
  if (series === undefined || series.values.length < 2) return null;
  observed.push({ tool: 'series', name: series.name, labels: series.labels });
  const { values, atMicros } = series;
  const seconds = (atMicros[atMicros.length - 1] - atMicros[0]) / 1e6;
  return seconds <= 0 ? null : (values[values.length - 1] - values[0]) / seconds;
}

/** The facts of a node. */
export function nodeFacts(asking: FactsAsking, node: KubeObject): OwnFacts {
  const { name } = node.metadata;
  const conditions = objectsAt(objectAt(asJson(node), 'status'), 'conditions');
  const isReady = conditions.some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  );
  const cordoned = flagAt(objectAt(asJson(node), 'spec'), 'unschedulable');
  const pods = objectsOf(asking, 'pods', true).filter(
    (pod) => textAt(objectAt(asJson(pod), 'spec'), 'nodeName') === name,
  );
  const sentAgain = retransmits(asking, name);
  return {
    state: `${isReady ? 'Ready' : 'Not ready'}${cordoned ? ', cordoned: no new pods' : ''}`,
    tone: isReady ? (cordoned ? 'warn' : 'good') : 'bad',
    facts: [
      fact('New pods', cordoned ? 'none, it is cordoned' : 'welcome', cordoned ? 'warn' : 'neutral'),
      ...(sentAgain === null
        ? []
        : [
            fact(
              'TCP retransmits',
              `${sentAgain.toFixed(1)}/s over the last 30 s`,
              sentAgain >= RETRANSMITS_PER_SECOND ? 'bad' : 'neutral',
            ),
          ]),
    ],
    uses: [...usesOf(asking, name), ...fileSystems(asking, name)],
    conditions: conditionsOf(node),
    parts: podParts(asking, pods),
  };
}
