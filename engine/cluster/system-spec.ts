/**
 * What an author writes to describe a system: hosts, programs, edges, journeys, load, manifests.
 *
 * JSON-safe data, no functions. Times are microseconds, sizes bytes, rates per second, unless the
 * field says otherwise. `compile-plan.ts` turns it into the numbers the simulation runs on.
 */
import type { HeapSpec } from './spec/heap-spec.ts';
import type { AdmissionSpec } from './spec/admission-spec.ts';
import type { BalancingSpec } from './spec/balancing-spec.ts';
import type { EdgePolicySpec } from './spec/edge-policy-spec.ts';
import type { LinkSpec, MessageSpec } from './spec/link-spec.ts';

/** A machine of the cluster. */
export type HostSpec = {
  /** Name, e.g. `worker-1`; also its Kubernetes node name. */
  name: string;
  /** CPU cores, ≥ 1. */
  cores: number;
  /** Memory, bytes. */
  memoryBytes: number;
  /** Failure zone, e.g. `a`. */
  zone: string;
  /** Node labels besides the well-known ones. */
  labels: { [key: string]: string };
  /** Node-local partitions that hostPath volumes lie on. */
  partitions: PartitionSpec[];
  /** True: its processes contend for its cores by weight. Absent: each has them to itself. */
  sharesCpu?: boolean;
  /** Flows that it tracks at most (nf_conntrack_max); absent = no limit. */
  conntrackMax?: number;
};

/** A node-local partition: a volume that outlives every pod on its host. */
export type PartitionSpec = {
  /** Path on the host that hostPath volumes name, e.g. `/var/log/polls`. */
  path: string;
  /** Size, bytes. */
  capacityBytes: number;
  /** What already lies there. */
  files: FileSpec[];
};

/** A file that exists before the story begins. */
export type FileSpec = {
  /** Path relative to the volume, e.g. `archive/2025-12.log.gz`. */
  path: string;
  /** Size, bytes. */
  bytes: number;
};

/** One step of the work that a program does for a request. */
export type StepSpec =
  /**
   * Uses the CPU: mean microseconds on one core. The draw is mean × (fixed + (1 − fixed) × Exp(1));
   * `fixedShare` is 0–1, 0.6 when absent (0 = exponential, 1 = always the mean).
   */
  | { do: 'cpu'; micros: number; fixedShare?: number }
  /** Waits on storage: mean microseconds at normal load; log-normal. */
  | { do: 'disk'; micros: number }
  /** Calls over a named edge and waits for the answer. */
  | { do: 'call'; edge: string; endpoint: string }
  /** Appends to a file that must be written: the request fails when the volume is full. */
  | { do: 'append'; file: string; bytes: number }
  /** Commits a row (and its write-ahead log) to the program's data volume; fails when it is full. */
  | { do: 'commit'; bytes: number }
  /** Reads rows: answers with the newest committed row the data holds. */
  | { do: 'read' }
  /** Takes a lock of the process by its name, in order of asking; held until `unlock` or the end. */
  | { do: 'lock'; lock: string }
  /** Lets a lock go that this request holds. */
  | { do: 'unlock'; lock: string };

/** One thing that a program can be asked. */
export type EndpointSpec = {
  /** Name, e.g. `POST /votes` or `insert vote`. */
  name: string;
  /** The work, in order. */
  steps: StepSpec[];
  /** How big its messages are. */
  messages?: MessageSpec;
};

/** A line that a program can write; `telemetry` renders it. */
export type LogTemplateSpec = {
  /** Name, unique in the program, e.g. `access`. */
  name: string;
  /** Severity. */
  level: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /**
   * Text with fields in braces: {time} {route} {status} {ms} {peer} {request} {file} {error} {bytes} {count}
   * {value}. What each means is told by `log-records.ts`.
   */
  text: string;
  /** Average size of the rendered line, bytes. */
  bytes: number;
};

