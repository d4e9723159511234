/**
 * The state of a simulated cluster: everything that machines, processes, networks, disks and users
 * know of themselves. Plain data; `plan` is derived from the system's description and is not state.
 */
import type { EventQueue } from '../kernel/event-queue.ts';
import type { Seed } from '../kernel/chance.ts';
import type { Links } from './links.ts';
import type { Choice } from './target-choice.ts';
import type { Plan } from './plan.ts';
import type { Spans } from './spans.ts';
import type { EdgePolicy } from './edge-policies.ts';
import type { Gate } from './admission.ts';
import type { Lock } from './locks.ts';
import type { Users } from './users.ts';
import type { DeadlineQueue } from './deadlines.ts';
import type { LogRing } from './log-records.ts';
import type { Heap } from './heap.ts';
import type { Host } from './host.ts';

/** A simulated cluster. */
export type Cluster = {
  /** Constants compiled from the system's description; left out of snapshots and hashes. */
  plan: Plan;
  /** Simulation time, integer microseconds; negative during prehistory. */
  nowMicros: number;
  /** The key of all draws: the system seed before time 0, the incident seed after. */
  seed: Seed;
  /** What happens next. Shared with the rings above, which use their own event kinds. */
  queue: EventQueue;
  /** Machines, by host number. */
  hosts: Host[];
  /** Volumes, by volume number. Numbers are never reused. */
  volumes: Volume[];
  /** Processes, by process number. Numbers are never reused; forgotten ones keep a small stub. */
  processes: Process[];
  /** Requests in work. */
  spans: Spans;
  /** Users on their way. */
  users: Users;
  /** Serial of the newest call; a call is known by its serial, so stale answers find nobody. */
  lastCallSerial: number;
  /** Deadlines, one queue per distinct waiting time. */
  deadlines: DeadlineQueue[];
  /** Connection pools, by pool number. */
  pools: Pool[];
  /** Balancers: what each calling process knows of its targets, by balancer number. */
  balancers: Balancer[];
  /** Which processes answer for a service, by plan service number. */
  serviceTargets: number[][];
  /** Journey counters, by journey number. */
  journeys: JourneyCounters[];
  /** Most rows that any user was told are saved; expected by users who come to look. */
  lastAcknowledgedRow: number;
  /** Offered load. */
  load: LoadState;
  /** What happened to processes since the platform last looked; emptied by the platform. */
  facts: Fact[];
  /** Open questions from outside the load (probes, curl, psql), by token. */
  inquiries: Map<number, Inquiry>;
  /** Token of the newest inquiry. */
  lastInquiry: number;
  /** Guards of callers, by policy number. */
  edgePolicies: EdgePolicy[];
  /** Links with limits or faults; absent while nobody has said anything of any. */
  links?: Links;
};

/** A disk that can fill. */
export type Volume = {
  /** Name: `host:/path` for a partition, `namespace/claim` for a claim. */
  name: string;
  /** Host that it is bound to; −1 when it can follow its pod. */
  host: number;
  /** Size, bytes. */
  capacityBytes: number;
  /** Sum of all files and of unlinked files still held open, bytes. */
  usedBytes: number;
  /** Files by path relative to the volume, in order of creation. */
  files: Map<string, VolumeFile>;
  /** Bytes of unlinked files that a process still holds open, by process number. */
  heldBytes: Map<number, number>;
  /** Rows that the data on this volume holds. */
  committedRows: number;
  /** Grows each time that data on it is destroyed; 1 at first. */
  dataEpoch: number;
  /** Writes refused for want of space, ever. */
  refusedWrites: number;
  /** Settings that the program on it keeps with its data (ALTER SYSTEM); they win over mounted files. */
  settings: Map<string, string>;
};

/** A file. */
export type VolumeFile = {
  /** Size, bytes. */
  bytes: number;
  /** Last written, microseconds. */
  modifiedMicros: number;
};

/** What a container's process is doing. */
export type ProcessPhase = 'booting' | 'running' | 'stopping' | 'exited';

/** What the platform says when it starts a process. */
export type ProcessStart = {
  /** Program number in the plan. */
  program: number;
  /** Host number. */
  host: number;
  /** `namespace/pod/container`: identity in metrics and logs. */
  owner: string;
  /** Workload (`namespace/name` of the controller) for draws of this entity. */
  workload: string;
  /** Creation ordinal within the workload (containers of restarted pods count on). */
  ordinal: number;
  /** CPU limit in cores; 0 = none. */
  cpuLimitCores: number;
  /** Memory limit in bytes; 0 = none. */
  memoryLimitBytes: number;
  /** Environment as the container sees it at start. */
  env: Map<string, string>;
  /** Mounted configuration files: absolute path → content. */
  configFiles: Map<string, string>;
  /** Mounted volumes. */
  mounts: Mount[];
  /** Weight in the sharing of its host's cores (cgroup cpu.shares), ≥ 1; 1024 when absent. */
  cpuShares?: number;
};

