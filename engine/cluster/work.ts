/**
 * The work that a process does for a request: step by step, holding a worker to the end.
 */
import { drawExponential, drawLogNormal } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { PURPOSE_DISK, PURPOSE_WORK } from '../kernel/purposes.ts';
import { startCall } from './calls.ts';
import type { Cluster, FilePlace, Process } from './cluster-state.ts';
import { takeWaiting, waitedTooLong, withinRate } from './admission.ts';
import { EVENT_DISK_DONE } from './event-kinds.ts';
import { countLatency } from './latency-buckets.ts';
import { writeRequestRecord } from './log-records.ts';
import { releaseLock, takeLock } from './locks.ts';
import type { Lock } from './locks.ts';
import { allocateHeap } from './heap.ts';
import { memoryBytes } from './memory.ts';
import { sendAnswer } from './messages.ts';
import {
  STEP_APPEND,
  STEP_CALL,
  STEP_COMMIT,
  STEP_CPU,
  STEP_DISK,
  STEP_LOCK,
  STEP_READ,
  STEP_UNLOCK,
} from './plan.ts';
import { advanceProcessor, popDone, pushJob, rescheduleProcessor, settleQuota } from './processor.ts';
import { exitProcess } from './processes.ts';
import {
  SPAN_WAITING,
  SPAN_WORKING,
  STATUS_ERROR,
  STATUS_NO_SPACE,
  STATUS_OK,
  STATUS_OVERLOADED,
  STATUS_RATE_LIMITED,
  STATUS_REFUSED,
  STATUS_TIMEOUT,
  isTooLate,
} from './spans.ts';
import type { ProgramSpec } from './system-spec.ts';
import { appendFile, appendLog } from './volumes.ts';

/** Sigma of the logarithm of storage latency: a p99 of about 2.5 times the median, as on cloud disks. */
const DISK_SIGMA = 0.4;

/** A request has reached its process. */
export function arriveSpan(cluster: Cluster, span: number): void {
  const { spans } = cluster;
  const process = cluster.processes[spans.process[span]];
  spans.arrived[span] = cluster.nowMicros;
  if (process.phase !== 'running') {
    answerUnreached(cluster, span, STATUS_REFUSED);
    return;
  }
  process.liveSpans++;
  if (process.memoryLimitBytes > 0 && memoryBytes(cluster, process) > process.memoryLimitBytes) {
    process.liveSpans--;
    answerUnreached(cluster, span, STATUS_REFUSED);
    exitProcess(cluster, process, 137, 'OOMKilled', '');
    return;
  }
  const { spec } = cluster.plan.programs[process.program];
  // A health check is answered by the program's own thread, not by a worker.
  if (spans.endpoint[span] < 0) startWork(cluster, process, span);
  else if (spec.admission !== undefined && !withinRate(process.gate, spec.admission, cluster.nowMicros)) {
    refuseSpan(cluster, process, span, STATUS_RATE_LIMITED);
  } else if (process.busyWorkers < spec.workers) {
    process.busyWorkers++;
    if (!expireSpan(cluster, process, span)) startWork(cluster, process, span);
  } else if (process.waiting.length < spec.queueLimit) {
    spans.state[span] = SPAN_WAITING;
    process.waiting.push(span);
  } else refuseSpan(cluster, process, span, STATUS_OVERLOADED);
}

/** Answers a request that the program does not take on. */
function refuseSpan(cluster: Cluster, process: Process, span: number, status: number): void {
  process.liveSpans--;
  process.metrics.refused++;
  cluster.spans.status[span] = status;
  sendAnswer(cluster, span);
}

/** Ends a request whose answer is of no use any more; false when there is time, or nobody said how much. */
function expireSpan(cluster: Cluster, process: Process, span: number): boolean {
  if (!isTooLate(cluster.spans, span, cluster.nowMicros)) return false;
  process.gate.expired++;
  finishSpan(cluster, span, STATUS_TIMEOUT, -1);
  return true;
}

/** The address answers, the program does not: to the caller this is a failure of the network. */
export function answerUnreached(cluster: Cluster, span: number, status: number): void {
  cluster.spans.status[span] = status;
  sendAnswer(cluster, span);
  cluster.spans.process[span] = -1;
}

/** Begins the steps of a request. */
function startWork(cluster: Cluster, process: Process, span: number): void {
  const { spans, plan } = cluster;
  const program = plan.programs[process.program];
  const endpoint = spans.endpoint[span];
  spans.state[span] = SPAN_WORKING;
  spans.step[span] = endpoint < 0 ? program.probeStart : program.endpointStart[endpoint];
  if (process.heap !== undefined && endpoint >= 0 && !allocateHeap(cluster, process)) return;
  continueSpan(cluster, span);
}

