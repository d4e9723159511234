/** The charts of one pod or node: which series, and how to read them. */
import { rateReader, secondsBetween, valueReader } from '../state/journey-signals.ts';
import type { TelemetryState } from '../state/telemetry.svelte.ts';
import { bytesText, shortText } from '../ui/format.ts';

type Reader = (second: number) => number | null;

/** A chart of one thing. */
export type FocusChart = {
  title: string;
  unit: string;
  /** Series that it stands on; labels of the thing are added. */
  names: string[];
  lines: { name: string; read: Reader }[];
  atLeast: number;
  format: (value: number) => string;
};

function percent(part: Reader, whole: Reader): Reader {
  return (second) => {
    const [used, all] = [part(second), whole(second)];
    return used === null || all === null || all === 0 ? null : (100 * used) / all;
  };
}

function scaled(read: Reader, factor: number): Reader {
  return (second) => {
    const value = read(second);
    return value === null || value === 0 ? value : value * factor;
  };
}

const cores = (value: number) => shortText(value);
const share = (value: number) => `${shortText(value)} %`;

function podCharts(telemetry: TelemetryState, pod: string): FocusChart[] {
  const rate = (name: string) => rateReader(telemetry, name, { pod }, 15);
  const value = (name: string, more = {}) => valueReader(telemetry, name, { pod, ...more });
  const charts: FocusChart[] = [
    {
      title: 'CPU',
      unit: 'cores, used and limit',
      names: ['container_cpu_usage_seconds_total', 'container_spec_cpu_quota'],
      lines: [
        { name: 'used', read: rate('container_cpu_usage_seconds_total') },
        { name: 'limit', read: scaled(value('container_spec_cpu_quota'), 1e-5) },
      ],
      atLeast: 0.1,
      format: cores,
    },
    {
      title: 'Throttled',
      unit: 'share of periods',
      names: ['container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_periods_total'],
      lines: [
        {
          name: 'throttled',
          read: percent(
            rate('container_cpu_cfs_throttled_periods_total'),
            rate('container_cpu_cfs_periods_total'),
          ),
        },
      ],
      atLeast: 10,
      format: share,
    },
    {
      title: 'Memory',
      unit: 'working set and limit',
      names: ['container_memory_working_set_bytes', 'container_spec_memory_limit_bytes'],
      lines: [
        { name: 'used', read: value('container_memory_working_set_bytes') },
        { name: 'limit', read: value('container_spec_memory_limit_bytes') },
      ],
      atLeast: 1,
      format: bytesText,
    },
    {
      title: 'Restarts',
      unit: 'since it was made',
      names: ['kube_pod_container_status_restarts_total'],
      lines: [{ name: 'restarts', read: value('kube_pod_container_status_restarts_total') }],
      atLeast: 3,
      format: (count) => count.toFixed(0),
    },
  ];
  if (telemetry.series('db_pool_max_connections', { pod }).length === 0) return charts;
  return [...charts, poolChart(value)];
}

function poolChart(value: (name: string, more?: Record<string, string>) => Reader): FocusChart {
  return {
    title: 'Pool',
    unit: 'connections',
    names: ['db_pool_connections', 'db_pool_wait_count', 'db_pool_max_connections'],
    lines: [
      { name: 'in use', read: value('db_pool_connections', { state: 'in_use' }) },
      { name: 'waiting', read: value('db_pool_wait_count') },
      { name: 'most', read: value('db_pool_max_connections') },
    ],
    atLeast: 4,
    format: (count) => count.toFixed(0),
  };
}

function nodeCharts(telemetry: TelemetryState, node: string): FocusChart[] {
  const value = (name: string, more = {}) => valueReader(telemetry, name, { node, ...more });
  const user = rateReader(telemetry, 'node_cpu_seconds_total', { node, mode: 'user' }, 15);
  const idle = rateReader(telemetry, 'node_cpu_seconds_total', { node, mode: 'idle' }, 15);
  const mounts = telemetry
    .series('node_filesystem_size_bytes', { node })
    .map(({ labels }) => labels.mountpoint);
  const charts: FocusChart[] = [
    {
      title: 'Retransmits',
      unit: 'TCP segments sent again, per second',
      names: ['node_netstat_Tcp_RetransSegs'],
      lines: [
        { name: 'retransmits', read: rateReader(telemetry, 'node_netstat_Tcp_RetransSegs', { node }, 15) },
      ],
      atLeast: 2,
      format: (count) => `${shortText(count)}/s`,
    },
    {
      title: 'CPU',
      unit: 'cores in use',
      names: ['node_cpu_seconds_total'],
      lines: [
        { name: 'used', read: user },
        { name: 'all', read: (second) => sumOf(user(second), idle(second)) },
      ],
      atLeast: 0.5,
      format: cores,
    },
    {
      title: 'Memory',
      unit: 'available',
      names: ['node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'],
      lines: [
        { name: 'available', read: value('node_memory_MemAvailable_bytes') },
        { name: 'all', read: value('node_memory_MemTotal_bytes') },
      ],
      atLeast: 1,
      format: bytesText,
    },
  ];
  if (mounts.length === 0) return charts;
  return [...charts, volumeChart(value, mounts)];
}

function volumeChart(
  value: (name: string, more?: Record<string, string>) => Reader,
  mounts: string[],
): FocusChart {
  const full = (mountpoint: string): Reader => {
    const free = percent(
      value('node_filesystem_avail_bytes', { mountpoint }),
      value('node_filesystem_size_bytes', { mountpoint }),
    );
    return (second) => {
      const left = free(second);
      return left === null ? null : 100 - left;
    };
  };
  return {
    title: 'Volumes',
    unit: 'used share',
    names: ['node_filesystem_avail_bytes', 'node_filesystem_size_bytes'],
    lines: mounts.map((mountpoint) => ({ name: mountpoint, read: full(mountpoint) })),
    atLeast: 100,
    format: share,
  };
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** The charts of `pod/name` or `node/name`, and the labels that pick it. */
export function focusCharts(
  telemetry: TelemetryState,
  id: string,
): { charts: FocusChart[]; labels: Record<string, string> } {
  const [kind, name = ''] = id.split('/');
  if (kind === 'pod') return { charts: podCharts(telemetry, name), labels: { pod: name } };
  if (kind === 'node') return { charts: nodeCharts(telemetry, name), labels: { node: name } };
  return { charts: [], labels: {} };
}

/** Columns of one chart over a span. */
export function focusColumns(chart: FocusChart, range: { from: number; to: number }) {
  const seconds = secondsBetween(range.from, range.to);
  return {
    seconds,
    lines: chart.lines.map(({ name, read }, color) => ({ name, color, values: seconds.map(read) })),
  };
}
