/**
 * A system of one queue, for holding the simulation to queueing theory: users call a station directly.
 */
import type { ProgramSpec, SystemSpec } from '../cluster/system-spec.ts';

/** What the queue is. */
export type QueueShape = {
  /** Servers: cores of the host, and workers when `sharing` is false. */
  servers: number;
  /** Mean work of a request, microseconds. */
  workMicros: number;
  /** Share of the work that does not vary: 0 = exponential, 1 = constant. */
  fixedShare: number;
  /** Arrivals per second. */
  ratePerSecond: number;
  /** True: all requests share the cores. False: a server serves one at a time, in order of arrival. */
  sharing: boolean;
  /** Requests that there is room for in all, at most; no limit when absent. Only without sharing. */
  places?: number;
};

/** The station. */
function station(shape: QueueShape): ProgramSpec {
  return {
    name: 'station',
    kind: 'application',
    image: 'example.org/station',
    command: 'station',
    port: 80,
    adminPort: 80,
    boot: { medianMicros: 1, sigma: 0 },
    workers: shape.sharing ? 1_000_000 : shape.servers,
    queueLimit: shape.places === undefined ? 1_000_000 : shape.places - shape.servers,
    connectionLimit: 0,
    memory: { baseBytes: 0, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
    warmup: { spans: 1, factor: 1 },
    idleCores: 0,
    endpoints: [
      { name: 'serve', steps: [{ do: 'cpu', micros: shape.workMicros, fixedShare: shape.fixedShare }] },
    ],
    probeMicros: 1,
    files: { log: '', rows: '', precious: [], abortAfterMicros: [0, 0], ships: null },
    logs: [],
    settings: [],
  };
}

/** The system. */
export function queueSystem(shape: QueueShape): SystemSpec {
  return {
    id: 'queue',
    title: 'Queue',
    sentences: [],
    hosts: [{ name: 'host', cores: shape.servers, memoryBytes: 1, zone: 'a', labels: {}, partitions: [] }],
    programs: [station(shape)],
    edges: [
      {
        name: 'users->station',
        from: 'users',
        to: 'test/station',
        port: 'port',
        pool: null,
        connectTimeoutMicros: 1e12,
        timeoutMicros: 1e12,
        retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
        healthCheck: null,
      },
    ],
    entryEdge: 'users->station',
    journeys: [
      {
        name: 'visit',
        title: 'Visit',
        weight: 1,
        ratePerSecond: shape.ratePerSecond,
        objectiveRatio: 0.99,
        latencyThresholdMs: 1e9,
        failureCostCents: 0,
        steps: [{ endpoint: 'serve', thinkMicros: 0, check: 'none' }],
      },
    ],
    load: { hourly: new Array<number>(24).fill(1), weekday: new Array<number>(7).fill(1), noise: 0 },
    claimFiles: [],
    manifests: [],
  };
}
