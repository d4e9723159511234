/** Memory of a process: what it holds from start, what warms up with traffic, what requests in work need. */
import type { Cluster, Process } from './cluster-state.ts';

/** Live bytes on the heap of a garbage-collected program: idle, leaked and of requests in work. */
export function heapLiveBytes(cluster: Cluster, process: Process): number {
  const { heap: spec, memory } = cluster.plan.programs[process.program].spec;
  if (process.heap === undefined || spec === undefined) return 0;
  return spec.liveBytes + process.heap.leakedBytes + memory.perSpanBytes * process.liveSpans;
}

/** Working set now, bytes; 0 for an ended process. */
export function memoryBytes(cluster: Cluster, process: Process): number {
  if (process.phase === 'exited') return 0;
  const { memory, heap: spec } = cluster.plan.programs[process.program].spec;
  const served = process.servedSpans / (memory.warmSpans * cluster.plan.loadScale);
  const warm = memory.warmSpans === 0 ? 1 : served / (1 + served);
  let bytes = memory.baseBytes + memory.warmBytes * warm + memory.perSpanBytes * process.liveSpans;
  const { heap } = process;
  // The collector gives nothing back to the kernel before a collection: garbage counts.
  if (heap !== undefined && spec !== undefined) {
    bytes += spec.liveBytes + heap.leakedBytes + heap.youngUsedBytes;
  }
  return Math.round(bytes);
}