/** A setting that a program reads from its environment or a mounted file. */
export type SettingSpec = {
  /** Environment variable or key of the mounted file, e.g. `LOG_LEVEL`. */
  key: string;
  /** Where it is read: `env` once at start; `file` at start and on reload. */
  source: 'env' | 'file';
  /** The value that holds when it is absent. */
  default: string;
  /** Effect by value; a value not listed acts as the default. */
  effects: { [value: string]: SettingEffect };
};

/** What a setting changes. */
export type SettingEffect = {
  /** Extra bytes of log written per served request (debug or statement logging). */
  verboseBytesPerSpan: number;
};

/** A piece of software that containers run. */
export type ProgramSpec = {
  /** Name, e.g. `polls`, as it stands in the process list. */
  name: string;
  /** What it is, for the names of its series and the wording of its errors. */
  kind: 'proxy' | 'application' | 'database' | 'agent';
  /** Image repository without tag; containers whose image has it run this program. */
  image: string;
  /** Command line shown by `ps`. */
  command: string;
  /** Port that serves requests; 0 when it serves none. */
  port: number;
  /** Port that serves health checks; equal to `port` when it has no other. */
  adminPort: number;
  /** Time from start to serving: median microseconds and sigma of the logarithm. */
  boot: { medianMicros: number; sigma: number };
  /** Requests worked on at once; each holds its worker while it waits for others. */
  workers: number;
  /** Requests that may wait for a worker; one more is refused with 503. */
  queueLimit: number;
  /** Open client connections accepted at once; 0 = no limit. */
  connectionLimit: number;
  /** Memory after start, growth by `warmBytes` over the first `warmSpans` requests, and per request. */
  memory: { baseBytes: number; warmBytes: number; warmSpans: number; perSpanBytes: number };
  /** Heap of a garbage-collected program, beside `memory`; absent for others. */
  heap?: HeapSpec;
  /** CPU work of the first requests after start is up to `factor` times the usual, fading over `spans`. */
  warmup: { spans: number; factor: number };
  /** CPU used when idle, cores. */
  idleCores: number;
  /** What it can be asked; empty for agents and sidecars. */
  endpoints: EndpointSpec[];
  /** CPU work of one health check, microseconds. */
  probeMicros: number;
  /** The files it writes, relative to its mount paths. */
  files: ProgramFilesSpec;
  /**
   * Lines it writes. Known names: `access` after each request, `failure` after each failed one (level
   * error), `verbose` with it when a setting asks for it, `starting`, `ready`, `stopping`,
   * `writeFailed` (first refused write of a spell), `abort` (gives up), `startRefused` (no space at
   * start), `shipped`, `reloaded`, `dataDestroyed`. One that is absent is not written.
   */
  logs: LogTemplateSpec[];
  /** Settings it reads. */
  settings: SettingSpec[];
  /** What it takes on, and in which order; absent: everything there is a worker or a place to wait for. */
  admission?: AdmissionSpec;
};

/** Where a program keeps its log and its data. */
export type ProgramFilesSpec = {
  /** Absolute path in the container of its main log file; '' when it logs to standard output only. */
  log: string;
  /** Absolute path in the container of the file that commits grow; '' when it commits none. */
  rows: string;
  /** Absolute paths (files or directories) whose loss destroys data: removing or cutting one loses rows. */
  precious: string[];
  /**
   * How long it lives on with its writes failing before it gives up, microseconds [min, max]; drawn
   * per process. It also refuses to start while it cannot write.
   */
  abortAfterMicros: [number, number];
  /** A sidecar that ships logs: which log file it drains, how fast, and how big it lets the file grow. */
  ships: { file: string; bytesPerSecond: number; keepBytes: number } | null;
};

