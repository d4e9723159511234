/** Which process runs which container where: lookups for consoles, telemetry and faults. */
import type { World } from './kube-state.ts';
import type { ContainerRuntime, PodRuntime } from './kubelet/pod-runtime.ts';

/** Where a process runs, in Kubernetes' words. */
export type PodPlace = {
  /** Namespace. */
  namespace: string;
  /** Pod name. */
  pod: string;
  /** Container name. */
  container: string;
  /** Node name. */
  node: string;
  /** Controller `namespace/name` (the deployment for its pods), or the pod itself. */
  workload: string;
};

/** The pod of that name that has an object; pods that only finish dying without one are not found. */
function findPod(world: World, namespace: string, pod: string): PodRuntime | undefined {
  for (const one of world.kube.pods.values()) {
    if (one.name === pod && one.namespace === namespace && !one.orphaned) return one;
  }
  return undefined;
}

function findContainer(
  world: World,
  namespace: string,
  pod: string,
  container: string,
): ContainerRuntime | undefined {
  return findPod(world, namespace, pod)?.containers.find((one) => one.name === container);
}

/** The running process of a container, −1 when none runs. */
export function containerProcess(world: World, namespace: string, pod: string, container: string): number {
  const found = findContainer(world, namespace, pod, container);
  return found !== undefined && found.running ? found.process : -1;
}

/** The processes whose logs a container has: the present (or last) one and the one before; −1 for none. */
export function containerInstances(
  world: World,
  namespace: string,
  pod: string,
  container: string,
): { current: number; previous: number } {
  const found = findContainer(world, namespace, pod, container);
  return { current: found?.process ?? -1, previous: found?.previous ?? -1 };
}

/** Where a process runs or ran, or null once its pod is forgotten. */
export function podOfProcess(world: World, process: number): PodPlace | null {
  const { cluster, kube } = world;
  const serial = kube.podOfProcess.get(process);
  const pod = serial === undefined ? undefined : kube.pods.get(serial);
  const container = pod?.containers.find((one) => one.process === process || one.previous === process);
  if (pod === undefined || container === undefined) return null;
  return {
    namespace: pod.namespace,
    pod: pod.name,
    container: container.name,
    node: cluster.hosts[pod.host].name,
    workload: pod.workload,
  };
}
