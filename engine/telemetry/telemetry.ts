/**
 * What monitoring knows of a world: series, logs, Kubernetes events. Taken once a second, kept as plain
 * data that belongs into snapshots.
 *
 * Reads   the world, like a scraper and a log collector would; never a fault. Changes nothing in it.
 * Why     The plane has the gaps of a real one: who is down answers no scrape, a container that has ended
 *         is gone from its node's statistics, and what a program wrote too fast was never collected.
 */
import type { Cluster, Process } from '../cluster/cluster-state.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readObject } from '../platforms/kubernetes/store-state.ts';
import { unixSecondsAt } from '../platforms/kubernetes/timestamps.ts';
import { sampleApplication } from './exporters/application.ts';
import { sampleClaims } from './exporters/claims.ts';
import { sampleContainer } from './exporters/containers.ts';
import { sampleJourneys, sampleJourneysSecond } from './exporters/journeys.ts';
import { sampleKubeState } from './exporters/kube-state.ts';
import { sampleNodes } from './exporters/nodes.ts';
import type { NodeUsage } from './exporters/nodes.ts';
import { samplePostgres } from './exporters/postgres.ts';
import { podScope } from './exporters/process-scope.ts';
import { countProxyCode, createProxyMemory, sampleProxy, sampleProxySecond } from './exporters/proxy.ts';
import type { ProxyMemory } from './exporters/proxy.ts';
import { createKubeEventFeed, pullKubeEvents } from './kube-event-feed.ts';
import type { KubeEventFeed } from './kube-event-feed.ts';
import { knownAddresses } from './known-addresses.ts';
import type { LatencyWindow } from './latency-window.ts';
import type { LogRecord } from './log-record.ts';
import type { FreshRecord } from './log-shelf.ts';
import { createLogStore, keepRecords, pullRecords } from './log-store.ts';
import type { LogStore } from './log-store.ts';
import { beginSecond, closeSecond, createSeriesStore, putSample } from './series-store.ts';
import type { Sampler, SeriesStore } from './series-store.ts';

/** Seconds between two scrapes of everything but the golden signals. */
const SCRAPE_SECONDS = 5;
/** Addresses remembered before the old ones are forgotten all at once. */
const ADDRESSES_KEPT = 1000;

/** What telemetry remembers of a living process. */
export type Target = ProxyMemory & {
  /** Next record of its log. */
  cursor: number;
};

/** Everything that telemetry keeps. */
export type Telemetry = {
  /** Second that was sampled last; −1e9 before the first. */
  second: number;
  /** Processes looked at so far; later ones are new. */
  processesSeen: number;
  /** Living processes, by number. */
  targets: Map<number, Target>;
  /** Processes that have ended and were not started again, by `namespace/pod/container`. */
  down: Map<string, number>;
  /** Addresses of services and pods, also of pods that are gone: lines about them stay as they were. */
  addresses: Map<string, string>;
  /** Latency of the last seconds, by journey. */
  journeyLatency: LatencyWindow[];
  /** CPU time, by host. */
  nodes: NodeUsage[];
  /** Series and samples. */
  series: SeriesStore;
  /** Logs. */
  logs: LogStore;
  /** Kubernetes events. */
  kubeEvents: KubeEventFeed;
};

/** Telemetry of a world that nobody has looked at yet. */
export function createTelemetry(world: World): Telemetry {
  return {
    second: -1e9,
    processesSeen: 0,
    targets: new Map(),
    down: new Map(),
    addresses: new Map(),
    journeyLatency: world.cluster.journeys.map(() => []),
    nodes: [],
    series: createSeriesStore(),
    logs: createLogStore(),
    kubeEvents: createKubeEventFeed(),
  };
}

/** Takes up processes that have started since the last look. */
function discoverTargets(telemetry: Telemetry, world: World): void {
  const { processes } = world.cluster;
  for (; telemetry.processesSeen < processes.length; telemetry.processesSeen++) {
    const process = processes[telemetry.processesSeen];
    telemetry.targets.set(process.id, { cursor: 0, ...createProxyMemory(world.cluster, process) });
    telemetry.down.delete(process.owner);
  }
}

