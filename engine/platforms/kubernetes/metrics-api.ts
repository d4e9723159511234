/**
 * What `kubectl top` shows: CPU and memory as metrics-server has them, from the last two scrapes.
 *
 * Why   Real readings lag: a pod that has just begun to burn CPU shows it 15 to 30 s later, and a new pod
 *       has no reading at first.
 */
import { schedule } from '../../kernel/event-queue.ts';
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { coresInUse } from '../../cluster/processor.ts';
import { memoryBytes } from '../../cluster/processes.ts';
import { EVENT_METRICS_SAMPLE } from './event-kinds.ts';
import type { UsageWindow, World } from './kube-state.ts';
import type { PodRuntime } from './kubelet/pod-runtime.ts';

const PERIOD_MICROS = 15_000_000;

/** A reading of one container. */
export type ContainerUsage = {
  /** Container name. */
  name: string;
  /** CPU, thousandths of a core. */
  cpuMillis: number;
  /** Working set, bytes. */
  memoryBytes: number;
};

/** A reading of one pod. */
export type PodUsage = {
  /** Namespace. */
  namespace: string;
  /** Pod name. */
  pod: string;
  /** Sum over containers, thousandths of a core. */
  cpuMillis: number;
  /** Sum over containers, bytes. */
  memoryBytes: number;
  /** By container. */
  containers: ContainerUsage[];
};

/** A reading of one node. */
export type NodeUsage = {
  /** Node name. */
  node: string;
  /** CPU, thousandths of a core. */
  cpuMillis: number;
  /** Share of the node's cores, 0–1. */
  cpuShare: number;
  /** Memory, bytes. */
  memoryBytes: number;
  /** Share of the node's memory, 0–1. */
  memoryShare: number;
};

/** What the system beside the pods takes on each node. */
const SYSTEM_CPU_MILLIS = 90;
const SYSTEM_MEMORY_BYTES = 734_003_200;

/** Plans the next scrape. */
export function planMetricsSample(world: World): void {
  const { cluster } = world;
  schedule(cluster.queue, cluster.nowMicros + PERIOD_MICROS, EVENT_METRICS_SAMPLE, 0, 0);
}

/** metrics-server scrapes all kubelets. */
export function handleMetricsSample(world: World): void {
  const { cluster, kube } = world;
  for (const pod of kube.pods.values()) {
    for (const container of pod.containers) {
      if (!container.running || container.process < 0) continue;
      const process = cluster.processes[container.process];
      const now = {
        atMicros: cluster.nowMicros,
        usedMicros: usedMicros(cluster, process),
        memoryBytes: memoryBytes(cluster, process),
      };
      const before = kube.usage.get(container.process)?.now ?? null;
      kube.usage.set(container.process, { before, now });
    }
  }
  planMetricsSample(world);
}

/**
 * CPU used ever, as it stands now. The machine counts when something happens; what passed since and what
 * an idle program takes is added here, because a look must not change what it looks at.
 */
function usedMicros(cluster: Cluster, process: Process): number {
  const { cpu } = process;
  const { idleCores } = cluster.plan.programs[process.program].spec;
  const sinceMicros = cluster.nowMicros - cpu.updatedMicros;
  return (
    cpu.usedMicros + sinceMicros * coresInUse(cpu) + idleCores * (cluster.nowMicros - process.startedMicros)
  );
}

/** CPU between the two scrapes, thousandths of a core; −1 while there is only one. */
function cpuOf({ before, now }: UsageWindow): number {
  if (before === null) return -1;
  return Math.ceil(((now.usedMicros - before.usedMicros) * 1000) / (now.atMicros - before.atMicros));
}

/** The reading of a pod, or null while one of its containers has none. */
function readPod(world: World, pod: PodRuntime): PodUsage | null {
  const containers: ContainerUsage[] = [];
  for (const container of pod.containers) {
    if (container.init) continue;
    const window = container.running ? world.kube.usage.get(container.process) : undefined;
    const cpuMillis = window === undefined ? -1 : cpuOf(window);
    if (window === undefined || cpuMillis < 0) return null;
    containers.push({ name: container.name, cpuMillis, memoryBytes: window.now.memoryBytes });
  }
  return {
    namespace: pod.namespace,
    pod: pod.name,
    cpuMillis: containers.reduce((sum, one) => sum + one.cpuMillis, 0),
    memoryBytes: containers.reduce((sum, one) => sum + one.memoryBytes, 0),
    containers,
  };
}

/** Readings of all pods that have one, in order of their start. */
export function podUsage(world: World): PodUsage[] {
  return [...world.kube.pods.values()].flatMap((pod) => readPod(world, pod) ?? []);
}

/** Readings of all nodes, in order of the hosts. */
export function nodeUsage(world: World): NodeUsage[] {
  const { cluster, kube } = world;
  return cluster.hosts.map((host, number) => {
    let cpuMillis = SYSTEM_CPU_MILLIS;
    let bytes = SYSTEM_MEMORY_BYTES;
    for (const pod of kube.pods.values()) {
      const usage = pod.host === number ? readPod(world, pod) : null;
      cpuMillis += usage?.cpuMillis ?? 0;
      bytes += usage?.memoryBytes ?? 0;
    }
    return {
      node: host.name,
      cpuMillis,
      cpuShare: cpuMillis / (host.cores * 1000),
      memoryBytes: bytes,
      memoryShare: bytes / host.memoryBytes,
    };
  });
}
