/** A shop on three nodes for tests of the console: a web application that logs to a partition, a database. */
import { seedFromText } from '../kernel/chance.ts';
import type { ProgramSpec, SystemSpec } from '../cluster/system-spec.ts';
import type { ClusterCommand, CommandOutcome, Observation } from '../protocol/cluster-commands.ts';
import { createWorld, runWorld } from '../platforms/kubernetes/world.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import type { ConsoleStream } from './console-types.ts';
import { performCommand } from './perform-command.ts';
import { readLine } from './read-line.ts';
import { renderAnswer } from './render-answer.ts';

const MIB = 1_048_576;

const COMMON = {
  boot: { medianMicros: 1_000_000, sigma: 0 },
  workers: 8,
  queueLimit: 16,
  memory: { baseBytes: 50 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  warmup: { spans: 1, factor: 1 },
  idleCores: 0.01,
  probeMicros: 200,
};

const web: ProgramSpec = {
  ...COMMON,
  name: 'web',
  kind: 'application',
  image: 'registry.example.org/web',
  command: '/app/web serve',
  port: 8080,
  adminPort: 8081,
  connectionLimit: 0,
  endpoints: [
    {
      name: 'POST /orders',
      steps: [
        { do: 'cpu', micros: 2000 },
        { do: 'call', edge: 'web->db', endpoint: 'insert order' },
      ],
    },
  ],
  files: { log: '/var/log/web/web.log', rows: '', precious: [], abortAfterMicros: [1e9, 1e9], ships: null },
  logs: [
    { name: 'ready', level: 'info', text: '{time} listening', bytes: 40 },
    { name: 'access', level: 'info', text: '{time} {route} {status} {ms}ms', bytes: 60 },
    { name: 'failure', level: 'error', text: '{time} {route} {error}', bytes: 80 },
  ],
  settings: [],
};

const db: ProgramSpec = {
  ...COMMON,
  name: 'db',
  kind: 'database',
  image: 'registry.example.org/db',
  command: 'postgres',
  port: 5432,
  adminPort: 5432,
  connectionLimit: 20,
  endpoints: [
    {
      name: 'insert order',
      steps: [
        { do: 'cpu', micros: 500 },
        { do: 'commit', bytes: 200 },
      ],
    },
    { name: 'select count orders', steps: [{ do: 'cpu', micros: 4000 }, { do: 'read' }] },
  ],
  files: {
    log: '/data/log/db.log',
    rows: '/data/base/1',
    precious: ['/data/base'],
    abortAfterMicros: [1e9, 1e9],
    ships: null,
  },
  logs: [
    { name: 'ready', level: 'info', text: '{time} LOG:  ready', bytes: 40 },
    { name: 'reloaded', level: 'info', text: '{time} LOG:  reloading', bytes: 40 },
  ],
  settings: [
    {
      key: 'log_statement',
      source: 'file',
      default: 'none',
      effects: { none: { verboseBytesPerSpan: 0 }, all: { verboseBytesPerSpan: 400 } },
    },
  ],
};

const edge = (name: string, from: string, to: string, size: number): SystemSpec['edges'][number] => ({
  name,
  from,
  to,
  port: 'port',
  pool: size === 0 ? null : { size, acquireTimeoutMicros: 1_000_000, lifetimeMicros: 600_000_000 },
  connectTimeoutMicros: 1_000_000,
  timeoutMicros: 2_000_000,
  retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
  healthCheck: null,
});

const workload = (kind: string, name: string, replicas: number, spec: object, container: object) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, namespace: 'shop', labels: { app: name } },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name, image: `registry.example.org/${name}:1.0`, ...container }],
        ...(kind === 'Deployment'
          ? { volumes: [{ name: 'logs', hostPath: { path: '/var/log/web', type: 'Directory' } }] }
          : {}),
      },
    },
    ...spec,
  },
});

const service = (name: string, port: number, targetPort: number) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { selector: { app: name }, ports: [{ name: 'main', port, targetPort }] },
});

