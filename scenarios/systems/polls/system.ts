/** The system `polls`: a proxy, a web application in three replicas, a database, and people who vote. */
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';
import { manifests } from './manifests.ts';
import { programs } from './programs.ts';

const GIB = 1024 * 1024 * 1024;
const MIB = 1024 * 1024;

/** A worker, whose log partition is more or less full of archives. */
function worker(number: number, zone: string, archiveMib: number): SystemSpec['hosts'][number] {
  return {
    name: `worker-${number}`,
    cores: 4,
    memoryBytes: 8 * GIB,
    zone,
    labels: { pool: 'worker' },
    partitions: [
      {
        path: '/var/log/polls',
        capacityBytes: GIB,
        files: [
          { path: 'archive/2025-11.log.gz', bytes: Math.floor(archiveMib / 2) * MIB },
          { path: 'archive/2025-12.log.gz', bytes: Math.ceil(archiveMib / 2) * MIB },
          { path: 'audit.log', bytes: 38 * MIB },
        ],
      },
    ],
  };
}

/** The system `polls`. */
export const polls: SystemSpec = {
  id: 'polls',
  title: 'Polls',
  sentences: [
    'People create polls, vote and read results through a proxy (traefik) on node edge-1.',
    'Three replicas of the web application (polls) run on worker-1 to worker-3 and audit every request.',
    'One PostgreSQL (postgres) on data-1 keeps every vote on its own volume.',
  ],
  hosts: [
    {
      name: 'data-1',
      cores: 4,
      memoryBytes: 16 * GIB,
      zone: 'a',
      labels: { pool: 'data' },
      partitions: [
        // Standing still near nine tenths: looks alarming, harms nothing.
        {
          path: '/var/backups',
          capacityBytes: 40 * GIB,
          files: [
            { path: 'base-2026-01-04.tar.zst', bytes: 18 * GIB },
            { path: 'base-2026-01-05.tar.zst', bytes: 18 * GIB + 212 * MIB },
          ],
        },
      ],
    },
    { name: 'edge-1', cores: 4, memoryBytes: 8 * GIB, zone: 'a', labels: { pool: 'edge' }, partitions: [] },
    worker(1, 'a', 430),
    worker(2, 'b', 700),
    worker(3, 'c', 240),
  ],
  programs,
  edges: [
    {
      name: 'users->traefik',
      from: 'users',
      to: 'edge/traefik',
      port: 'port',
      pool: null,
      connectTimeoutMicros: 3_000_000,
      timeoutMicros: 10_000_000,
      retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
      healthCheck: null,
    },
    {
      name: 'traefik->polls',
      from: 'traefik',
      to: 'polls/polls',
      port: 'port',
      pool: null,
      connectTimeoutMicros: 2_000_000,
      timeoutMicros: 5_000_000,
      retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
      healthCheck: { intervalMicros: 10_000_000, timeoutMicros: 3_000_000, failures: 3, successes: 2 },
    },
    {
      name: 'polls->postgres',
      from: 'polls',
      to: 'polls/postgres',
      port: 'port',
      pool: { size: 8, acquireTimeoutMicros: 2_000_000, lifetimeMicros: 60_000_000 },
      connectTimeoutMicros: 2_000_000,
      timeoutMicros: 3_000_000,
      retry: { attempts: 2, backoffMicros: 50_000, onTimeout: false },
      healthCheck: null,
    },
  ],
  entryEdge: 'users->traefik',
  journeys: [
    {
      name: 'create-poll',
      title: 'Create a poll',
      weight: 0.2,
      ratePerSecond: 4,
      objectiveRatio: 0.99,
      latencyThresholdMs: 1000,
      failureCostCents: 120,
      steps: [{ endpoint: 'POST /polls', thinkMicros: 0, check: 'remember' }],
    },
    {
      name: 'vote',
      title: 'Vote',
      weight: 0.5,
      ratePerSecond: 22,
      objectiveRatio: 0.99,
      latencyThresholdMs: 1000,
      failureCostCents: 30,
      steps: [
        { endpoint: 'POST /votes', thinkMicros: 0, check: 'remember' },
        { endpoint: 'GET /results', thinkMicros: 2_000_000, check: 'readBack' },
      ],
    },
    {
      name: 'read-results',
      title: 'Read results',
      weight: 0.3,
      ratePerSecond: 40,
      objectiveRatio: 0.99,
      latencyThresholdMs: 1000,
      failureCostCents: 10,
      steps: [{ endpoint: 'GET /results', thinkMicros: 0, check: 'readBack' }],
    },
  ],
  load: {
    hourly: [
      0.22, 0.16, 0.12, 0.1, 0.11, 0.16, 0.3, 0.52, 0.74, 0.88, 0.95, 1, 1.04, 1.02, 1, 0.99, 0.98, 1.02, 1.1,
      1.18, 1.12, 0.9, 0.62, 0.38,
    ],
    weekday: [1, 1, 1.02, 1.01, 0.97, 0.7, 0.66],
    noise: 0.04,
  },
  claimFiles: [
    {
      claimPrefix: 'polls/pgdata-postgres-',
      files: [
        { path: 'base/16384/16397', bytes: 1180 * MIB },
        { path: 'pg_wal/000000010000000000000042', bytes: 384 * MIB },
        { path: 'global/pg_control', bytes: 8192 },
        { path: 'log/postgresql.log', bytes: 3 * MIB },
      ],
    },
  ],
  manifests,
};
