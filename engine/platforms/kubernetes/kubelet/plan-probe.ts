/** Planning a container's probes, and ending them. */
import { cancelEvent, schedule } from '../../../kernel/event-queue.ts';
import { EVENT_PROBE } from '../event-kinds.ts';
import type { World } from '../kube-state.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

/** Plans a probe's next question; an earlier plan is dropped. */
export function planProbe(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  next: { kind: number; afterMicros: number },
): void {
  const probe = container.probes[next.kind];
  if (probe === null) return;
  const { cluster } = world;
  if (probe.slot >= 0) cancelEvent(cluster.queue, probe.slot);
  const operand = pod.containers.indexOf(container) * 4 + next.kind;
  probe.slot = schedule(
    cluster.queue,
    cluster.nowMicros + next.afterMicros,
    EVENT_PROBE,
    pod.serial,
    operand,
  );
}

/** Ends a container's probes. */
export function endProbes(world: World, container: ContainerRuntime): void {
  for (const probe of container.probes) {
    if (probe === null) continue;
    if (probe.slot >= 0) cancelEvent(world.cluster.queue, probe.slot);
    if (probe.token >= 0) world.kube.probeFlights.delete(probe.token);
    probe.slot = -1;
    probe.token = -1;
  }
  container.probes = [null, null, null];
}