/** Runs steps until one has to wait or the work is done. */
export function continueSpan(cluster: Cluster, span: number): void {
  const { spans, plan } = cluster;
  const process = cluster.processes[spans.process[span]];
  for (;;) {
    const step = spans.step[span]++;
    switch (plan.stepCode[step]) {
      case STEP_CPU:
        if (waitsForLoop(plan.programs[process.program].spec, process, span)) return;
        addWork(cluster, process, span, step);
        return;
      case STEP_LOCK:
        if (!takeLock(process.locks[plan.stepEdge[step]], span)) return;
        break;
      case STEP_UNLOCK:
        unlock(cluster, process.locks[plan.stepEdge[step]], span);
        break;
      case STEP_DISK: {
        const index = (Math.imul(spans.site[span], 31) + step) | 0;
        const luck = drawLogNormal(
          cluster.seed,
          PURPOSE_DISK,
          spans.keyHi[span],
          spans.keyLo[span],
          index,
          DISK_SIGMA,
        );
        const wait = Math.ceil(plan.stepAmount[step] * luck);
        schedule(cluster.queue, cluster.nowMicros + wait, EVENT_DISK_DONE, span, process.id);
        return;
      }
      case STEP_CALL:
        if (expireSpan(cluster, process, span)) return;
        startCall(cluster, span, plan.stepEdge[step]);
        return;
      case STEP_APPEND:
        if (!appendFile(cluster, process, plan.stepPath[step], plan.stepAmount[step])) {
          failSpan(cluster, span, STATUS_NO_SPACE, -1);
          return;
        }
        break;
      case STEP_COMMIT:
        if (!commitRow(cluster, process, span, plan.stepAmount[step])) {
          failSpan(cluster, span, STATUS_NO_SPACE, -1);
          return;
        }
        break;
      case STEP_READ:
        spans.value[span] = newestRow(cluster, process);
        break;
      default:
        finishSpan(cluster, span, STATUS_OK, -1);
        return;
    }
  }
}

/** Whether a span must wait for an event loop; one that need not takes the loop. */
function waitsForLoop(spec: ProgramSpec, process: Process, span: number): boolean {
  const loops = spec.admission?.loops;
  if (loops === undefined) return false;
  const { gate } = process;
  if (gate.busyLoops < loops) {
    gate.busyLoops++;
    return false;
  }
  gate.ready.push(span);
  return true;
}

/** A CPU step is done: the loop goes to the span that has waited longest, or is idle. */
function releaseLoop(cluster: Cluster, process: Process): void {
  const { gate } = process;
  const next = gate.ready.shift();
  if (next === undefined) gate.busyLoops--;
  else addWork(cluster, process, next, cluster.spans.step[next] - 1);
}

/** Lets a lock go; whoever has waited longest for it goes on. */
function unlock(cluster: Cluster, lock: Lock, span: number): void {
  const next = releaseLock(lock, span);
  if (next >= 0) continueSpan(cluster, next);
}

/** Puts the CPU work of a step on the process' processor. */
function addWork(cluster: Cluster, process: Process, span: number, step: number): void {
  const { spans, plan } = cluster;
  const index = (Math.imul(spans.site[span], 31) + step) | 0;
  const luck = drawExponential(cluster.seed, PURPOSE_WORK, spans.keyHi[span], spans.keyLo[span], index);
  const fixed = plan.stepFixed[step];
  let work = plan.stepAmount[step] * (fixed + (1 - fixed) * luck);
  const { warmup } = plan.programs[process.program].spec;
  const cold = process.servedSpans / (warmup.spans * plan.loadScale);
  if (cold < 1) work *= 1 + (warmup.factor - 1) * (1 - cold);
  advanceProcessor(process.cpu, cluster.nowMicros);
  pushJob(process.cpu, work, span);
  if (!process.cpu.settling) rescheduleProcessor(cluster, process);
}

/** Where a program's rows lie, or null. */
function rowsPlace(cluster: Cluster, process: Process): FilePlace | null {
  const { rowsPath } = cluster.plan.programs[process.program];
  return rowsPath < 0 ? null : process.places[rowsPath];
}

/** Commits a row; false when the volume is full. */
function commitRow(cluster: Cluster, process: Process, span: number, bytes: number): boolean {
  const { rowsPath } = cluster.plan.programs[process.program];
  if (rowsPath < 0) return true;
  if (!appendFile(cluster, process, rowsPath, bytes)) return false;
  const place = process.places[rowsPath];
  if (place) cluster.spans.value[span] = ++cluster.volumes[place.volume].committedRows;
  return true;
}

