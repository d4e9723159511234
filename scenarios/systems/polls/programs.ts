/**
 * The software that `polls` is made of, with its costs: about 90 requests a second on an afternoon,
 * 6 ms of CPU each in the application, so that three replicas are a fifth busy and two would do.
 */
import type { ProgramFilesSpec, ProgramSpec } from '@chaotic-good/engine/cluster/system-spec';

const MIB = 1024 * 1024;

/** Writes no files and never gives up. */
const NO_FILES: ProgramFilesSpec = { log: '', rows: '', precious: [], abortAfterMicros: [0, 0], ships: null };

/** Serves nothing and waits: what agents have in common. */
const AGENT = {
  kind: 'agent' as const,
  port: 0,
  adminPort: 0,
  boot: { medianMicros: 400_000, sigma: 0.2 },
  workers: 1,
  queueLimit: 0,
  connectionLimit: 0,
  warmup: { spans: 1, factor: 1 },
  endpoints: [],
  probeMicros: 100,
  settings: [],
};

const traefik: ProgramSpec = {
  name: 'traefik',
  kind: 'proxy',
  image: 'docker.io/library/traefik',
  command: 'traefik --configfile=/etc/traefik/traefik.yaml',
  port: 8000,
  adminPort: 8080,
  boot: { medianMicros: 1_200_000, sigma: 0.15 },
  workers: 4096,
  queueLimit: 0,
  connectionLimit: 0,
  memory: { baseBytes: 48 * MIB, warmBytes: 22 * MIB, warmSpans: 4000, perSpanBytes: 24_000 },
  warmup: { spans: 1, factor: 1 },
  idleCores: 0.004,
  endpoints: ['POST /polls', 'POST /votes', 'GET /results'].map((name) => ({
    name,
    steps: [
      { do: 'cpu', micros: 180 },
      { do: 'call', edge: 'traefik->polls', endpoint: name },
    ],
  })),
  probeMicros: 120,
  files: NO_FILES,
  logs: [
    {
      name: 'access',
      level: 'info',
      text: '203.0.113.7 - - [{time}] "{route} HTTP/1.1" {status} - "-" {request} "polls" "{peer}" {ms}ms',
      bytes: 160,
    },
    {
      name: 'failure',
      level: 'error',
      text: '{time} level=error msg="\'{status}\' caused by: {error}" route={route} request={request}',
      bytes: 150,
    },
    {
      name: 'starting',
      level: 'info',
      text: '{time} level=info msg="Configuration loaded from file: /etc/traefik/traefik.yaml"',
      bytes: 100,
    },
    {
      name: 'ready',
      level: 'info',
      text: '{time} level=info msg="Starting provider *kubernetes.Provider"',
      bytes: 80,
    },
    { name: 'stopping', level: 'info', text: '{time} level=info msg="I have to go..."', bytes: 50 },
  ],
  settings: [],
};

