/** A proxy, an application and a database on a few machines: what the tests of this ring look at. */
import { seedFromText } from '../kernel/chance.ts';
import { nextEventMicros, takeEvent, taken } from '../kernel/event-queue.ts';
import type { Cluster, ProcessStart } from '../cluster/cluster-state.ts';
import { createCluster } from '../cluster/create-cluster.ts';
import { handleClusterEvent } from '../cluster/dispatch.ts';
import { programNumber } from '../cluster/plan.ts';
import { startProcess } from '../cluster/processes.ts';
import { setServiceTargets } from '../cluster/service-targets.ts';
import type { Kube, World } from '../platforms/kubernetes/kube-state.ts';
import { createStore } from '../platforms/kubernetes/store.ts';
import { SAMPLE_MANIFESTS } from './sample-manifests.ts';
import type { EdgeSpec, LogTemplateSpec, ProgramSpec, SystemSpec } from '../cluster/system-spec.ts';

const MIB = 1_048_576;

/** A program with every field at a calm value. */
function program(name: string, kind: ProgramSpec['kind'], port: number): ProgramSpec {
  return {
    name,
    kind,
    image: `registry.example/${name}`,
    command: name,
    port,
    adminPort: port,
    boot: { medianMicros: 500_000, sigma: 0.1 },
    workers: 20,
    queueLimit: 50,
    connectionLimit: 0,
    memory: { baseBytes: 32 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 65_536 },
    warmup: { spans: 1, factor: 1 },
    idleCores: 0,
    endpoints: [],
    probeMicros: 100,
    files: { log: '', rows: '', precious: [], abortAfterMicros: [30_000_000, 60_000_000], ships: null },
    logs: [],
    settings: [],
  };
}

function template(name: string, level: LogTemplateSpec['level'], text: string): LogTemplateSpec {
  return { name, level, text, bytes: 120 };
}

const PROXY: ProgramSpec = {
  ...program('traefik', 'proxy', 8000),
  workers: 1000,
  endpoints: [
    { name: 'GET /', steps: [{ do: 'call', edge: 'traefik->web', endpoint: 'GET /' }] },
    { name: 'POST /', steps: [{ do: 'call', edge: 'traefik->web', endpoint: 'POST /' }] },
  ],
  logs: [
    template('access', 'info', '- - - [{time}] "{route} HTTP/1.1" {status} "{peer}" {ms}ms'),
    template('failure', 'warn', '{time} WRN {status} {error}'),
    template('ready', 'info', '{time} INF Starting provider'),
  ],
};

const APPLICATION: ProgramSpec = {
  ...program('web', 'application', 8080),
  endpoints: [
    {
      name: 'GET /',
      steps: [
        { do: 'cpu', micros: 2000 },
        { do: 'call', edge: 'web->postgres', endpoint: 'select' },
      ],
    },
    {
      name: 'POST /',
      steps: [
        { do: 'cpu', micros: 3000 },
        { do: 'call', edge: 'web->postgres', endpoint: 'insert' },
      ],
    },
  ],
  logs: [
    template(
      'access',
      'info',
      '{"time":"{time}","route":"{route}","status":{status},"ms":{ms},"id":"{request}"}',
    ),
    template('failure', 'error', '{time} ERROR {route}: {peer}: {error}'),
    template('verbose', 'debug', '{time} DEBUG step {count}'),
    template('starting', 'info', '{time} INFO starting'),
  ],
  settings: [
    {
      key: 'LOG_LEVEL',
      source: 'env',
      default: 'info',
      effects: { debug: { verboseBytesPerSpan: 1200 }, info: { verboseBytesPerSpan: 0 } },
    },
  ],
};

const DATABASE: ProgramSpec = {
  ...program('postgres', 'database', 5432),
  connectionLimit: 100,
  endpoints: [
    { name: 'select', steps: [{ do: 'cpu', micros: 500 }, { do: 'read' }] },
    {
      name: 'insert',
      steps: [
        { do: 'disk', micros: 800 },
        { do: 'commit', bytes: 600 },
      ],
    },
  ],
  files: {
    log: '',
    rows: '/var/lib/postgresql/data/base',
    precious: ['/var/lib/postgresql/data'],
    abortAfterMicros: [30_000_000, 60_000_000],
    ships: null,
  },
  logs: [
    template('failure', 'error', '{time} ERROR:  could not extend file "{file}": {error}'),
    template('ready', 'info', '{time} LOG:  database system is ready to accept connections'),
    template('writeFailed', 'error', '{time} PANIC:  could not write to file "{file}": {error}'),
  ],
};

/** An edge with every field at a calm value. */
function edge(name: string, from: string, to: string, timeoutMicros: number): EdgeSpec {
  return {
    name,
    from,
    to,
    port: 'port',
    pool: null,
    connectTimeoutMicros: 5_000_000,
    timeoutMicros,
    retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
    healthCheck: null,
  };
}

