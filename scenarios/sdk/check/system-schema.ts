/** The shape of a system, so that a mistake in the data is said with its path and not met in a run. */
import { z } from 'zod';
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';

const name = z.string().min(1);
const micros = z.int().min(0);
const positiveMicros = z.int().min(1);
const bytes = z.int().min(0);
const share = z.number().min(0).max(1);
const file = z.strictObject({ path: name, bytes });

const host = z.strictObject({
  name,
  cores: z.number().min(1),
  memoryBytes: z.int().min(1),
  zone: name,
  labels: z.record(z.string(), z.string()),
  partitions: z.array(
    z.strictObject({ path: z.string().startsWith('/'), capacityBytes: z.int().min(1), files: z.array(file) }),
  ),
});

/** Attempts beyond these would share their draws with those of another edge (`childSite`). */
const ATTEMPTS_MAX = 7;

const step = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('cpu'), micros: positiveMicros, fixedShare: share.optional() }),
  z.strictObject({ do: z.literal('disk'), micros: positiveMicros }),
  z.strictObject({ do: z.literal('call'), edge: name, endpoint: name }),
  z.strictObject({ do: z.literal('append'), file: z.string().startsWith('/'), bytes }),
  z.strictObject({ do: z.literal('commit'), bytes }),
  z.strictObject({ do: z.literal('read') }),
  z.strictObject({ do: z.literal('lock'), lock: name }),
  z.strictObject({ do: z.literal('unlock'), lock: name }),
]);

const admission = z.strictObject({
  rateLimit: z.strictObject({ perSecond: z.number().positive(), burst: z.int().min(1) }).optional(),
  queueTimeoutMicros: positiveMicros.optional(),
  order: z.enum(['oldest', 'newest']).optional(),
  loops: z.int().min(1).optional(),
  idleTimeoutMicros: positiveMicros.optional(),
});

const policy = z.strictObject({
  retryBudget: z.strictObject({ ratio: share, burst: z.number().min(0) }).optional(),
  retryOverload: z.boolean().optional(),
  jitter: z.enum(['none', 'half', 'full']).optional(),
  backoffMaxMicros: micros.optional(),
  breaker: z
    .strictObject({
      windowMicros: positiveMicros,
      minCalls: z.int().min(1),
      failureRatio: z.number().gt(0).max(1),
      openMicros: positiveMicros,
      probes: z.int().min(1),
    })
    .optional(),
  maxInFlight: z.int().min(1).optional(),
  hedgeAfterMicros: positiveMicros.optional(),
  passDeadline: z.boolean().optional(),
});

const program = z.strictObject({
  name,
  kind: z.enum(['proxy', 'application', 'database', 'agent']),
  image: name,
  command: name,
  port: z.int().min(0).max(65535),
  adminPort: z.int().min(0).max(65535),
  boot: z.strictObject({ medianMicros: micros, sigma: z.number().min(0) }),
  workers: z.int().min(1),
  queueLimit: z.int().min(0),
  connectionLimit: z.int().min(0),
  memory: z.strictObject({
    baseBytes: bytes,
    warmBytes: bytes,
    warmSpans: z.int().min(0),
    perSpanBytes: bytes,
  }),
  warmup: z.strictObject({ spans: z.int().min(0), factor: z.number().min(1) }),
  idleCores: z.number().min(0),
  endpoints: z.array(z.strictObject({ name, steps: z.array(step) })),
  probeMicros: micros,
  files: z.strictObject({
    log: z.string(),
    rows: z.string(),
    precious: z.array(z.string().startsWith('/')),
    abortAfterMicros: z.tuple([micros, micros]),
    ships: z
      .strictObject({ file: z.string().startsWith('/'), bytesPerSecond: z.number().min(0), keepBytes: bytes })
      .nullable(),
  }),
  logs: z.array(
    z.strictObject({
      name,
      level: z.enum(['debug', 'info', 'warn', 'error', 'fatal']),
      text: name,
      bytes,
    }),
  ),
  settings: z.array(
    z.strictObject({
      key: name,
      source: z.enum(['env', 'file']),
      default: z.string(),
      effects: z.record(z.string(), z.strictObject({ verboseBytesPerSpan: z.number().min(0) })),
    }),
  ),
  admission: admission.optional(),
});

const edge = z.strictObject({
  name,
  from: name,
  to: z.string().regex(/^[^/]+\/[^/]+$/, 'a service, namespace/name'),
  port: z.enum(['port', 'admin']),
  pool: z
    .strictObject({
      size: z.int().min(1).max(255),
      acquireTimeoutMicros: positiveMicros,
      lifetimeMicros: positiveMicros,
      idleTimeoutMicros: positiveMicros.optional(),
    })
    .nullable(),
  connectTimeoutMicros: positiveMicros,
  timeoutMicros: positiveMicros,
  retry: z.strictObject({
    attempts: z.int().min(1).max(ATTEMPTS_MAX),
    backoffMicros: micros,
    onTimeout: z.boolean(),
  }),
  healthCheck: z
    .strictObject({
      intervalMicros: positiveMicros,
      timeoutMicros: positiveMicros,
      failures: z.int().min(1),
      successes: z.int().min(1),
    })
    .nullable(),
  policy: policy.optional(),
});

const journey = z.strictObject({
  name,
  title: name,
  weight: share,
  ratePerSecond: z.number().positive(),
  objectiveRatio: z.number().gt(0).lt(1),
  latencyThresholdMs: z.number().positive(),
  failureCostCents: z.number().min(0),
  steps: z
    .array(
      z.strictObject({
        endpoint: name,
        thinkMicros: micros,
        check: z.enum(['none', 'remember', 'readBack']),
      }),
    )
    .min(1),
});

/** The shape of a system. */
export const systemSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: name,
  sentences: z.array(name).length(3),
  hosts: z.array(host).min(1),
  programs: z.array(program).min(1),
  edges: z.array(edge).min(1),
  entryEdge: name,
  journeys: z.array(journey).min(1),
  load: z.strictObject({
    hourly: z.array(z.number().positive()).length(24),
    weekday: z.array(z.number().positive()).length(7),
    noise: z.number().min(0).max(0.5),
  }),
  claimFiles: z.array(z.strictObject({ claimPrefix: name, files: z.array(file) })),
  manifests: z.array(z.unknown()),
}) satisfies z.ZodType<SystemSpec>;
