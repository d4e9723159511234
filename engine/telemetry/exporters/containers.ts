/** cAdvisor: what the kubelet of its node sees of one container. */
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { memoryBytes } from '../../cluster/memory.ts';
import { putSample } from '../series-store.ts';
import type { Sampler } from '../series-store.ts';
import { containerScope } from './process-scope.ts';
import { processorUsage } from './processor-usage.ts';

/** Samples a container whose process lives; one that has ended is gone from cAdvisor too. */
export function sampleContainer(sampler: Sampler, cluster: Cluster, process: Process): void {
  const { cpu } = process;
  const { idleCores } = cluster.plan.programs[process.program].spec;
  const scope = containerScope(process);
  const { usedMicros, throttledMicros } = processorUsage(process, idleCores, cluster.nowMicros);
  putSample(sampler, 'container_cpu_usage_seconds_total', scope, usedMicros / 1_000_000);
  putSample(sampler, 'container_memory_working_set_bytes', scope, memoryBytes(cluster, process));
  putSample(sampler, 'container_spec_memory_limit_bytes', scope, process.memoryLimitBytes);
  // As on a real kernel, only a cgroup with a quota has bandwidth statistics.
  if (cpu.quotaMicros === 0) return;
  putSample(sampler, 'container_spec_cpu_quota', scope, cpu.quotaMicros);
  putSample(sampler, 'container_cpu_cfs_periods_total', scope, cpu.periods);
  putSample(sampler, 'container_cpu_cfs_throttled_periods_total', scope, cpu.throttledPeriods);
  putSample(sampler, 'container_cpu_cfs_throttled_seconds_total', scope, throttledMicros / 1_000_000);
}
