/** Parts of test systems that say nothing: a program that only works, users who only ask, a flat week. */
import type { JourneySpec, LoadSpec, ProgramSpec } from '../cluster/system-spec.ts';

/** Load that never changes. */
export const FLAT_LOAD: LoadSpec = {
  hourly: new Array<number>(24).fill(1),
  weekday: new Array<number>(7).fill(1),
  noise: 0,
};

/** Users who ask `serve` once, at any latency content. */
export function plainVisit(ratePerSecond: number): JourneySpec {
  return {
    name: 'visit',
    title: 'Visit',
    weight: 1,
    ratePerSecond,
    objectiveRatio: 0.99,
    latencyThresholdMs: 1e9,
    failureCostCents: 0,
    steps: [{ endpoint: 'serve', thinkMicros: 0, check: 'none' }],
  };
}

/** A program that boots at once, needs no memory, writes nothing, and serves `serve`. */
export function plainProgram(
  name: string,
  own: Pick<ProgramSpec, 'workers' | 'queueLimit' | 'probeMicros'> & {
    /** What it does for a request. */
    steps: ProgramSpec['endpoints'][number]['steps'];
  },
): ProgramSpec {
  const { steps, ...numbers } = own;
  return {
    name,
    kind: 'application',
    image: `example.org/${name}`,
    command: name,
    port: 80,
    adminPort: 80,
    boot: { medianMicros: 1, sigma: 0 },
    connectionLimit: 0,
    memory: { baseBytes: 0, warmBytes: 0, warmSpans: 0, perSpanBytes: 0 },
    warmup: { spans: 1, factor: 1 },
    idleCores: 0,
    endpoints: [{ name: 'serve', steps }],
    files: { log: '', rows: '', precious: [], abortAfterMicros: [0, 0], ships: null },
    logs: [],
    settings: [],
    ...numbers,
  };
}
