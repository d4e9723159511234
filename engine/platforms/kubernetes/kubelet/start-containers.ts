/** Which of a pod's containers may start now: init containers one by one, then all others. */
import { entityDelay } from '../control-delay.ts';
import { objectAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { planStep } from './plan-step.ts';
import type { PodRuntime } from './pod-runtime.ts';

const DRAW_START = 70;

/** Begins to pull for every container whose turn has come. */
export function startNextContainers(world: World, pod: PodRuntime): void {
  if (pod.stopping) return;
  const waiting = pod.containers.find((one) => one.init && objectAt(one.state, 'terminated')?.exitCode !== 0);
  if (waiting !== undefined) {
    if (waiting.step === 'idle' && !waiting.running)
      planStep(world, pod, waiting, { step: 'pull', afterMicros: 1000 });
    return;
  }
  pod.containers.forEach((container, number) => {
    if (container.init || container.step !== 'idle' || container.running || container.process >= 0) return;
    const entity = { workload: pod.workload, ordinal: pod.ordinal, step: DRAW_START + number };
    planStep(world, pod, container, { step: 'pull', afterMicros: entityDelay(world, entity, 1_000, 50_000) });
  });
}
