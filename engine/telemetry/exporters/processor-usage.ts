/** CPU counters of a process as they stand now, without bringing its processor up to date. */
import type { Process } from '../../cluster/cluster-state.ts';
import { coresInUse } from '../../cluster/processor.ts';

/** CPU time used ever and time spent throttled, microseconds. */
export type ProcessorUsage = { usedMicros: number; throttledMicros: number };

/**
 * Reads the counters. The cluster counts when something happens; what has passed since is added here,
 * because a look must not change what it looks at. `idleCores` are what the program uses when idle.
 */
export function processorUsage(process: Process, idleCores: number, nowMicros: number): ProcessorUsage {
  const { cpu } = process;
  const until = process.phase === 'exited' ? process.exitedMicros : nowMicros;
  const elapsed = Math.max(0, until - cpu.updatedMicros);
  const working = elapsed * coresInUse(cpu);
  return {
    usedMicros: cpu.usedMicros + working + idleCores * (until - process.startedMicros),
    throttledMicros: cpu.throttledMicros + (cpu.throttled ? elapsed : 0),
  };
}