/** Learns addresses, if anything was written since the last look. */
function learnAddresses(telemetry: Telemetry, world: World): void {
  if (telemetry.kubeEvents.version === world.kube.store.resourceVersion) return;
  if (telemetry.addresses.size > ADDRESSES_KEPT) telemetry.addresses.clear();
  for (const [name, address] of knownAddresses(world)) telemetry.addresses.set(name, address);
}

/** Collects new log records; a process that has ended is looked at one last time. */
function collectLogs(telemetry: Telemetry, world: World): void {
  const { cluster } = world;
  const fresh: FreshRecord[] = [];
  for (const [number, target] of telemetry.targets) {
    const process = cluster.processes[number];
    const isProxy = cluster.plan.programs[process.program].spec.kind === 'proxy';
    const count = (found: LogRecord): void => countProxyCode(cluster, process, target, found);
    target.cursor = pullRecords(telemetry.logs, process, target.cursor, fresh, isProxy ? count : null);
    if (process.phase !== 'exited') continue;
    telemetry.targets.delete(number);
    telemetry.down.set(process.owner, number);
  }
  keepRecords(telemetry.logs, fresh);
}

/** Scrapes what the program in a container serves of itself; one that is not up gives no sample. */
function scrapeProgram(telemetry: Telemetry, sampler: Sampler, cluster: Cluster, process: Process): void {
  const { addresses } = telemetry;
  const { kind } = cluster.plan.programs[process.program].spec;
  if (kind === 'agent') return;
  const answers = process.phase === 'running' || process.phase === 'stopping';
  const scope = podScope(process);
  putSample(sampler, 'up', scope, answers ? 1 : 0);
  if (!answers) return;
  const started = unixSecondsAt(cluster.load, process.startedMicros);
  putSample(sampler, 'process_start_time_seconds', scope, started);
  if (kind === 'application') sampleApplication(sampler, cluster, process);
  else if (kind === 'database') samplePostgres(sampler, cluster, process);
  else {
    const target = telemetry.targets.get(process.id);
    if (target !== undefined) sampleProxy(sampler, cluster, process, { memory: target, addresses });
  }
}

/** Says of programs that have ended that they are down, as long as their pods are there to be scraped. */
function scrapeDown(telemetry: Telemetry, sampler: Sampler, world: World): void {
  const { cluster, kube } = world;
  for (const [owner, number] of telemetry.down) {
    const process = cluster.processes[number];
    const [namespace, name = ''] = owner.split('/');
    if (readObject(kube.store, 'pods', { namespace, name }) === undefined) telemetry.down.delete(owner);
    else if (cluster.plan.programs[process.program].spec.kind !== 'agent') {
      putSample(sampler, 'up', podScope(process), 0);
    }
  }
}

/** Scrapes everything but the golden signals. */
function scrapeAll(telemetry: Telemetry, sampler: Sampler, world: World): void {
  const { cluster } = world;
  for (const number of telemetry.targets.keys()) {
    const process = cluster.processes[number];
    sampleContainer(sampler, cluster, process);
    scrapeProgram(telemetry, sampler, cluster, process);
  }
  scrapeDown(telemetry, sampler, world);
  sampleJourneys(sampler, cluster);
  sampleNodes(sampler, cluster, telemetry.nodes);
  sampleClaims(sampler, world, telemetry.targets.keys());
  sampleKubeState(sampler, world);
}

/** Looks at the world; called at each whole simulated second, in order. */
export function sampleTelemetry(telemetry: Telemetry, world: World): void {
  const { cluster } = world;
  const second = Math.floor(cluster.nowMicros / 1_000_000);
  if (second <= telemetry.second) return;
  telemetry.second = second;
  discoverTargets(telemetry, world);
  collectLogs(telemetry, world);
  learnAddresses(telemetry, world);
  pullKubeEvents(telemetry.kubeEvents, world);
  const sampler = beginSecond(telemetry.series, second);
  sampleJourneysSecond(sampler, cluster, telemetry.journeyLatency);
  for (const [number, target] of telemetry.targets) {
    const process = cluster.processes[number];
    const { kind } = cluster.plan.programs[process.program].spec;
    if (kind === 'proxy' && process.phase !== 'booting') {
      sampleProxySecond(sampler, cluster, process, target);
    }
  }
  if (second % SCRAPE_SECONDS === 0) scrapeAll(telemetry, sampler, world);
  closeSecond(sampler);
}
