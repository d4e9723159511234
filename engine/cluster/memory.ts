/** Memory of a process: what it holds from start, what warms up with traffic, what requests in work need. */
import type { Cluster, Process } from './cluster-state.ts';

/** Working set now, bytes; 0 for an ended process. */
export function memoryBytes(cluster: Cluster, process: Process): number {
  if (process.phase === 'exited') return 0;
  const { memory } = cluster.plan.programs[process.program].spec;
  const served = process.servedSpans / (memory.warmSpans * cluster.plan.loadScale);
  const warm = memory.warmSpans === 0 ? 1 : served / (1 + served);
  return Math.round(memory.baseBytes + memory.warmBytes * warm + memory.perSpanBytes * process.liveSpans);
}