const polls: ProgramSpec = {
  name: 'polls',
  kind: 'application',
  image: 'registry.example.org/polls/web',
  command: '/app/polls serve',
  port: 8080,
  adminPort: 8081,
  boot: { medianMicros: 3_500_000, sigma: 0.15 },
  workers: 32,
  queueLimit: 64,
  connectionLimit: 0,
  memory: { baseBytes: 88 * MIB, warmBytes: 124 * MIB, warmSpans: 1500, perSpanBytes: 600_000 },
  warmup: { spans: 300, factor: 2.5 },
  idleCores: 0.006,
  endpoints: [
    {
      name: 'POST /polls',
      steps: [
        { do: 'cpu', micros: 4200 },
        { do: 'append', file: '/var/log/polls/audit.log', bytes: 310 },
        { do: 'call', edge: 'polls->postgres', endpoint: 'insert poll' },
        { do: 'cpu', micros: 1800 },
      ],
    },
    {
      name: 'POST /votes',
      steps: [
        { do: 'cpu', micros: 3600 },
        { do: 'append', file: '/var/log/polls/audit.log', bytes: 190 },
        { do: 'call', edge: 'polls->postgres', endpoint: 'insert vote' },
        { do: 'cpu', micros: 1200 },
      ],
    },
    {
      name: 'GET /results',
      steps: [
        { do: 'cpu', micros: 2200 },
        { do: 'append', file: '/var/log/polls/audit.log', bytes: 120 },
        { do: 'call', edge: 'polls->postgres', endpoint: 'select results' },
        { do: 'cpu', micros: 4400 },
      ],
    },
  ],
  probeMicros: 400,
  files: {
    log: '/var/log/polls/app.log',
    rows: '',
    precious: ['/var/log/polls/audit.log'],
    abortAfterMicros: [120_000_000, 240_000_000],
    ships: null,
  },
  logs: [
    {
      name: 'access',
      level: 'info',
      text: '{time} INFO  http {route} -> {status} in {ms} ms request={request}',
      bytes: 118,
    },
    {
      name: 'failure',
      level: 'error',
      text: '{time} ERROR http {route} failed: {error} request={request}',
      bytes: 140,
    },
    {
      name: 'verbose',
      level: 'debug',
      text: '{time} DEBUG render {route} request={request} template cache dump ({bytes} bytes)',
      bytes: 220,
    },
    {
      name: 'starting',
      level: 'info',
      text: '{time} INFO  polls 2.14.0 starting, log level {value}',
      bytes: 60,
    },
    { name: 'ready', level: 'info', text: '{time} INFO  listening on :8080, health on :8081', bytes: 60 },
    { name: 'stopping', level: 'info', text: '{time} INFO  SIGTERM, draining', bytes: 40 },
    {
      name: 'writeFailed',
      level: 'error',
      text: '{time} ERROR audit write /var/log/polls/audit.log: no space left on device',
      bytes: 90,
    },
    {
      name: 'abort',
      level: 'fatal',
      text: '{time} FATAL audit log not writable for {ms} ms, refusing to serve unaudited requests',
      bytes: 110,
    },
    {
      name: 'startRefused',
      level: 'fatal',
      text: '{time} FATAL open /var/log/polls/audit.log: no space left on device',
      bytes: 80,
    },
  ],
  settings: [
    {
      key: 'LOG_LEVEL',
      source: 'env',
      default: 'info',
      effects: {
        info: { verboseBytesPerSpan: 0 },
        warn: { verboseBytesPerSpan: 0 },
        debug: { verboseBytesPerSpan: 110_000 },
        trace: { verboseBytesPerSpan: 150_000 },
      },
    },
  ],
};

