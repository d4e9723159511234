/** node_exporter on every machine. */
import type { Cluster } from '../../cluster/cluster-state.ts';
import { conntrackEntries } from '../../cluster/conntrack.ts';
import { stolenMicros } from '../../cluster/host-cpu.ts';
import { memoryBytes } from '../../cluster/memory.ts';
import { putSample } from '../series-store.ts';
import type { Sampler } from '../series-store.ts';
import { processorUsage } from './processor-usage.ts';

/** Memory that the machine's own programs hold, bytes. */
const SYSTEM_BYTES = 629_145_600;

/** CPU time of a machine so far. */
export type NodeUsage = {
  /** Used by processes, microseconds. */
  userMicros: number;
  /** Unused, microseconds; counted up apart, so that it never falls. */
  idleMicros: number;
  /** Taken by the hypervisor, microseconds; absent on machines whose processes do not contend. */
  stealMicros?: number;
  /** When this was, microseconds. */
  atMicros: number;
};

/** CPU time and memory that processes use, by host; those that ended go on counting for CPU time. */
function usageByHost(cluster: Cluster): { cpu: number[]; memory: number[] } {
  const cpu = cluster.hosts.map(() => 0);
  const memory = cluster.hosts.map(() => 0);
  for (const process of cluster.processes) {
    const { idleCores } = cluster.plan.programs[process.program].spec;
    cpu[process.host] += processorUsage(process, idleCores, cluster.nowMicros).usedMicros;
    memory[process.host] += memoryBytes(cluster, process);
  }
  return { cpu, memory };
}

/** Samples every machine; `usage` is what it remembers, by host. */
export function sampleNodes(sampler: Sampler, cluster: Cluster, usage: NodeUsage[]): void {
  const { cpu, memory } = usageByHost(cluster);
  cluster.hosts.forEach((host, number) => {
    const scope = { key: host.name, labels: { node: host.name } };
    usage[number] ??= { userMicros: cpu[number], idleMicros: 0, atMicros: cluster.nowMicros };
    const known = usage[number];
    let room = host.cores * (cluster.nowMicros - known.atMicros) - (cpu[number] - known.userMicros);
    if (host.cpu !== undefined) {
      const stolen = stolenMicros(cluster, number);
      room -= stolen - (known.stealMicros ?? 0);
      known.stealMicros = stolen;
      putSample(sampler, 'node_cpu_seconds_total', scope, stolen / 1_000_000, 'mode', 'steal');
    }
    known.idleMicros += Math.max(0, room);
    // A process that is killed takes the last moments of its CPU time with it, uncounted.
    known.userMicros = Math.max(known.userMicros, cpu[number]);
    known.atMicros = cluster.nowMicros;
    const { userMicros, idleMicros } = known;
    putSample(sampler, 'node_cpu_seconds_total', scope, userMicros / 1_000_000, 'mode', 'user');
    putSample(sampler, 'node_cpu_seconds_total', scope, idleMicros / 1_000_000, 'mode', 'idle');
    if (host.conntrack !== undefined) {
      putSample(sampler, 'node_nf_conntrack_entries', scope, conntrackEntries(host, cluster.nowMicros));
      putSample(sampler, 'node_nf_conntrack_entries_limit', scope, host.conntrack.max);
      putSample(sampler, 'node_nf_conntrack_stat_drop', scope, host.conntrack.dropped);
    }
    const free = Math.max(0, host.memoryBytes - SYSTEM_BYTES - memory[number]);
    putSample(sampler, 'node_memory_MemTotal_bytes', scope, host.memoryBytes);
    putSample(sampler, 'node_memory_MemAvailable_bytes', scope, free);
    putSample(sampler, 'node_netstat_Tcp_RetransSegs', scope, host.retransmits);
    for (const [path, volume] of host.partitions) {
      const { capacityBytes, usedBytes } = cluster.volumes[volume];
      const avail = Math.max(0, capacityBytes - usedBytes);
      putSample(sampler, 'node_filesystem_size_bytes', scope, capacityBytes, 'mountpoint', path);
      putSample(sampler, 'node_filesystem_avail_bytes', scope, avail, 'mountpoint', path);
    }
  });
}