/** The system: 40 journeys a second through the proxy. */
export const SAMPLE_SYSTEM: SystemSpec = {
  id: 'sample',
  title: 'Sample',
  sentences: [],
  hosts: ['worker-1', 'worker-2', 'worker-3', 'worker-4', 'worker-5'].map((name) => ({
    name,
    cores: 4,
    memoryBytes: 8192 * MIB,
    zone: 'a',
    labels: {},
    partitions: [{ path: '/data', capacityBytes: 64 * MIB, files: [{ path: 'base', bytes: MIB }] }],
  })),
  programs: [PROXY, APPLICATION, DATABASE, program('shipper', 'agent', 0)],
  edges: [
    edge('users->traefik', 'users', 'edge/traefik', 30_000_000),
    edge('traefik->web', 'traefik', 'shop/web', 4_000_000),
    {
      ...edge('web->postgres', 'web', 'shop/postgres', 2_000_000),
      connectTimeoutMicros: 1_500_000,
      pool: { size: 10, acquireTimeoutMicros: 1_000_000, lifetimeMicros: 600_000_000 },
    },
  ],
  entryEdge: 'users->traefik',
  journeys: [
    {
      name: 'browse',
      title: 'Browse',
      weight: 0.5,
      ratePerSecond: 30,
      objectiveRatio: 0.99,
      latencyThresholdMs: 500,
      failureCostCents: 10,
      steps: [{ endpoint: 'GET /', thinkMicros: 0, check: 'none' }],
    },
    {
      name: 'buy',
      title: 'Buy',
      weight: 0.5,
      ratePerSecond: 10,
      objectiveRatio: 0.99,
      latencyThresholdMs: 500,
      failureCostCents: 100,
      steps: [{ endpoint: 'POST /', thinkMicros: 0, check: 'remember' }],
    },
  ],
  load: { hourly: Array.from({ length: 24 }, () => 1), weekday: [1, 1, 1, 1, 1, 1, 1], noise: 0 },
  claimFiles: [],
  manifests: SAMPLE_MANIFESTS,
};

/** The processes of a sample cluster. */
export type SampleProcesses = { proxy: number; web: number; database: number };

/** How to start a process of a program. */
export function sampleStart(cluster: Cluster, name: string, owner: string, host: number): ProcessStart {
  const isDatabase = name === 'postgres';
  const partition = cluster.hosts[host].partitions.get('/data') ?? -1;
  return {
    program: programNumber(cluster.plan, name),
    host,
    owner,
    workload: `shop/${name}`,
    ordinal: 0,
    cpuLimitCores: name === 'web' ? 0.5 : 0,
    memoryLimitBytes: 256 * MIB,
    env: new Map(),
    configFiles: new Map(),
    mounts: isDatabase ? [{ path: '/var/lib/postgresql/data', volume: partition }] : [],
  };
}

/** Starts at second −5, Tuesday 14:05:12, all programs started and wired. */
export function sampleCluster(): { cluster: Cluster; processes: SampleProcesses } {
  const cluster = createCluster(SAMPLE_SYSTEM, {
    seed: seedFromText('sample'),
    loadScale: 1,
    intensity: 1,
    startSecondOfWeek: 86_400 + 14 * 3600 + 5 * 60 + 12,
    startMicros: -5_000_000,
  });
  const proxy = startProcess(cluster, sampleStart(cluster, 'traefik', 'edge/traefik-7c9/traefik', 0));
  const web = startProcess(cluster, sampleStart(cluster, 'web', 'shop/web-5d4/web', 1));
  const database = startProcess(cluster, sampleStart(cluster, 'postgres', 'shop/postgres-0/postgres', 0));
  setServiceTargets(cluster, 'edge/traefik', [proxy]);
  setServiceTargets(cluster, 'shop/web', [web]);
  setServiceTargets(cluster, 'shop/postgres', [database]);
  return { cluster, processes: { proxy, web, database } };
}

/** Runs the cluster's own events up to a moment. */
export function runCluster(cluster: Cluster, untilMicros: number): void {
  while (nextEventMicros(cluster.queue) <= untilMicros) {
    cluster.nowMicros = nextEventMicros(cluster.queue);
    takeEvent(cluster.queue);
    handleClusterEvent(cluster, taken.kind, taken.a, taken.b);
  }
  cluster.nowMicros = untilMicros;
  cluster.facts = [];
}

/** A world around a cluster whose processes were started by hand: its API server has no objects. */
export function bareWorld(cluster: Cluster): World {
  const store = createStore(cluster.seed, cluster.load.startSecondOfWeek);
  return { cluster, kube: { store, claimVolumes: new Map() } as unknown as Kube };
}