/** A volume seen at a path inside a container. */
export type Mount = {
  /** Absolute path in the container. */
  path: string;
  /** Volume number. */
  volume: number;
};

/** A file seen from a process: which volume, and the path on it. */
export type FilePlace = {
  /** Volume number. */
  volume: number;
  /** Path relative to the volume. */
  inner: string;
};

/** A running (or ended) process of a container. */
export type Process = ProcessStart & {
  /** Its number. */
  id: number;
  /** What it is doing. */
  phase: ProcessPhase;
  /** Started at, microseconds. */
  startedMicros: number;
  /** Ended at; 0 while it lives. */
  exitedMicros: number;
  /** Exit code; 0 while it lives. */
  exitCode: number;
  /** `OOMKilled`, `Error`, `Completed` or ''. */
  exitReason: string;
  /** Last lines of why it died, for the container's termination message. */
  exitMessage: string;
  /** Processor sharing. */
  cpu: Processor;
  /** Its heap, when its program is garbage-collected. */
  heap?: Heap;
  /** Requests served since start, for warm-up and memory. */
  servedSpans: number;
  /** Requests in work or waiting. */
  liveSpans: number;
  /** Workers in use. */
  busyWorkers: number;
  /** Requests waiting for a worker, oldest first. */
  waiting: number[];
  /** Where each path of the plan lies for this process; null = on no volume. */
  places: (FilePlace | null)[];
  /** Extra log bytes per request that its settings ask for. */
  verboseBytesPerSpan: number;
  /** Settings it acts on, as read at start or reload. */
  settings: Map<string, string>;
  /** Since when writes fail, microseconds; NEVER_MICROS when they do not. */
  writesFailSinceMicros: number;
  /** When it gives up if writes go on failing: microseconds after they began to. */
  abortAfterMicros: number;
  /** True once its open log file was removed: what it writes still takes room, under no name. */
  logUnlinked: boolean;
  /** Inquiries it has been asked, for their draws. */
  inquiries: number;
  /** Open client connections it has accepted (counted for programs with a limit). */
  connections: number;
  /** Pool number by edge number, −1 where none. */
  poolOfEdge: number[];
  /** Balancer number by edge number, −1 where none. */
  balancerOfEdge: number[];
  /** Segments sent again by its connections, ever. */
  retransmits: number;
  /** Counters the program exports of itself; they start at 0 with the process, as real ones do. */
  metrics: ProcessMetrics;
  /** Its standard output and log. */
  log: LogRing;
  /** Who may connect, by network policy; null = anyone. */
  ingress: IngressRule[] | null;
  /** Policy number by edge number, −1 where the edge has no guards. */
  policyOfEdge: number[];
  /** What it takes on. */
  gate: Gate;
  /** Its locks, by lock number of its program. */
  locks: Lock[];
};

/** One allowed way in. */
export type IngressRule = {
  /** Port, or 0 for every port. */
  port: number;
  /** Process numbers that may connect, or null for anyone. */
  sources: number[] | null;
};

/** CPU time shared among the jobs of a process, under an optional quota (CFS bandwidth control). */
export type Processor = {
  /** Cores it may use now: those of its host, or its part of them while processes contend. */
  cores: number;
  /** Virtual time: work received by each job so far, microseconds. */
  virtualMicros: number;
  /** When `virtualMicros` was last brought up to date. */
  updatedMicros: number;
  /** Jobs as a binary heap by finish mark; parallel arrays. */
  marks: number[];
  /** Span of each job, parallel to `marks`; −1 for a job of the process itself. */
  jobs: number[];
  /** Quota per period in CPU microseconds; 0 = none. */
  quotaMicros: number;
  /** Start of the current period. */
  periodStartMicros: number;
  /** CPU used in the current period, microseconds. */
  periodUsedMicros: number;
  /** True from the moment the quota ran out until the period ends. */
  throttled: boolean;
  /** True only within its own event; false in every snapshot. */
  settling: boolean;
  /** Work left to a collector that has stopped the program, CPU microseconds, and its threads. */
  pause?: { leftMicros: number; threads: number };
  /** Slot of the pending event, −1 when none. */
  eventSlot: number;
  /** CPU used ever, microseconds. */
  usedMicros: number;
  /** Periods in which it ran. */
  periods: number;
  /** Periods in which the quota ran out. */
  throttledPeriods: number;
  /** Time spent throttled, microseconds. */
  throttledMicros: number;
};

