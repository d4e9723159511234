/**
 * The life of a process: started by the platform, boots, serves, is stopped, killed or ends itself.
 */
import { drawLogNormal, drawUnit, hashText } from '../kernel/chance.ts';
import { cancelEvent, schedule } from '../kernel/event-queue.ts';
import { PURPOSE_ENTITY } from '../kernel/purposes.ts';
import type { Cluster, Process, ProcessStart } from './cluster-state.ts';
import { createGate } from './admission.ts';
import { createBalancer } from './balancers.ts';
import { createEdgePolicy } from './edge-policies.ts';
import { EVENT_BOOTED, EVENT_HOUSEKEEPING, EVENT_KILL } from './event-kinds.ts';
import { createHeap } from './heap.ts';
import { joinHostCpu, leaveHostCpu } from './host-cpu.ts';
import { emptyBuckets } from './latency-buckets.ts';
import { createLock } from './locks.ts';
import { createLogRing, writeNote } from './log-records.ts';
import { sendAnswer } from './messages.ts';
import { breakConnections, createPool } from './pools.ts';
import { createProcessor } from './processor.ts';
import { readSettings } from './settings.ts';
import { SPAN_WAITING, SPAN_WORKING, STATUS_RESET } from './spans.ts';
import { hasRoom, NEVER_MICROS, releaseHeldFiles, resolvePath } from './volumes.ts';

export { memoryBytes } from './memory.ts';

/** Draw indices of an entity. */
const DRAW_BOOT = 0;
const DRAW_ABORT = 20;
/** How often a process with files looks after them, microseconds. */
export const HOUSEKEEPING_MICROS = 5_000_000;
/** Time that an idle program takes to end when asked to, microseconds. */
const QUIT_MICROS = 150000;

/** A process with all counters at zero. */
function newProcess(cluster: Cluster, start: ProcessStart): Process {
  const program = cluster.plan.programs[start.program];
  const [least, most] = program.spec.files.abortAfterMicros;
  const luck = drawUnit(cluster.seed, PURPOSE_ENTITY, hashText(start.workload), start.ordinal, DRAW_ABORT);
  const zeros = (): number[] => program.endpointNames.map(() => 0);
  return {
    ...start,
    id: cluster.processes.length,
    phase: 'booting',
    startedMicros: cluster.nowMicros,
    exitedMicros: 0,
    exitCode: 0,
    exitReason: '',
    exitMessage: '',
    cpu: createProcessor(cluster.hosts[start.host].cores, start.cpuLimitCores, cluster.nowMicros),
    places: cluster.plan.paths.map((path) => resolvePath(start, path)),
    servedSpans: 0,
    liveSpans: 0,
    busyWorkers: 0,
    waiting: [],
    verboseBytesPerSpan: 0,
    settings: new Map(),
    writesFailSinceMicros: NEVER_MICROS,
    abortAfterMicros: Math.round(least + (most - least) * luck),
    logUnlinked: false,
    inquiries: 0,
    connections: 0,
    poolOfEdge: [],
    balancerOfEdge: [],
    retransmits: 0,
    metrics: {
      ok: zeros(),
      failed: zeros(),
      refused: 0,
      latencyBuckets: emptyBuckets(),
      latencySumMicros: 0,
      logBytes: 0,
    },
    log: createLogRing(),
    ingress: null,
    policyOfEdge: [],
    gate: createGate(program.spec.admission, cluster.nowMicros),
    locks: program.locks.map(createLock),
  };
}

/** Gives a process the pools and balancers of the edges that its program calls over. */
function attachEdges(cluster: Cluster, process: Process): void {
  const { plan } = cluster;
  const { name } = plan.programs[process.program];
  for (const edge of plan.edges) {
    const calls = edge.spec.from === name;
    let pool = -1;
    let balancer = -1;
    if (calls && edge.spec.pool) {
      pool = cluster.pools.length;
      cluster.pools.push(createPool(edge.id, process.id));
    }
    if (calls) balancer = createBalancer(cluster, edge.id, process);
    process.poolOfEdge.push(pool);
    process.balancerOfEdge.push(balancer);
    const guarded = calls && edge.spec.policy !== undefined;
    process.policyOfEdge.push(guarded ? createEdgePolicy(cluster, edge.id, process.id) : -1);
  }
}

