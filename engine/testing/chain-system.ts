/**
 * Users → front → back, with few knobs: for laws about what a caller does to itself and to what it calls.
 */
import type { AdmissionSpec } from '../cluster/spec/admission-spec.ts';
import type { EdgePolicySpec } from '../cluster/spec/edge-policy-spec.ts';
import type { EdgeSpec, ProgramSpec, StepSpec, SystemSpec } from '../cluster/system-spec.ts';
import type { Cluster } from '../cluster/cluster-state.ts';
import { seedFromText } from '../kernel/chance.ts';
import { setServiceTargets } from '../cluster/service-targets.ts';
import { bareCluster, runBare, startBare } from './bare-cluster.ts';
import { FLAT_LOAD, plainProgram, plainVisit } from './plain-spec.ts';

/** What the chain is. */
export type ChainShape = {
  /** Users per second. */
  ratePerSecond: number;
  /** What the front does before it calls; nothing when absent. */
  frontSteps?: StepSpec[];
  /** Guards of the front. */
  frontAdmission?: AdmissionSpec;
  /** What the back does for a request. */
  backSteps: StepSpec[];
  /** Requests that the back works on at once. */
  backWorkers: number;
  /** Requests that wait at the back at most. */
  backQueue: number;
  /** Backs, each on a host of one core. */
  backs?: number;
  /** CPU limit of each back, cores; 0 or absent = none. */
  limits?: number[];
  /** How long the front waits for the back, microseconds. */
  timeoutMicros: number;
  /** Tries in all, and the mean back-off. */
  retry?: EdgeSpec['retry'];
  /** Connections from the front to the back; as many as needed, at no cost, when absent. */
  pool?: EdgeSpec['pool'];
  /** Guards of the front's calls. */
  policy?: EdgePolicySpec;
  /** Anything else of the edge from front to back. */
  edge?: Partial<EdgeSpec>;
  /** Guards of the back. */
  admission?: AdmissionSpec;
  /** How long users wait, microseconds; 10 s when absent. */
  patienceMicros?: number;
  /** True: users say how long they wait. */
  usersTell?: boolean;
};

function program(name: string, workers: number, queueLimit: number, steps: StepSpec[]): ProgramSpec {
  return plainProgram(name, { workers, queueLimit, probeMicros: 100, steps });
}

const ONCE = { attempts: 1, backoffMicros: 0, onTimeout: false };

function edge(from: string, to: string, timeoutMicros: number, over: Partial<EdgeSpec> = {}): EdgeSpec {
  const name = `${from}->${to}`;
  const base = { name, from, to: `test/${to}`, port: 'port', pool: null, healthCheck: null } as const;
  return { ...base, connectTimeoutMicros: 1_000_000, timeoutMicros, retry: ONCE, ...over };
}

function guarded(program: ProgramSpec, admission: AdmissionSpec | undefined): ProgramSpec {
  return admission === undefined ? program : { ...program, admission };
}

function chainSystem(shape: ChainShape): SystemSpec {
  const { patienceMicros = 10_000_000, usersTell = false, backs = 1 } = shape;
  const host = (name: string, cores: number) => ({ name, cores, zone: 'a', labels: {}, partitions: [] });
  const hosts = [host('edge', 64), ...Array.from({ length: backs }, (_, at) => host(`back-${at}`, 1))];
  const front = program('front', 100_000, 0, [
    ...(shape.frontSteps ?? []),
    { do: 'call', edge: 'front->back', endpoint: 'serve' },
  ]);
  const back = program('back', shape.backWorkers, shape.backQueue, shape.backSteps);
  return {
    id: 'chain',
    title: 'Chain',
    sentences: [],
    hosts: hosts.map((one) => ({ ...one, memoryBytes: 1 })),
    programs: [guarded(front, shape.frontAdmission), guarded(back, shape.admission)],
    edges: [
      edge('users', 'front', patienceMicros, usersTell ? { policy: { passDeadline: true } } : {}),
      edge('front', 'back', shape.timeoutMicros, {
        retry: shape.retry ?? ONCE,
        pool: shape.pool ?? null,
        ...(shape.policy === undefined ? {} : { policy: shape.policy }),
        ...shape.edge,
      }),
    ],
    entryEdge: 'users->front',
    journeys: [plainVisit(shape.ratePerSecond)],
    load: FLAT_LOAD,
    claimFiles: [],
    manifests: [],
  };
}

/** A chain that runs: its cluster, and the numbers of its processes. */
export type Chain = { cluster: Cluster; front: number; backs: number[] };

/** Starts a chain; everything serves after a moment. */
export function openChain(shape: ChainShape, seed = 'chain'): Chain {
  const cluster = bareCluster(chainSystem(shape), { seed: seedFromText(seed) });
  const front = startBare(cluster, { program: 'front', host: 'edge' });
  const backs = Array.from({ length: shape.backs ?? 1 }, (_, at) =>
    startBare(cluster, { program: 'back', host: `back-${at}`, cpuLimitCores: shape.limits?.[at] ?? 0 }),
  );
  setServiceTargets(cluster, 'test/front', [front]);
  setServiceTargets(cluster, 'test/back', backs);
  return { cluster, front, backs };
}

/** What users met over the next seconds. */
export function watchChain(chain: Chain, seconds: number): { good: number; bad: number; badRatio: number } {
  const [journey] = chain.cluster.journeys;
  const { good, bad } = journey;
  runBare(chain.cluster, chain.cluster.nowMicros + Math.round(seconds * 1e6));
  const [well, ill] = [journey.good - good, journey.bad - bad];
  return { good: well, bad: ill, badRatio: ill / Math.max(1, well + ill) };
}
