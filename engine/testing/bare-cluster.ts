/**
 * A cluster without a platform: processes started by hand, for tests of mechanisms and for benchmarks.
 */
import type { Seed } from '../kernel/chance.ts';
import { nextEventMicros, takeEvent, taken } from '../kernel/event-queue.ts';
import type { Cluster, Mount } from '../cluster/cluster-state.ts';
import { createCluster } from '../cluster/create-cluster.ts';
import { handleClusterEvent } from '../cluster/dispatch.ts';
import { startProcess } from '../cluster/processes.ts';
import type { SystemSpec } from '../cluster/system-spec.ts';
import { programNumber } from '../cluster/plan.ts';

/** How a bare cluster begins. */
export type BareOptions = {
  /** Key of all draws. */
  seed: Seed;
  /** Arrivals × scale, work ÷ scale; 1 when absent. */
  loadScale?: number;
  /** Multiplies arrivals alone; 1 when absent. */
  intensity?: number;
  /** Second of the week at time 0; Tuesday 14:05 when absent. */
  startSecondOfWeek?: number;
};

/** A cluster of a system with no process yet. */
export function bareCluster(system: SystemSpec, options: BareOptions): Cluster {
  return createCluster(system, {
    seed: options.seed,
    loadScale: options.loadScale ?? 1,
    intensity: options.intensity ?? 1,
    startSecondOfWeek: options.startSecondOfWeek ?? 137100,
    startMicros: 0,
  });
}

/** What to start by hand. */
export type BareStart = {
  /** Program name. */
  program: string;
  /** Host name. */
  host: string;
  /** CPU limit, cores; 0 or absent = none. */
  cpuLimitCores?: number;
  /** Memory limit, bytes; 0 or absent = none. */
  memoryLimitBytes?: number;
  /** Mounted volumes. */
  mounts?: Mount[];
  /** Environment. */
  env?: Map<string, string>;
};

/** Starts a process by hand and returns its number. */
export function startBare(cluster: Cluster, start: BareStart): number {
  const number = cluster.processes.length;
  return startProcess(cluster, {
    program: programNumber(cluster.plan, start.program),
    host: cluster.hosts.findIndex((host) => host.name === start.host),
    owner: `test/${start.program}-${number}/${start.program}`,
    workload: `test/${start.program}`,
    ordinal: number,
    cpuLimitCores: start.cpuLimitCores ?? 0,
    memoryLimitBytes: start.memoryLimitBytes ?? 0,
    env: start.env ?? new Map(),
    configFiles: new Map(),
    mounts: start.mounts ?? [],
  });
}

/** Runs a bare cluster to a time; returns the number of events. Facts pile up for the test to read. */
export function runBare(cluster: Cluster, untilMicros: number): number {
  let events = 0;
  while (nextEventMicros(cluster.queue) <= untilMicros) {
    cluster.nowMicros = nextEventMicros(cluster.queue);
    takeEvent(cluster.queue);
    handleClusterEvent(cluster, taken.kind, taken.a, taken.b);
    events++;
  }
  cluster.nowMicros = untilMicros;
  return events;
}
