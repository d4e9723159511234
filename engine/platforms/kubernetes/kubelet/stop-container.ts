/** Stopping a container: its preStop hook, SIGTERM, and SIGKILL at the end of the grace period. */
import { stopProcess } from '../../../cluster/processes.ts';
import type { KubeObject } from '../api-types.ts';
import { countAt, numberAt, objectAt, textsAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { endProbes } from './plan-probe.ts';
import { dropStep, planStep } from './plan-step.ts';
import { containerSpec, podObject } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

const SECOND = 1_000_000;
/** What a pod gets that was deleted by force: the kubelet never kills without a word. */
const LEAST_GRACE_MICROS = 2 * SECOND;

/** How long a pod's containers may take to stop, microseconds. */
function graceMicros(object: KubeObject | undefined): number {
  const seconds =
    object?.metadata.deletionGracePeriodSeconds ??
    numberAt(object?.spec, 'terminationGracePeriodSeconds') ??
    30;
  return Math.max(seconds * SECOND, LEAST_GRACE_MICROS);
}

/** How long a preStop hook sleeps, microseconds; only sleeping hooks are modelled. */
function hookMicros(object: KubeObject, container: ContainerRuntime): number {
  const hook = objectAt(objectAt(containerSpec(object, container), 'lifecycle'), 'preStop');
  const sleep = objectAt(hook, 'sleep');
  if (sleep !== undefined) return countAt(sleep, 'seconds') * SECOND;
  const command = textsAt(objectAt(hook, 'exec'), 'command').join(' ');
  const seconds = /\bsleep (\d+)/.exec(command);
  return seconds === null ? 0 : Number(seconds[1]) * SECOND;
}

/** Begins to stop a running container. */
export function stopContainer(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  endProbes(world, container);
  dropStep(world, container);
  if (!container.running || container.stopping) return;
  container.stopping = true;
  const hook = Math.min(hookMicros(object, container), graceMicros(object));
  container.dueMicros = world.cluster.nowMicros + graceMicros(object);
  if (hook > 0) planStep(world, pod, container, { step: 'stop', afterMicros: hook });
  else stopNow(world, pod, container);
}

/** Sends SIGTERM; what is left of the grace period runs. */
export function stopNow(world: World, pod: PodRuntime, container: ContainerRuntime): void {
  if (container.process < 0 || !container.running) return;
  const whole = podObject(world, pod) === undefined ? world.cluster.nowMicros : container.dueMicros;
  const left = Math.max(LEAST_GRACE_MICROS, whole - world.cluster.nowMicros);
  stopProcess(world.cluster, container.process, left);
}