const manifests = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'csi.example.org',
    allowVolumeExpansion: true,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web-config', namespace: 'shop' },
    data: { 'web.conf': 'LOG_LEVEL = info\n' },
  },
  service('web', 80, 8080),
  service('db', 5432, 5432),
  workload(
    'Deployment',
    'web',
    2,
    {},
    {
      ports: [{ name: 'http', containerPort: 8080 }],
      readinessProbe: { httpGet: { path: '/readyz', port: 8081 }, periodSeconds: 2 },
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      env: [{ name: 'DATABASE_HOST', value: 'db' }],
      volumeMounts: [{ name: 'logs', mountPath: '/var/log/web' }],
    },
  ),
  workload(
    'StatefulSet',
    'db',
    1,
    {
      serviceName: 'db',
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
        },
      ],
    },
    { ports: [{ containerPort: 5432 }], volumeMounts: [{ name: 'data', mountPath: '/data' }] },
  ),
];

const SHOP: SystemSpec = {
  id: 'console-shop',
  title: 'Shop',
  sentences: [],
  hosts: ['worker-1', 'worker-2', 'worker-3'].map((name) => ({
    name,
    cores: 2,
    memoryBytes: 4096 * MIB,
    zone: 'a',
    labels: {},
    partitions: [
      {
        path: '/var/log/web',
        capacityBytes: 100 * MIB,
        files: [{ path: 'old/2025.log.gz', bytes: 60 * MIB }],
      },
    ],
  })),
  programs: [web, db],
  edges: [edge('users->web', 'users', 'shop/web', 0), edge('web->db', 'web', 'shop/db', 4)],
  entryEdge: 'users->web',
  journeys: [
    {
      name: 'order',
      title: 'Order',
      weight: 1,
      ratePerSecond: 5,
      objectiveRatio: 0.99,
      latencyThresholdMs: 500,
      failureCostCents: 1,
      steps: [{ endpoint: 'POST /orders', thinkMicros: 0, check: 'none' }],
    },
  ],
  load: { hourly: Array.from({ length: 24 }, () => 1), weekday: [1, 1, 1, 1, 1, 1, 1], noise: 0 },
  claimFiles: [{ claimPrefix: 'shop/data', files: [{ path: 'base/1', bytes: 10 * MIB }] }],
  manifests,
};

/** The shop after a minute: all pods are ready. */
export function startShop(): World {
  const options = { loadScale: 1, intensity: 1, startSecondOfWeek: 136_800, startMicros: 0 };
  const world = createWorld(SHOP, { seed: seedFromText('console'), ...options });
  runFor(world, 60);
  return world;
}

/** Lets seconds pass. */
export function runFor(world: World, seconds: number): void {
  runWorld(world, world.cluster.nowMicros + seconds * 1_000_000, () => {});
}

/** What a line came to, once everything it meant was done and answered. */
export type Typed = CommandOutcome & {
  /** What was seen. */
  observed: Observation[];
  /** What was meant. */
  commands: ClusterCommand[];
  /** How it goes on. */
  stream: ConsoleStream | null;
};

/** Types a line whose words are parted by single spaces; `'…'` keeps spaces. */
export function typeLine(world: World, line: string, stdin = ''): Typed {
  const words = (line.match(/'[^']*'|[^\s']+(?:'[^']*')?/g) ?? []).map((word) => word.replaceAll("'", ''));
  const reading = readLine(world, { seat: 'ana', namespace: 'shop' }, words, stdin);
  const typed: Typed = { ...reading, ok: reading.exitCode === 0 };
  for (const command of reading.commands) {
    add(typed, performCommand(world, 'ana', command));
    if (command.type === 'SendRequest' && typed.ok) add(typed, answerOf(world, command));
  }
  return typed;
}

/** What a terminal would show of a line: output, then errors. */
export function shownBy(world: World, line: string, stdin = ''): string {
  const { stdout, stderr, exitCode } = typeLine(world, line, stdin);
  return stdout + stderr + (exitCode === 0 ? '' : `(exit ${exitCode})\n`);
}

function add(typed: Typed, outcome: CommandOutcome): void {
  typed.stdout += outcome.stdout;
  typed.stderr += outcome.stderr;
  typed.ok &&= outcome.ok;
  if (outcome.exitCode !== 0) typed.exitCode = outcome.exitCode;
}

function answerOf(world: World, command: Extract<ClusterCommand, { type: 'SendRequest' }>): CommandOutcome {
  for (let step = 0; step < 10_000; step++) {
    const fact = world.kube.answers.pop();
    if (fact?.type === 'answered') return renderAnswer(world, command, fact);
    runWorld(world, world.cluster.nowMicros + 10_000, () => {});
  }
  return { ok: false, stdout: '', stderr: 'no answer came\n', exitCode: 1 };
}
