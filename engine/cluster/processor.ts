/**
 * A process' share of its host's CPU: exact processor sharing in virtual time, under a CFS quota.
 *
 * Each of n jobs receives min(1, cores/n). Virtual time V grows at that rate; a job that needs w ends
 * when V has grown by w, so one number serves all jobs and an arrival costs O(log n). A quota of q CPU
 * microseconds per 100 ms period stops all jobs from the moment it is spent until the period ends:
 * averaging it ("half a CPU") is wrong by more than two (performance.md §5.3).
 */
import { cancelEvent, moveEvent, schedule } from '../kernel/event-queue.ts';
import type { Cluster, Process, Processor } from './cluster-state.ts';
import { EVENT_PROCESSOR } from './event-kinds.ts';
import { noteDemand } from './host-cpu.ts';

/** The CFS bandwidth period, microseconds (kernel default cpu.cfs_period_us). */
export const PERIOD_MICROS = 100000;

/** A job counts as done when it lacks less than this, microseconds: below rounding of event times. */
const DONE_MARGIN_MICROS = 1e-3;

/** An idle processor. */
export function createProcessor(cores: number, limitCores: number, nowMicros: number): Processor {
  return {
    cores,
    virtualMicros: 0,
    updatedMicros: nowMicros,
    marks: [],
    jobs: [],
    quotaMicros: limitCores > 0 && limitCores < cores ? Math.round(limitCores * PERIOD_MICROS) : 0,
    periodStartMicros: nowMicros,
    periodUsedMicros: 0,
    throttled: false,
    settling: false,
    eventSlot: -1,
    usedMicros: 0,
    periods: 0,
    throttledPeriods: 0,
    throttledMicros: 0,
  };
}

/** Brings quota accounting up to `now` over a stretch in which `used` CPU microseconds were spent. */
function accountPeriod(cpu: Processor, now: number, parallel: number): void {
  const past = Math.floor((now - cpu.periodStartMicros) / PERIOD_MICROS);
  if (past > 0) {
    cpu.periodStartMicros += past * PERIOD_MICROS;
    cpu.periods += parallel > 0 ? past : cpu.periodUsedMicros > 0 ? 1 : 0;
    const from = cpu.updatedMicros > cpu.periodStartMicros ? cpu.updatedMicros : cpu.periodStartMicros;
    cpu.periodUsedMicros = parallel * (now - from);
  } else {
    cpu.periodUsedMicros += parallel * (now - cpu.updatedMicros);
  }
}

/** Whether the program is stopped for its collector, which alone uses the CPU. */
function isPausing(cpu: Processor): boolean {
  return cpu.pause !== undefined && cpu.pause.leftMicros > 0;
}

/** Threads that could run now: jobs, or those of a collector that has stopped them; 0 when throttled. */
export function runnableThreads(cpu: Processor): number {
  if (cpu.throttled) return 0;
  return cpu.pause !== undefined && cpu.pause.leftMicros > 0 ? cpu.pause.threads : cpu.marks.length;
}

/** Cores in use now. */
export function coresInUse(cpu: Processor): number {
  const threads = runnableThreads(cpu);
  return threads < cpu.cores ? threads : cpu.cores;
}

/** Lets the collector work for a stretch, all jobs standing still. */
function advancePause(cpu: Processor, now: number, elapsed: number): void {
  const pause = cpu.pause!;
  const parallel = coresInUse(cpu);
  pause.leftMicros -= elapsed * parallel;
  if (pause.leftMicros < DONE_MARGIN_MICROS) pause.leftMicros = 0;
  cpu.usedMicros += elapsed * parallel;
  if (cpu.quotaMicros > 0) accountPeriod(cpu, now, parallel);
}

/** Brings a processor up to `now`. */
export function advanceProcessor(cpu: Processor, now: number): void {
  const elapsed = now - cpu.updatedMicros;
  if (elapsed <= 0) return;
  const jobs = cpu.marks.length;
  if (cpu.throttled) {
    cpu.throttledMicros += elapsed;
  } else if (isPausing(cpu)) {
    advancePause(cpu, now, elapsed);
  } else if (jobs > 0) {
    const parallel = jobs < cpu.cores ? jobs : cpu.cores;
    cpu.virtualMicros += (elapsed * parallel) / jobs;
    cpu.usedMicros += elapsed * parallel;
    if (cpu.quotaMicros > 0) accountPeriod(cpu, now, parallel);
  } else if (cpu.quotaMicros > 0) {
    accountPeriod(cpu, now, 0);
  }
  cpu.updatedMicros = now;
}

