/**
 * A system of one queue, for holding the simulation to queueing theory: users call a station directly.
 */
import type { ProgramSpec, SystemSpec } from '../cluster/system-spec.ts';
import { FLAT_LOAD, plainProgram, plainVisit } from './plain-spec.ts';

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
  return plainProgram('station', {
    workers: shape.sharing ? 1_000_000 : shape.servers,
    queueLimit: shape.places === undefined ? 1_000_000 : shape.places - shape.servers,
    probeMicros: 1,
    steps: [{ do: 'cpu', micros: shape.workMicros, fixedShare: shape.fixedShare }],
  });
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
    journeys: [plainVisit(shape.ratePerSecond)],
    load: FLAT_LOAD,
    claimFiles: [],
    manifests: [],
  };
}