/** The newest committed row that a program's data holds. */
function newestRow(cluster: Cluster, process: Process): number {
  const place = rowsPlace(cluster, process);
  return place === null ? 0 : cluster.volumes[place.volume].committedRows;
}

/** Storage has answered. */
export function handleDiskDone(cluster: Cluster, span: number, process: number): void {
  const { spans } = cluster;
  // The process may have ended meanwhile, and the slot may serve someone else.
  if (spans.state[span] === SPAN_WORKING && spans.process[span] === process) continueSpan(cluster, span);
}

/** Ends a request badly: `status` and `edge` say why. */
export function failSpan(cluster: Cluster, span: number, status: number, edge: number): void {
  finishSpan(cluster, span, status === STATUS_OK ? STATUS_ERROR : status, edge);
}

/** Ends a request: metrics, logs, answer, and the worker goes to the next one waiting. */
function finishSpan(cluster: Cluster, span: number, status: number, edge: number): void {
  const { spans, plan } = cluster;
  const process = cluster.processes[spans.process[span]];
  const program = plan.programs[process.program];
  const endpoint = spans.endpoint[span];
  spans.status[span] = status;
  for (const lock of process.locks) unlock(cluster, lock, span);
  process.liveSpans--;
  if (endpoint < 0) {
    sendAnswer(cluster, span);
    if (process.phase === 'stopping') exitIfDrained(cluster, process);
    return;
  }
  process.servedSpans++;
  const latency = cluster.nowMicros - spans.arrived[span];
  countRequest(process, endpoint, status, latency);
  writeRequestRecord(cluster, process, program.accessTemplate, span, status, latency, edge);
  let bytes =
    program.accessTemplate < 0 ? 0 : plan.templates[program.accessTemplate].spec.bytes / plan.loadScale;
  if (status !== STATUS_OK && program.failureTemplate >= 0) {
    writeRequestRecord(cluster, process, program.failureTemplate, span, status, latency, edge);
    bytes += plan.templates[program.failureTemplate].spec.bytes / plan.loadScale;
  }
  if (process.verboseBytesPerSpan > 0) {
    bytes += process.verboseBytesPerSpan;
    const verbose = program.templates.get('verbose') ?? -1;
    if (verbose >= 0) {
      writeRequestRecord(cluster, process, verbose, span, status, process.verboseBytesPerSpan, -1);
    }
  }
  appendLog(cluster, process, bytes);
  sendAnswer(cluster, span);
  releaseWorker(cluster, process);
}

/** Counts an answered request in the program's own metrics. */
function countRequest(process: Process, endpoint: number, status: number, latency: number): void {
  const { metrics } = process;
  if (status === STATUS_OK) metrics.ok[endpoint]++;
  else metrics.failed[endpoint]++;
  metrics.latencySumMicros += latency;
  countLatency(metrics.latencyBuckets, latency);
}

/** Gives the worker to the oldest waiting request, or back. */
function releaseWorker(cluster: Cluster, process: Process): void {
  const { admission } = cluster.plan.programs[process.program].spec;
  for (;;) {
    const next = takeWaiting(process, admission);
    if (next < 0) break;
    if (waitedTooLong(admission, cluster.spans.arrived[next], cluster.nowMicros)) {
      process.gate.shed++;
      refuseSpan(cluster, process, next, STATUS_OVERLOADED);
    } else if (isTooLate(cluster.spans, next, cluster.nowMicros)) {
      process.gate.expired++;
      refuseSpan(cluster, process, next, STATUS_TIMEOUT);
    } else {
      startWork(cluster, process, next);
      return;
    }
  }
  process.busyWorkers--;
  if (process.phase === 'stopping') exitIfDrained(cluster, process);
}

/** A stopping process ends when its last request is done. */
function exitIfDrained(cluster: Cluster, process: Process): void {
  if (process.liveSpans === 0) exitProcess(cluster, process, 0, 'Completed', '');
}

/** A processor's event: jobs done, quota spent or renewed. */
export function handleProcessor(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  const { cpu } = process;
  cpu.eventSlot = -1;
  advanceProcessor(cpu, cluster.nowMicros);
  settleQuota(cpu, cluster.nowMicros);
  // Jobs that begin while others end are rescheduled once, at the end.
  cpu.settling = true;
  const hasLoops = cluster.plan.programs[process.program].spec.admission?.loops !== undefined;
  for (let span = popDone(cpu); span >= 0; span = popDone(cpu)) {
    if (hasLoops) releaseLoop(cluster, process);
    continueSpan(cluster, span);
    if (process.phase === 'exited') break;
  }
  cpu.settling = false;
  if (process.phase !== 'exited') rescheduleProcessor(cluster, process);
}
