/** Pods and nodes with their saturation, read off the newest telemetry. */
import { worse } from './level.ts';
import type { Level } from './level.ts';
import type { TelemetryState } from './telemetry.svelte.ts';

/** Something that is used, and how much of it there is; null = not known. */
export type Usage = { used: number | null; limit: number | null };

/** A pod. */
export type PodThing = {
  kind: 'pod';
  /** `pod/name`. */
  id: string;
  name: string;
  namespace: string;
  node: string;
  level: Level;
  /** What is wrong, or ''. */
  why: string;
  cpuCores: Usage;
  /** Share of CPU periods in which it was throttled. */
  throttledRatio: number | null;
  memoryBytes: Usage;
  /** The claimed volume of its own, if any. */
  volumeBytes: Usage;
  pool: { inUse: number; max: number; waiting: number } | null;
  restarts: number | null;
  waitingReason: string;
};

/** A node. */
export type NodeThing = {
  kind: 'node';
  /** `node/name`. */
  id: string;
  name: string;
  level: Level;
  why: string;
  cpuCores: Usage;
  memoryBytes: Usage;
  /** The fullest file system. */
  volumeBytes: Usage;
  mountpoint: string;
  retransmitsPerSecond: number | null;
  cordoned: boolean;
};

const CPU_PERIODS_PER_SECOND = 10;
const QUOTA_PER_CORE = 100_000;
/** From here on it is worth a look. */
const FULL_RATIO = 0.95;
const THROTTLED_RATIO = 0.2;
const RETRANSMITS_PER_SECOND = 2;

/** A pod's name without the hash of its template: `polls-…bjpx9`. */
export function shortName(name: string): string {
  return name.replace(/^(.+)-[a-z0-9]{8,10}-([a-z0-9]{5})$/, '$1-…$2');
}