/** When the processor next has something to do; Infinity when idle. */
function nextMicros(cpu: Processor, now: number): number {
  const jobs = cpu.marks.length;
  if (cpu.throttled) return cpu.periodStartMicros + PERIOD_MICROS;
  const pausing = isPausing(cpu);
  if (jobs === 0 && !pausing) return Infinity;
  const parallel = coresInUse(cpu);
  let wait = (pausing ? cpu.pause!.leftMicros : (cpu.marks[0] - cpu.virtualMicros) * jobs) / parallel;
  if (wait < 0) wait = 0;
  let next = now + Math.ceil(wait);
  if (cpu.quotaMicros > 0 && parallel * PERIOD_MICROS > cpu.quotaMicros) {
    const end = cpu.periodStartMicros + PERIOD_MICROS;
    let spent = now + Math.ceil((cpu.quotaMicros - cpu.periodUsedMicros) / parallel);
    if (spent >= end) spent = end + Math.ceil(cpu.quotaMicros / parallel);
    if (spent < next) next = spent;
  }
  return next;
}

/** Tells the host what the process could use now, and arms its processor. */
export function rescheduleProcessor(cluster: Cluster, process: Process): void {
  if (cluster.hosts[process.host].cpu !== undefined) noteDemand(cluster, process);
  armProcessor(cluster, process);
}

/** Sets the pending event of a processor to when it next has something to do. */
export function armProcessor(cluster: Cluster, process: Process): void {
  const cpu = process.cpu;
  const next = nextMicros(cpu, cluster.nowMicros);
  if (next === Infinity) {
    if (cpu.eventSlot >= 0) cancelEvent(cluster.queue, cpu.eventSlot);
    cpu.eventSlot = -1;
    // An idle processor starts counting anew, so that virtual time keeps its precision for days.
    if (cpu.marks.length === 0) cpu.virtualMicros = 0;
  } else if (cpu.eventSlot >= 0) moveEvent(cluster.queue, cpu.eventSlot, next);
  else cpu.eventSlot = schedule(cluster.queue, next, EVENT_PROCESSOR, process.id, 0);
}

/** Adds a job of `work` CPU microseconds for a span; the caller reschedules. */
export function pushJob(cpu: Processor, work: number, span: number): void {
  const { marks, jobs } = cpu;
  const mark = cpu.virtualMicros + work;
  let hole = marks.length;
  marks.push(mark);
  jobs.push(span);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (marks[parent] <= mark) break;
    marks[hole] = marks[parent];
    jobs[hole] = jobs[parent];
    hole = parent;
  }
  marks[hole] = mark;
  jobs[hole] = span;
}

/** Takes the span of a job that is done, or −1 when none is. */
export function popDone(cpu: Processor): number {
  const { marks, jobs } = cpu;
  if (marks.length === 0 || marks[0] > cpu.virtualMicros + DONE_MARGIN_MICROS) return -1;
  const span = jobs[0];
  const mark = marks.pop() as number;
  const job = jobs.pop() as number;
  const size = marks.length;
  if (size > 0) {
    let hole = 0;
    for (;;) {
      let child = hole * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && marks[child + 1] < marks[child]) child++;
      if (marks[child] >= mark) break;
      marks[hole] = marks[child];
      jobs[hole] = jobs[child];
      hole = child;
    }
    marks[hole] = mark;
    jobs[hole] = job;
  }
  return span;
}

/** Handles the end of a quota or of a period: throttles the processor, or lets its jobs run again. */
export function settleQuota(cpu: Processor, now: number): void {
  if (cpu.throttled) {
    if (now >= cpu.periodStartMicros + PERIOD_MICROS) {
      cpu.throttled = false;
      cpu.periodStartMicros += PERIOD_MICROS;
      cpu.periodUsedMicros = 0;
      cpu.periods++;
    }
  } else if (cpu.quotaMicros > 0 && cpu.periodUsedMicros >= cpu.quotaMicros && runnableThreads(cpu) > 0) {
    cpu.throttled = true;
    cpu.throttledPeriods++;
  }
}