/** A path that calls take from one program to a service. */
export type EdgeSpec = {
  /** Name, e.g. `polls->postgres`. */
  name: string;
  /** Calling program, or `users` for the public. */
  from: string;
  /** Kubernetes service called, `namespace/name`. */
  to: string;
  /** Port called on the target program: `port` or `admin`. */
  port: 'port' | 'admin';
  /** Connections: a bounded pool, or as many as needed. */
  pool: PoolSpec | null;
  /** How long a connection may take to be made, microseconds. */
  connectTimeoutMicros: number;
  /** How long an answer may take, microseconds. */
  timeoutMicros: number;
  /** Tries in all (1 = no retry) and the mean back-off before each next one. */
  retry: { attempts: number; backoffMicros: number; onTimeout: boolean };
  /** Active health checks by the caller; null = trust the service's endpoints. */
  healthCheck: { intervalMicros: number; timeoutMicros: number; failures: number; successes: number } | null;
  /** Guards against failure; absent: none but the retries above. */
  policy?: EdgePolicySpec;
  /** How calls are spread over targets; absent: in turn. */
  balancing?: BalancingSpec;
};

/** A bounded pool of connections. */
export type PoolSpec = {
  /** Connections at most, per calling process and edge, 1–255. */
  size: number;
  /** How long a request waits for a free one, microseconds. */
  acquireTimeoutMicros: number;
  /** Age at which an idle connection is replaced, microseconds, ±20 % by draw. */
  lifetimeMicros: number;
  /** The caller closes what nobody has used for so long, microseconds; never when absent. */
  idleTimeoutMicros?: number;
};

/** One step of a user's path. */
export type JourneyStepSpec = {
  /** Endpoint of the entry program. */
  endpoint: string;
  /** Mean think time before this step, microseconds; 0 for the first. */
  thinkMicros: number;
  /**
   * What must hold for the answer besides success: `remember` keeps the row it wrote; `readBack`
   * fails unless the answer holds what this user (or, for the first step, any user) was told is saved.
   */
  check: 'none' | 'remember' | 'readBack';
};

/** A path that users take and that is measured: the currency of impact. */
export type JourneySpec = {
  /** Name, e.g. `vote`. */
  name: string;
  /** As people call it, e.g. `Vote`. */
  title: string;
  /** Share of badness; all weights add up to 1. */
  weight: number;
  /** Arrivals per second at load 1. */
  ratePerSecond: number;
  /** Share of good journeys that is promised, e.g. 0.99. */
  objectiveRatio: number;
  /** A step slower than this is bad, milliseconds. */
  latencyThresholdMs: number;
  /** What one failed journey costs the business, US cents. */
  failureCostCents: number;
  /** The steps. */
  steps: JourneyStepSpec[];
};

/** Offered load over the week. */
export type LoadSpec = {
  /** Relative load at the top of each hour of a day, 24 numbers, linear between; 1 = rates as written. */
  hourly: number[];
  /** Relative load by weekday, Monday first, 7 numbers. */
  weekday: number[];
  /** Standard deviation of the slow noise (one draw per 30 s, linear between), relative. */
  noise: number;
};

/** A whole system. */
export type SystemSpec = {
  /** Identifier, e.g. `polls`. */
  id: string;
  /** Title. */
  title: string;
  /** The system in three sentences, for the lobby. */
  sentences: string[];
  /** Machines. */
  hosts: HostSpec[];
  /** Software. */
  programs: ProgramSpec[];
  /** Calls. */
  edges: EdgeSpec[];
  /** The edge by which users enter; its `from` is `users`. */
  entryEdge: string;
  /** Measured user paths. */
  journeys: JourneySpec[];
  /** Offered load. */
  load: LoadSpec;
  /** What lies on the new volume of a claim, by prefix of `namespace/name`; its size is the claim's. */
  claimFiles: { claimPrefix: string; files: FileSpec[] }[];
  /** Kubernetes objects created before prehistory, in order, as JSON manifests. */
  manifests: unknown[];
  /** Links with limits of their own; where none is named, hosts stand in one rack. */
  links?: LinkSpec[];
};