/** Used share, or null. */
export function ratioOf({ used, limit }: Usage): number | null {
  return used === null || limit === null || limit <= 0 ? null : used / limit;
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** Every pod that is known now, in order of namespace and name. */
export function podThings(telemetry: TelemetryState): PodThing[] {
  const pods = telemetry.series('kube_pod_info').filter(({ values }) => values.at(-1) !== null);
  return pods
    .map(({ labels }) => podThing(telemetry, labels))
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

/** Containers of a pod that are measured. */
function containersOf(telemetry: TelemetryState, of: Record<string, string>): Record<string, string>[] {
  const measured = telemetry.series('container_cpu_usage_seconds_total', of);
  return measured
    .filter(({ values }) => values.at(-1) !== null)
    .map(({ labels }) => ({ ...of, container: labels.container }));
}

/** The container that the pod is there for bears the workload's name; beside it run helpers. */
function mainOf(
  pod: string,
  containers: readonly Record<string, string>[],
): Record<string, string> | undefined {
  return containers.find(({ container }) => pod.startsWith(`${container}-`)) ?? containers[0];
}

const UNKNOWN: Usage = { used: null, limit: null };

function cpuOf(telemetry: TelemetryState, container: Record<string, string>): Usage {
  const quota = telemetry.latest('container_spec_cpu_quota', container);
  const used = telemetry.rate('container_cpu_usage_seconds_total', container);
  return { used, limit: quota === null ? null : quota / QUOTA_PER_CORE };
}

function memoryOf(telemetry: TelemetryState, container: Record<string, string>): Usage {
  const limit = telemetry.latest('container_spec_memory_limit_bytes', container);
  const used = telemetry.latest('container_memory_working_set_bytes', container);
  return { used, limit: limit === 0 ? null : limit };
}

/** The largest share of periods in which a container was throttled. */
function throttledOf(
  telemetry: TelemetryState,
  containers: readonly Record<string, string>[],
): number | null {
  const rates = containers.map((one) => telemetry.rate('container_cpu_cfs_throttled_periods_total', one));
  const known = rates.filter((rate) => rate !== null);
  return known.length === 0 ? null : Math.min(1, Math.max(...known) / CPU_PERIODS_PER_SECOND);
}

function podThing(telemetry: TelemetryState, labels: Readonly<Record<string, string>>): PodThing {
  const { namespace = '', pod = '', node = '' } = labels;
  const of = { namespace, pod };
  const containers = containersOf(telemetry, of);
  const main = mainOf(pod, containers);
  const waiting = telemetry
    .series('kube_pod_container_status_waiting_reason', of)
    .find(({ values }) => values.at(-1) === 1);
  const thing: PodThing = {
    kind: 'pod',
    id: `pod/${pod}`,
    name: pod,
    namespace,
    node,
    level: 'unknown',
    why: '',
    cpuCores: main === undefined ? UNKNOWN : cpuOf(telemetry, main),
    throttledRatio: throttledOf(telemetry, containers),
    memoryBytes: main === undefined ? UNKNOWN : memoryOf(telemetry, main),
    volumeBytes: claimOf(telemetry, namespace, pod),
    pool: poolOf(telemetry, of),
    restarts: telemetry.latest('kube_pod_container_status_restarts_total', of),
    waitingReason: waiting?.labels.reason ?? '',
  };
  return { ...thing, ...podLevel(thing, telemetry.latest('kube_pod_status_ready', of)) };
}

/** The claim of a StatefulSet's pod ends with the pod's name. */
function claimOf(telemetry: TelemetryState, namespace: string, pod: string): Usage {
  const claims = telemetry.labelValues('kubelet_volume_stats_used_bytes', 'persistentvolumeclaim');
  const claim = claims.find((name) => name.endsWith(`-${pod}`));
  if (claim === undefined) return { used: null, limit: null };
  const of = { namespace, persistentvolumeclaim: claim };
  return {
    used: telemetry.latest('kubelet_volume_stats_used_bytes', of),
    limit: telemetry.latest('kubelet_volume_stats_capacity_bytes', of),
  };
}

function poolOf(telemetry: TelemetryState, of: Record<string, string>): PodThing['pool'] {
  const max = telemetry.latest('db_pool_max_connections', of);
  if (max === null) return null;
  const inUse = telemetry.latest('db_pool_connections', { ...of, state: 'in_use' }) ?? 0;
  return { inUse, max, waiting: telemetry.latest('db_pool_wait_count', of) ?? 0 };
}

function podLevel(thing: PodThing, ready: number | null): { level: Level; why: string } {
  const found: [Level, string][] = [];
  if (thing.waitingReason !== '') found.push(['down', thing.waitingReason]);
  if (ready === 0) found.push(['down', 'not ready']);
  if (ready === null) found.push(['unknown', 'nothing known']);
  const volume = ratioOf(thing.volumeBytes);
  if (volume !== null && volume >= FULL_RATIO) found.push(['degraded', `volume ${percent(volume)} full`]);
  const throttled = thing.throttledRatio;
  if (throttled !== null && throttled >= THROTTLED_RATIO) {
    found.push(['degraded', `throttled ${percent(throttled)}`]);
  }
  const memory = ratioOf(thing.memoryBytes);
  if (memory !== null && memory >= FULL_RATIO) found.push(['degraded', `memory ${percent(memory)}`]);
  if (thing.pool !== null && thing.pool.waiting > 0) {
    found.push(['degraded', `${thing.pool.waiting} wait for the pool`]);
  }
  return summed(found);
}

function summed(found: [Level, string][]): { level: Level; why: string } {
  const level = found.reduce<Level>((worst, [one]) => worse(worst, one), 'healthy');
  return { level, why: found.map(([, why]) => why).join(', ') };
}

/** Every node, in order of name. */
export function nodeThings(telemetry: TelemetryState): NodeThing[] {
  return telemetry
    .labelValues('node_memory_MemTotal_bytes', 'node')
    .map((node) => nodeThing(telemetry, node));
}

function nodeThing(telemetry: TelemetryState, node: string): NodeThing {
  const busy = telemetry.rate('node_cpu_seconds_total', { node, mode: 'user' });
  const idle = telemetry.rate('node_cpu_seconds_total', { node, mode: 'idle' });
  const total = telemetry.latest('node_memory_MemTotal_bytes', { node });
  const free = telemetry.latest('node_memory_MemAvailable_bytes', { node });
  const ready = telemetry.latest('kube_node_status_condition', { node, condition: 'Ready' });
  const thing: NodeThing = {
    kind: 'node',
    id: `node/${node}`,
    name: node,
    level: 'healthy',
    why: '',
    cpuCores: { used: busy, limit: busy === null || idle === null ? null : Math.round(busy + idle) },
    memoryBytes: { used: total === null || free === null ? null : total - free, limit: total },
    ...fullest(telemetry, node),
    retransmitsPerSecond: telemetry.rate('node_netstat_Tcp_RetransSegs', { node }),
    cordoned: telemetry.latest('kube_node_spec_unschedulable', { node }) === 1,
  };
  return { ...thing, ...nodeLevel(thing, ready) };
}

function fullest(telemetry: TelemetryState, node: string): { volumeBytes: Usage; mountpoint: string } {
  let worst = { volumeBytes: { used: null, limit: null } as Usage, mountpoint: '' };
  for (const { labels } of telemetry.series('node_filesystem_size_bytes', { node })) {
    const { mountpoint } = labels;
    const limit = telemetry.latest('node_filesystem_size_bytes', { node, mountpoint });
    const free = telemetry.latest('node_filesystem_avail_bytes', { node, mountpoint });
    const volumeBytes = { used: limit === null || free === null ? null : limit - free, limit };
    if ((ratioOf(volumeBytes) ?? -1) > (ratioOf(worst.volumeBytes) ?? -1))
      worst = { volumeBytes, mountpoint };
  }
  return worst;
}

function nodeLevel(thing: NodeThing, ready: number | null): { level: Level; why: string } {
  const found: [Level, string][] = [];
  if (ready === 0) found.push(['down', 'not ready']);
  const retransmits = thing.retransmitsPerSecond;
  if (retransmits !== null && retransmits >= RETRANSMITS_PER_SECOND) {
    found.push(['degraded', `${retransmits.toFixed(0)} retransmits/s`]);
  }
  const volume = ratioOf(thing.volumeBytes);
  if (volume !== null && volume >= FULL_RATIO) {
    found.push(['degraded', `${thing.mountpoint} ${percent(volume)} full`]);
  }
  const { level, why } = summed(found);
  return { level, why: [why, thing.cordoned ? 'cordoned' : ''].filter((part) => part !== '').join(', ') };
}
