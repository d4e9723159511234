/** The charts that pages let people pin, by their titles: on which series they stand, how these are read. */
import type { DebriefSystem } from '@chaotic-good/engine/protocol/debrief';
import type { Reader, SeriesReaders } from './series-readers.ts';

/** How a chart is read. */
export type ChartSpec = {
  /** What a value is. */
  unit: string;
  /** The axis reaches up to this value at least. */
  atLeast: number;
  lines: { name: string; at: Reader }[];
};

/** Which chart. */
export type ChartAsked = {
  /** Title without the thing that it is about. */
  title: string;
  /** `kind/name` that it is about, '' for the whole system. */
  focus: string;
  system: DebriefSystem;
  read: SeriesReaders;
};

/** Windows of rates: of the whole system, and of one thing, seconds. */
const WHOLE_WINDOW = 10;
const THING_WINDOW = 15;
const MIB = 1024 * 1024;

function scaled(read: Reader, factor: number): Reader {
  return (second) => {
    const value = read(second);
    return value === null ? null : value * factor;
  };
}

/** A part of a whole, per cent. */
function share(part: Reader, whole: Reader): Reader {
  return (second) => {
    const [used, all] = [part(second), whole(second)];
    return used === null || all === null || all === 0 ? null : Math.min(100, (100 * used) / all);
  };
}

function wholeSpec({ title, system, read }: ChartAsked): ChartSpec | null {
  const perJourney = (unit: string, atLeast: number, at: (journey: string) => Reader): ChartSpec => ({
    unit,
    atLeast,
    lines: system.journeys.map((journey) => ({ name: journey.title, at: at(journey.name) })),
  });
  const ended = (journey: string) => read.rate('journey_attempts_total', { journey }, WHOLE_WINDOW);
  switch (title) {
    case 'User actions that fail':
      return perJourney('% of ended ones, 10 s', 10, (journey) =>
        share(read.rate('journey_failures_total', { journey }, WHOLE_WINDOW), ended(journey)),
      );
    case 'Slowest hundredth waits':
      return perJourney('ms, p99 of steps, 10 s', 100, (journey) =>
        scaled(read.value('journey:duration_seconds:p99', { journey }), 1000),
      );
    case 'User actions':
      return perJourney('ended per second, 10 s', 5, ended);
    case 'Requests that wait':
      return {
        unit: 'requests, all replicas',
        atLeast: 4,
        lines: [
          { name: 'for a worker', at: read.value('http_requests_queued', {}) },
          { name: 'for a pool connection', at: read.value('db_pool_wait_count', {}) },
        ],
      };
    default:
      return null;
  }
}

function podSpec(title: string, pod: string, { rate, value }: SeriesReaders): ChartSpec | null {
  const used = (name: string) => rate(name, { pod }, THING_WINDOW);
  switch (title) {
    case 'CPU':
      return {
        unit: 'cores',
        atLeast: 0.1,
        lines: [
          { name: 'used', at: used('container_cpu_usage_seconds_total') },
          { name: 'limit', at: scaled(value('container_spec_cpu_quota', { pod }), 1e-5) },
        ],
      };
    case 'Throttled': {
      const all = used('container_cpu_cfs_periods_total');
      const lines = [
        { name: 'throttled', at: share(used('container_cpu_cfs_throttled_periods_total'), all) },
      ];
      return { unit: '% of periods', atLeast: 10, lines };
    }
    case 'Memory':
      return {
        unit: 'MiB',
        atLeast: 1,
        lines: [
          { name: 'used', at: scaled(value('container_memory_working_set_bytes', { pod }), 1 / MIB) },
          { name: 'limit', at: scaled(value('container_spec_memory_limit_bytes', { pod }), 1 / MIB) },
        ],
      };
    case 'Restarts': {
      const lines = [{ name: 'restarts', at: value('kube_pod_container_status_restarts_total', { pod }) }];
      return { unit: 'since it was made', atLeast: 3, lines };
    }
    case 'Pool':
      return {
        unit: 'connections',
        atLeast: 4,
        lines: [
          { name: 'in use', at: value('db_pool_connections', { pod, state: 'in_use' }) },
          { name: 'waiting', at: value('db_pool_wait_count', { pod }) },
          { name: 'most', at: value('db_pool_max_connections', { pod }) },
        ],
      };
    default:
      return null;
  }
}

function nodeSpec(title: string, node: string, readers: SeriesReaders): ChartSpec | null {
  const { rate, value, labelValues } = readers;
  switch (title) {
    case 'Retransmits': {
      const name = 'node_netstat_Tcp_RetransSegs';
      // Beside the others it tells whether it is this node alone.
      const others = labelValues(name, {}, 'node').filter((one) => one !== node);
      const lines = [node, ...others].map((one) => ({
        name: one,
        at: rate(name, { node: one }, THING_WINDOW),
      }));
      return { unit: 'TCP segments sent again, per second', atLeast: 2, lines };
    }
    case 'CPU': {
      const lines = [
        { name: 'used', at: rate('node_cpu_seconds_total', { node, mode: 'user' }, THING_WINDOW) },
      ];
      return { unit: 'cores in use', atLeast: 0.5, lines };
    }
    case 'Memory':
      return {
        unit: 'MiB available',
        atLeast: 1,
        lines: [
          { name: 'available', at: scaled(value('node_memory_MemAvailable_bytes', { node }), 1 / MIB) },
          { name: 'all', at: scaled(value('node_memory_MemTotal_bytes', { node }), 1 / MIB) },
        ],
      };
    case 'Volumes': {
      const size = 'node_filesystem_size_bytes';
      const lines = labelValues(size, { node }, 'mountpoint').map((mountpoint) => {
        const labels = { node, mountpoint };
        const free = share(value('node_filesystem_avail_bytes', labels), value(size, labels));
        const full: Reader = (second) => {
          const left = free(second);
          return left === null ? null : 100 - left;
        };
        return { name: mountpoint, at: full };
      });
      return { unit: '% used', atLeast: 100, lines };
    }
    default:
      return null;
  }
}

/** How to read a chart, or null when no page has one of that title. */
export function chartSpec(asked: ChartAsked): ChartSpec | null {
  const { title, focus, read } = asked;
  if (focus === '') return wholeSpec(asked);
  const [kind, name = ''] = focus.split('/');
  if (kind === 'pod') return podSpec(title, name, read);
  return kind === 'node' ? nodeSpec(title, name, read) : wholeSpec(asked);
}
