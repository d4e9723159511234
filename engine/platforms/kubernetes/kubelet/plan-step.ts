/** Planning what a kubelet does next with a container. */
import { cancelEvent, schedule } from '../../../kernel/event-queue.ts';
import { EVENT_CONTAINER_STEP } from '../event-kinds.ts';
import type { World } from '../kube-state.ts';
import type { ContainerRuntime, ContainerStep, PodRuntime } from './pod-runtime.ts';

/** Plans a container's next step; an earlier plan is dropped. */
export function planStep(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  next: { step: ContainerStep; afterMicros: number },
): void {
  const { cluster } = world;
  dropStep(world, container);
  container.step = next.step;
  const number = pod.containers.indexOf(container);
  const at = cluster.nowMicros + next.afterMicros;
  container.slot = schedule(cluster.queue, at, EVENT_CONTAINER_STEP, pod.serial, number);
}

/** Drops what was planned for a container. */
export function dropStep(world: World, container: ContainerRuntime): void {
  if (container.slot >= 0) cancelEvent(world.cluster.queue, container.slot);
  container.slot = -1;
  container.step = 'idle';
}
