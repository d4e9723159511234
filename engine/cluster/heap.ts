/**
 * Garbage-collected heaps: allocation fills the young space, a collection stops the program and traces what
 * is live.
 *
 * A collection costs in proportion to the live bytes and buys room in proportion to the headroom, so the
 * CPU per allocated byte is live/(limit − live) over the tracing speed (Appel, "Garbage collection can be
 * faster than stack allocation", 1987): unbounded as live data nears the limit. A leak therefore shows
 * as memory that climbs, then as time lost to collection, then as death, without anything saying so.
 */
import type { Cluster, Process } from './cluster-state.ts';
import { heapLiveBytes } from './memory.ts';
import { advanceProcessor, rescheduleProcessor } from './processor.ts';
import { exitProcess } from './processes.ts';
import type { HeapSpec } from './spec/heap-spec.ts';

/** The heap of a process. */
export type Heap = {
  /** New objects since the last collection, live or not, bytes. */
  youngUsedBytes: number;
  /** What requests have left behind for ever, bytes. */
  leakedBytes: number;
  /** What one request leaves behind at load scale 1, bytes; faults set it. */
  leakPerSpanBytes: number;
  /** Collections ever; feeds jvm_gc_pause_seconds_count and nodejs_gc_duration_seconds_count. */
  collections: number;
  /** CPU time of collections ever, microseconds; feeds jvm_gc_pause_seconds_sum (times its threads). */
  collectMicros: number;
};

/** The heap of a program that has just started. */
export function createHeap(spec: HeapSpec): Heap {
  return {
    youngUsedBytes: 0,
    leakedBytes: 0,
    leakPerSpanBytes: spec.leakPerSpanBytes,
    collections: 0,
    collectMicros: 0,
  };
}

/** Stops the program for a collection: CPU work in proportion to the live bytes, on the runtime's threads. */
function collect(cluster: Cluster, process: Process, heap: Heap, spec: HeapSpec, live: number): void {
  const { cpu } = process;
  const work = (live / spec.tracedBytesPerSecond) * 1_000_000;
  heap.youngUsedBytes = 0;
  heap.collections++;
  heap.collectMicros += work;
  advanceProcessor(cpu, cluster.nowMicros);
  cpu.pause ??= { leftMicros: 0, threads: spec.threads };
  cpu.pause.leftMicros += work;
  if (!cpu.settling) rescheduleProcessor(cluster, process);
}

/**
 * Allocates for a request that begins, and collects first when the young space is full.
 *
 * @returns false when the heap could not hold it: the process has ended, and answers nothing more.
 */
export function allocateHeap(cluster: Cluster, process: Process): boolean {
  const { heap } = process;
  const spec = cluster.plan.programs[process.program].spec.heap;
  if (heap === undefined || spec === undefined) return true;
  const { loadScale } = cluster.plan;
  const asked = spec.allocatePerSpanBytes / loadScale;
  heap.leakedBytes += heap.leakPerSpanBytes / loadScale;
  const live = heapLiveBytes(cluster, process);
  const headroom = spec.limitBytes - live;
  if (headroom < asked) {
    exitProcess(cluster, process, spec.exitCode, 'Error', 'heap out of memory');
    return false;
  }
  const room = headroom < spec.youngBytes ? headroom : spec.youngBytes;
  if (heap.youngUsedBytes + asked > room) collect(cluster, process, heap, spec, live);
  heap.youngUsedBytes += asked;
  return true;
}

/** Makes each request of a running process leave bytes behind for ever (load scale 1); 0 ends the leak. */
export function setLeak(cluster: Cluster, number: number, bytesPerSpan: number): void {
  const { heap } = cluster.processes[number];
  if (heap !== undefined) heap.leakPerSpanBytes = bytesPerSpan;
}
