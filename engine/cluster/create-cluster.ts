/** Makes a cluster from a system: machines, partitions, first arrivals; no process runs yet. */
import type { Seed } from '../kernel/chance.ts';
import { createEventQueue } from '../kernel/event-queue.ts';
import type { Cluster, JourneyCounters } from './cluster-state.ts';
import { compilePlan } from './compile-plan.ts';
import { setConntrackMax } from './conntrack.ts';
import { createDeadlineQueue } from './deadlines.ts';
import { shareHostCpu } from './host-cpu.ts';
import { emptyBuckets } from './latency-buckets.ts';
import { setLink } from './links.ts';
import { scheduleArrival } from './load.ts';
import { createSpans } from './spans.ts';
import type { SystemSpec } from './system-spec.ts';
import { createUsers } from './users.ts';
import { createVolume } from './volumes.ts';

/** How a cluster begins. */
export type ClusterOptions = {
  /** Key of all draws: the system seed. */
  seed: Seed;
  /** 1 in play; 0.1 in tests: fewer, proportionally heavier requests. */
  loadScale: number;
  /** Multiplies arrivals alone; 1 in play. */
  intensity: number;
  /** Second of the week (Monday 00:00 = 0) at time 0. */
  startSecondOfWeek: number;
  /** Time of the beginning, microseconds; negative for prehistory. */
  startMicros: number;
};

/** A journey that nobody has taken yet. */
function zeroCounters(): JourneyCounters {
  return {
    started: 0,
    good: 0,
    bad: 0,
    failed: 0,
    slow: 0,
    lost: 0,
    latencyBuckets: emptyBuckets(),
    latencySumMicros: 0,
  };
}

/** Makes the machines with their partitions. */
function addHosts(cluster: Cluster, system: SystemSpec): void {
  for (const spec of system.hosts) {
    const number = cluster.hosts.length;
    const partitions = new Map<string, number>();
    cluster.hosts.push({
      name: spec.name,
      cores: spec.cores,
      memoryBytes: spec.memoryBytes,
      dropShare: 0,
      dropPort: 0,
      retransmits: 0,
      partitions,
    });
    if (spec.sharesCpu === true) shareHostCpu(cluster, number);
    if (spec.conntrackMax !== undefined) setConntrackMax(cluster, number, spec.conntrackMax);
    for (const { path, capacityBytes, files } of spec.partitions) {
      const name = `${spec.name}:${path}`;
      partitions.set(path, createVolume(cluster, { name, host: number, capacityBytes, files }));
    }
  }
}

/** A cluster at its beginning, with users about to arrive. */
export function createCluster(system: SystemSpec, options: ClusterOptions): Cluster {
  const plan = compilePlan(system, options.loadScale);
  const cluster: Cluster = {
    plan,
    nowMicros: options.startMicros,
    seed: options.seed.slice(),
    queue: createEventQueue(),
    hosts: [],
    volumes: [],
    processes: [],
    spans: createSpans(),
    users: createUsers(),
    lastCallSerial: 0,
    deadlines: plan.deadlineMicros.map(() => createDeadlineQueue()),
    pools: [],
    balancers: [],
    serviceTargets: plan.services.map(() => []),
    journeys: plan.journeys.map(zeroCounters),
    lastAcknowledgedRow: 0,
    load: {
      loadScale: options.loadScale,
      intensity: options.intensity,
      startSecondOfWeek: options.startSecondOfWeek,
      arrivals: plan.journeys.map(() => 0),
      second: Math.floor(options.startMicros / 1000000) - 1,
      relative: 0,
    },
    facts: [],
    inquiries: new Map(),
    lastInquiry: 0,
    edgePolicies: [],
  };
  addHosts(cluster, system);
  for (const link of system.links ?? []) setLink(cluster, link);
  for (const journey of plan.journeys) scheduleArrival(cluster, journey.id);
  return cluster;
}