const logShipper: ProgramSpec = {
  ...AGENT,
  name: 'log-shipper',
  image: 'registry.example.org/platform/log-shipper',
  command: '/usr/bin/log-shipper -c /etc/log-shipper.toml',
  memory: { baseBytes: 19 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  idleCores: 0.003,
  files: {
    ...NO_FILES,
    ships: { file: '/var/log/polls/app.log', bytesPerSecond: 400_000, keepBytes: 4 * MIB },
  },
  logs: [
    { name: 'ready', level: 'info', text: '{time} info tailing /var/log/polls/app.log', bytes: 60 },
    { name: 'shipped', level: 'info', text: '{time} info shipped {bytes} bytes, rotated', bytes: 50 },
  ],
};

const DATA = '/var/lib/postgresql/data';

const postgres: ProgramSpec = {
  name: 'postgres',
  kind: 'database',
  image: 'docker.io/library/postgres',
  command: 'postgres -c config_file=/etc/postgresql/postgresql.conf',
  port: 5432,
  adminPort: 5432,
  boot: { medianMicros: 4_500_000, sigma: 0.2 },
  workers: 100,
  queueLimit: 0,
  connectionLimit: 100,
  memory: { baseBytes: 160 * MIB, warmBytes: 420 * MIB, warmSpans: 20_000, perSpanBytes: 4 * MIB },
  warmup: { spans: 800, factor: 2 },
  idleCores: 0.01,
  endpoints: [
    {
      name: 'insert poll',
      steps: [
        { do: 'cpu', micros: 1100 },
        { do: 'commit', bytes: 620 },
        { do: 'disk', micros: 1800 },
      ],
    },
    {
      name: 'insert vote',
      steps: [
        { do: 'cpu', micros: 650 },
        { do: 'commit', bytes: 240 },
        { do: 'disk', micros: 1800 },
      ],
    },
    { name: 'select results', steps: [{ do: 'cpu', micros: 1500 }, { do: 'read' }] },
    { name: 'select 1', steps: [{ do: 'cpu', micros: 60 }] },
    { name: 'select count votes', steps: [{ do: 'cpu', micros: 5200 }, { do: 'read' }] },
  ],
  probeMicros: 300,
  files: {
    log: `${DATA}/log/postgresql.log`,
    rows: `${DATA}/base/16384/16397`,
    precious: [`${DATA}/base`, `${DATA}/pg_wal`, `${DATA}/global`],
    abortAfterMicros: [120_000_000, 240_000_000],
    ships: null,
  },
  logs: [
    {
      name: 'failure',
      level: 'error',
      text: '{time} ERROR:  could not extend file "base/16384/16397": No space left on device',
      bytes: 120,
    },
    {
      name: 'verbose',
      level: 'info',
      text: '{time} LOG:  statement: {route} /* {bytes} bytes with parameters */',
      bytes: 180,
    },
    { name: 'starting', level: 'info', text: '{time} LOG:  starting PostgreSQL 16.4', bytes: 60 },
    {
      name: 'ready',
      level: 'info',
      text: '{time} LOG:  database system is ready to accept connections',
      bytes: 80,
    },
    { name: 'stopping', level: 'info', text: '{time} LOG:  received fast shutdown request', bytes: 60 },
    {
      name: 'reloaded',
      level: 'info',
      text: '{time} LOG:  received SIGHUP, reloading configuration files',
      bytes: 70,
    },
    {
      name: 'writeFailed',
      level: 'error',
      text: '{time} LOG:  could not write statistics file "pg_stat_tmp/global.stat": No space left on device',
      bytes: 120,
    },
    {
      name: 'abort',
      level: 'fatal',
      text: '{time} PANIC:  could not write to file "pg_wal/xlogtemp.87": No space left on device',
      bytes: 100,
    },
    {
      name: 'startRefused',
      level: 'fatal',
      text: '{time} FATAL:  could not write lock file "postmaster.pid": No space left on device',
      bytes: 100,
    },
    {
      name: 'dataDestroyed',
      level: 'fatal',
      text: '{time} PANIC:  could not open file "global/pg_control": No such file or directory',
      bytes: 100,
    },
  ],
  settings: [
    {
      key: 'log_statement',
      source: 'file',
      default: 'none',
      effects: {
        none: { verboseBytesPerSpan: 0 },
        ddl: { verboseBytesPerSpan: 0 },
        mod: { verboseBytesPerSpan: 12_000 },
        all: { verboseBytesPerSpan: 30_000 },
      },
    },
  ],
};

const pgBackup: ProgramSpec = {
  ...AGENT,
  name: 'pgbackup',
  image: 'registry.example.org/platform/pgbackup',
  command: '/usr/bin/pgbackup --daemon --target /var/backups',
  memory: { baseBytes: 24 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  idleCores: 0.002,
  files: NO_FILES,
  logs: [{ name: 'ready', level: 'info', text: '{time} info next base backup at 02:00 UTC', bytes: 60 }],
};

const pause: ProgramSpec = {
  ...AGENT,
  name: 'pause',
  image: 'registry.k8s.io/pause',
  command: '/pause',
  memory: { baseBytes: 1 * MIB, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
  idleCores: 0,
  files: NO_FILES,
  logs: [],
};

/** Every program of the system. */
export const programs: ProgramSpec[] = [traefik, polls, logShipper, postgres, pgBackup, pause];