/** Counters by endpoint (plan endpoint number within the program). */
export type ProcessMetrics = {
  /** Requests answered well. */
  ok: number[];
  /** Requests answered with an error (5xx, or an SQL error). */
  failed: number[];
  /** Requests refused for want of a worker. */
  refused: number;
  /** Latency histogram of all endpoints: counts by bucket of `LATENCY_BUCKETS_MICROS`, last = beyond. */
  latencyBuckets: number[];
  /** Sum of latencies, microseconds. */
  latencySumMicros: number;
  /** Bytes of log written. */
  logBytes: number;
};

/** A bounded pool of connections from one process over one edge. */
export type Pool = {
  /** Edge number. */
  edge: number;
  /** Calling process. */
  caller: number;
  /** Connections. */
  connections: Connection[];
  /** Spans waiting for a connection, oldest first (stale ones are skipped by their serial). */
  waiters: number[];
  /** Call serials of the waiters, parallel. */
  waiterSerials: number[];
  /** Connections opened ever, for draws. */
  opened: number;
  /** Connection attempts that failed ever. */
  connectFailures: number;
  /** Waits that ran into the acquire timeout, ever. */
  acquireTimeouts: number;
};

/** A connection of a pool. */
export type Connection = {
  /** What it is doing. */
  state: 'closed' | 'connecting' | 'idle' | 'busy';
  /** Process at the other end, −1 when none. */
  target: number;
  /** Replaced when idle after this time, microseconds. */
  expiresMicros: number;
  /** Idle since, microseconds; of no meaning while it is not. */
  idleSinceMicros: number;
  /** Span that uses or waits for it, −1 when none. */
  span: number;
  /** Call serial of that span. */
  serial: number;
  /** Hosts whose connection tracking knows it, when any does. */
  flow?: [number, number];
};

/** What one calling process knows about the targets of one edge. */
export type Balancer = {
  /** Edge number. */
  edge: number;
  /** Calling process. */
  caller: number;
  /** Turn of the round robin. */
  turn: number;
  /** Targets taken out by failed health checks, with the successes since. */
  ejected: Map<number, number>;
  /** Failed health checks in a row, by target. */
  failures: Map<number, number>;
  /** How it chooses, where the edge says more than in turn. */
  choice?: Choice;
};

/** What users met, by journey. Counters only grow. */
export type JourneyCounters = {
  /** Journeys begun. */
  started: number;
  /** Journeys ended well. */
  good: number;
  /** Journeys ended badly: an error, too slow, or data not read back. */
  bad: number;
  /** Of the bad: an error or no answer. */
  failed: number;
  /** Of the bad: answered, but slower than the threshold. */
  slow: number;
  /** Of the bad: answered, but what was saved is not there. */
  lost: number;
  /** Latency of steps: counts by bucket of `LATENCY_BUCKETS_MICROS`, last = beyond. */
  latencyBuckets: number[];
  /** Sum of step latencies, microseconds. */
  latencySumMicros: number;
};

/** Offered load. */
export type LoadState = {
  /** Multiplies arrivals and divides service times, bytes and memory per request: 1 in play, 0.1 in tests. */
  loadScale: number;
  /** Multiplies arrivals alone (benchmarks, campaigns). */
  intensity: number;
  /** Second of the week at time 0. */
  startSecondOfWeek: number;
  /** Next arrival number, by journey. */
  arrivals: number[];
  /** Second whose relative load stands in `relative`; −1e9 before the first. */
  second: number;
  /** Offered load of that second relative to the journeys' rates. */
  relative: number;
};

/** What happened to a process, for the platform to read and forget. */
export type Fact =
  | { type: 'ready'; process: number }
  | { type: 'exited'; process: number }
  | {
      type: 'answered';
      token: number;
      ok: boolean;
      /** True when the program itself answered, be it with an error. */
      reached: boolean;
      status: number;
      error: string;
      latencyMicros: number;
    };

/** A request that does not come from the load: a probe, curl, psql. */
export type Inquiry = {
  /** Token, in facts. */
  token: number;
  /** Call serial it waits for. */
  serial: number;
  /** Asked at, microseconds. */
  askedMicros: number;
  /** Balancer whose health check this is; −1 for a question from outside the cluster ring. */
  balancer: number;
  /** Process asked, −1 when none could be. */
  target: number;
};