/** Starts a process and returns its number; fact `ready` or `exited` follows. */
export function startProcess(cluster: Cluster, start: ProcessStart): number {
  const process = newProcess(cluster, start);
  cluster.processes.push(process);
  const { heap } = cluster.plan.programs[process.program].spec;
  if (heap !== undefined) process.heap = createHeap(heap);
  joinHostCpu(cluster, process);
  attachEdges(cluster, process);
  readSettings(cluster, process, true);
  writeNote(cluster, process, 'starting', 0);
  const { boot, files } = cluster.plan.programs[process.program].spec;
  const luck = drawLogNormal(
    cluster.seed,
    PURPOSE_ENTITY,
    hashText(start.workload),
    start.ordinal,
    DRAW_BOOT,
    boot.sigma,
  );
  // Booting is CPU work too: under a limit of less than one core it takes that much longer.
  const limit = start.cpuLimitCores > 0 && start.cpuLimitCores < 1 ? start.cpuLimitCores : 1;
  const wait = Math.round((boot.medianMicros * luck) / (0.5 + 0.5 * limit));
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_BOOTED, process.id, 0);
  if (files.log !== '' || files.rows !== '' || files.ships !== null) {
    schedule(cluster.queue, cluster.nowMicros + HOUSEKEEPING_MICROS, EVENT_HOUSEKEEPING, process.id, 0);
  }
  return process.id;
}

/** The program is up, unless it was stopped meanwhile or cannot write. */
export function handleBooted(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  if (process.phase !== 'booting') return;
  const { memory } = cluster.plan.programs[process.program].spec;
  if (process.memoryLimitBytes > 0 && memory.baseBytes > process.memoryLimitBytes) {
    exitProcess(cluster, process, 137, 'OOMKilled', '');
    return;
  }
  if (!hasRoom(cluster, process, 1)) {
    writeNote(cluster, process, 'startRefused', 0);
    exitProcess(cluster, process, 1, 'Error', 'No space left on device');
    return;
  }
  process.phase = 'running';
  writeNote(cluster, process, 'ready', 0);
  cluster.facts.push({ type: 'ready', process: number });
}

/** Asks a process to end (SIGTERM): it takes no new requests and ends when idle, or at the end of grace. */
export function stopProcess(cluster: Cluster, number: number, graceMicros: number): void {
  const process = cluster.processes[number];
  if (process.phase === 'exited' || process.phase === 'stopping') return;
  process.phase = 'stopping';
  writeNote(cluster, process, 'stopping', 0);
  const wait = process.liveSpans === 0 ? QUIT_MICROS : graceMicros;
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_KILL, number, 0);
}

/** The end of grace, or of an idle program's last breath. */
export function handleKill(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  if (process.phase === 'exited') return;
  if (process.liveSpans === 0) exitProcess(cluster, process, 0, 'Completed', '');
  else exitProcess(cluster, process, 137, 'Error', '');
}

/** Ends a process at once. */
export function killProcess(
  cluster: Cluster,
  number: number,
  exitCode: number,
  reason: string,
  message: string,
): void {
  const process = cluster.processes[number];
  if (process.phase !== 'exited') exitProcess(cluster, process, exitCode, reason, message);
}

/** Ends a process: whoever waits for it gets a reset, its connections break, its files are let go. */
export function exitProcess(
  cluster: Cluster,
  process: Process,
  exitCode: number,
  reason: string,
  message: string,
): void {
  process.phase = 'exited';
  process.exitedMicros = cluster.nowMicros;
  process.exitCode = exitCode;
  process.exitReason = reason;
  process.exitMessage = message;
  if (process.cpu.eventSlot >= 0) cancelEvent(cluster.queue, process.cpu.eventSlot);
  process.cpu.eventSlot = -1;
  process.cpu.marks = [];
  process.cpu.jobs = [];
  delete process.cpu.pause;
  leaveHostCpu(cluster, process);
  process.waiting = [];
  process.gate.ready = [];
  process.gate.busyLoops = 0;
  process.locks = process.locks.map(createLock);
  process.busyWorkers = 0;
  process.liveSpans = 0;
  process.connections = 0;
  const { spans } = cluster;
  for (let span = 0; span < spans.state.length; span++) {
    const state = spans.state[span];
    if (spans.process[span] !== process.id || (state !== SPAN_WAITING && state !== SPAN_WORKING)) continue;
    spans.callSerial[span] = 0;
    spans.status[span] = STATUS_RESET;
    sendAnswer(cluster, span);
    // What it answers is the kernel's reset, not the program's word.
    spans.process[span] = -1;
  }
  breakConnections(cluster, process);
  releaseHeldFiles(cluster, process);
  cluster.facts.push({ type: 'exited', process: process.id });
}

/** Frees the memory of an ended process whose logs nobody can ask for any more. */
export function forgetProcess(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  if (process.phase !== 'exited') return;
  process.log = createLogRing();
  process.mounts = [];
  process.places = [];
  process.env = new Map();
  process.configFiles = new Map();
  process.ingress = null;
}
