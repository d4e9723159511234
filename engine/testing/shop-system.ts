/**
 * A small web shop for tests of mechanisms: proxy → application (pool) → database, with a log and data.
 */
import type { ProgramSpec, SystemSpec } from '../cluster/system-spec.ts';

const MIB = 1024 * 1024;

/** What all programs of the shop share. */
const COMMON = {
  boot: { medianMicros: 1_000_000, sigma: 0 },
  connectionLimit: 0,
  warmup: { spans: 1, factor: 1 },
  idleCores: 0,
  probeMicros: 200,
};

const proxy: ProgramSpec = {
  ...COMMON,
  name: 'proxy',
  kind: 'proxy',
  image: 'example.org/proxy',
  command: 'proxy',
  port: 8000,
  adminPort: 8001,
  workers: 4096,
  queueLimit: 0,
  memory: { baseBytes: 20 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  endpoints: ['buy', 'look'].map((name) => ({
    name,
    steps: [{ do: 'call', edge: 'proxy->shop', endpoint: name }],
  })),
  files: { log: '', rows: '', precious: [], abortAfterMicros: [0, 0], ships: null },
  logs: [{ name: 'access', level: 'info', text: '{time} {route} {status} {ms}', bytes: 100 }],
  settings: [],
};

const shop: ProgramSpec = {
  ...COMMON,
  name: 'shop',
  kind: 'application',
  image: 'example.org/shop',
  command: 'shop',
  port: 8080,
  adminPort: 8081,
  workers: 16,
  queueLimit: 16,
  memory: { baseBytes: 50 * MIB, warmBytes: 50 * MIB, warmSpans: 100, perSpanBytes: MIB },
  endpoints: [
    {
      name: 'buy',
      steps: [
        { do: 'cpu', micros: 4000 },
        { do: 'append', file: '/log/audit.log', bytes: 200 },
        { do: 'call', edge: 'shop->db', endpoint: 'insert' },
      ],
    },
    {
      name: 'look',
      steps: [
        { do: 'cpu', micros: 4000 },
        { do: 'call', edge: 'shop->db', endpoint: 'select' },
      ],
    },
  ],
  files: {
    log: '/log/app.log',
    rows: '',
    precious: ['/log/audit.log'],
    abortAfterMicros: [120e6, 120e6],
    ships: null,
  },
  logs: [
    { name: 'access', level: 'info', text: '{time} {route} {status} {ms}', bytes: 100 },
    { name: 'failure', level: 'error', text: '{time} {route} {error}', bytes: 100 },
    { name: 'writeFailed', level: 'error', text: '{time} no space', bytes: 100 },
    { name: 'abort', level: 'fatal', text: '{time} giving up', bytes: 100 },
  ],
  settings: [
    {
      key: 'LOG_LEVEL',
      source: 'env',
      default: 'info',
      effects: { info: { verboseBytesPerSpan: 0 }, debug: { verboseBytesPerSpan: 50_000 } },
    },
  ],
};

const db: ProgramSpec = {
  ...COMMON,
  name: 'db',
  kind: 'database',
  image: 'example.org/db',
  command: 'db',
  port: 5432,
  adminPort: 5432,
  workers: 50,
  queueLimit: 0,
  connectionLimit: 50,
  memory: { baseBytes: 100 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  endpoints: [
    {
      name: 'insert',
      steps: [
        { do: 'cpu', micros: 1000 },
        { do: 'commit', bytes: 500 },
        { do: 'disk', micros: 1500 },
      ],
    },
    { name: 'select', steps: [{ do: 'cpu', micros: 1000 }, { do: 'read' }] },
  ],
  files: {
    log: '/data/db.log',
    rows: '/data/base/rows',
    precious: ['/data/base'],
    abortAfterMicros: [120e6, 120e6],
    ships: null,
  },
  logs: [],
  settings: [],
};

/** The shop: 20 purchases (each looks afterwards) and 20 looks a second. */
export const SHOP_SYSTEM: SystemSpec = {
  id: 'shop',
  title: 'Shop',
  sentences: [],
  hosts: ['edge', 'left', 'right', 'data'].map((name) => ({
    name,
    cores: 2,
    memoryBytes: 4096 * MIB,
    zone: 'a',
    labels: {},
    partitions: [{ path: '/log', capacityBytes: 100 * MIB, files: [] }],
  })),
  programs: [proxy, shop, db],
  edges: [
    {
      name: 'users->proxy',
      from: 'users',
      to: 'test/proxy',
      port: 'port',
      pool: null,
      connectTimeoutMicros: 3e6,
      timeoutMicros: 10e6,
      retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
      healthCheck: null,
    },
    {
      name: 'proxy->shop',
      from: 'proxy',
      to: 'test/shop',
      port: 'port',
      pool: null,
      connectTimeoutMicros: 1e6,
      timeoutMicros: 5e6,
      retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
      healthCheck: { intervalMicros: 5e6, timeoutMicros: 1e6, failures: 2, successes: 2 },
    },
    {
      name: 'shop->db',
      from: 'shop',
      to: 'test/db',
      port: 'port',
      pool: { size: 4, acquireTimeoutMicros: 1e6, lifetimeMicros: 30e6 },
      connectTimeoutMicros: 1e6,
      timeoutMicros: 2e6,
      retry: { attempts: 2, backoffMicros: 20_000, onTimeout: false },
      healthCheck: null,
    },
  ],
  entryEdge: 'users->proxy',
  journeys: [
    {
      name: 'purchase',
      title: 'Purchase',
      weight: 0.6,
      ratePerSecond: 20,
      objectiveRatio: 0.99,
      latencyThresholdMs: 800,
      failureCostCents: 100,
      steps: [
        { endpoint: 'buy', thinkMicros: 0, check: 'remember' },
        { endpoint: 'look', thinkMicros: 1e6, check: 'readBack' },
      ],
    },
    {
      name: 'look',
      title: 'Look',
      weight: 0.4,
      ratePerSecond: 20,
      objectiveRatio: 0.99,
      latencyThresholdMs: 800,
      failureCostCents: 5,
      steps: [{ endpoint: 'look', thinkMicros: 0, check: 'readBack' }],
    },
  ],
  load: { hourly: new Array<number>(24).fill(1), weekday: new Array<number>(7).fill(1), noise: 0.05 },
  claimFiles: [],
  manifests: [],
};
