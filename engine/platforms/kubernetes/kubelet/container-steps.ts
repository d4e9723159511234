/**
 * What a kubelet does with one container, step by step: pull, create, start, notice its end, start again.
 *
 * Emits   Pulling, Pulled, Created, Started, Failed and BackOff events with the real texts; statuses.
 */
import type { KubeObject } from '../api-types.ts';
import { controlDelay } from '../control-delay.ts';
import { objectAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { timestampAt } from '../timestamps.ts';
import { noteBackOff } from './container-events.ts';
import { createContainer } from './create-container.ts';
import { stepPull, stepPulled, stepPullBackOff } from './image-pulls.ts';
import { planStep } from './plan-step.ts';
import { podObject } from './pod-reads.ts';
import type { ContainerRuntime, ContainerStep, PodRuntime } from './pod-runtime.ts';
import { publishStatus } from './pod-status.ts';
import { durationWord, grow, isWaiting } from './restart-backoff.ts';
import { startNextContainers } from './start-containers.ts';
import { stopNow } from './stop-container.ts';

const SECOND = 1_000_000;

/** A container's planned step is due. */
export function handleContainerStep(world: World, serial: number, number: number): void {
  const pod = world.kube.pods.get(serial);
  if (pod === undefined) return;
  const container = pod.containers[number];
  const step = container.step;
  container.slot = -1;
  container.step = 'idle';
  const object = podObject(world, pod);
  if (step === 'stop') {
    stopNow(world, pod, container);
    return;
  }
  if (object === undefined || (pod.stopping && step !== 'exited')) return;
  takeStep(world, pod, { container, object, step });
}

/** One container, its pod's object and the step to take. */
type StepContext = { container: ContainerRuntime; object: KubeObject; step: ContainerStep };

function takeStep(world: World, pod: PodRuntime, context: StepContext): void {
  const { container, object, step } = context;
  switch (step) {
    case 'pull':
      stepPull(world, pod, container, object);
      break;
    case 'pulled':
      stepPulled(world, pod, container, object);
      break;
    case 'pull-backoff':
      stepPullBackOff(world, pod, container, object);
      break;
    case 'create':
      createContainer(world, pod, container, object);
      break;
    case 'init-done':
      endInit(world, pod, container);
      break;
    case 'exited':
      afterExit(world, pod, container, object);
      break;
    case 'crash-loop':
      waitOrRestart(world, pod, container, object);
      break;
    default:
      break;
  }
}

/** An init container has done its work; the next one may start. */
function endInit(world: World, pod: PodRuntime, container: ContainerRuntime): void {
  const startedAt = textAt(objectAt(container.state, 'running'), 'startedAt');
  container.state = {
    terminated: {
      containerID: container.containerId,
      exitCode: 0,
      reason: 'Completed',
      startedAt,
      finishedAt: timestampAt(world.kube.store, world.cluster.nowMicros),
    },
  };
  container.ready = true;
  container.running = false;
  publishStatus(world, pod);
  startNextContainers(world, pod);
}

/** The kubelet has noticed that a process ended: report it, then restart at once or after the back-off. */
function afterExit(world: World, pod: PodRuntime, container: ContainerRuntime, object: KubeObject): void {
  publishStatus(world, pod);
  if (pod.stopping) return;
  const { exitCode, exitedMicros } = world.cluster.processes[container.process];
  const policy = textAt(object.spec, 'restartPolicy') || 'Always';
  if (policy === 'Never' || (policy === 'OnFailure' && exitCode === 0)) return;
  const work = `${pod.uid}/${container.name}`;
  if (!isWaiting(container.restart, exitedMicros)) {
    grow(container.restart, exitedMicros);
    planStep(world, pod, container, {
      step: 'pull',
      afterMicros: controlDelay(world, work, 50_000, 300_000),
    });
    return;
  }
  const jitter = controlDelay(world, `${work} restart`, 0, SECOND);
  container.dueMicros = exitedMicros + container.restart.delayMicros + jitter;
  planStep(world, pod, container, {
    step: 'crash-loop',
    afterMicros: controlDelay(world, work, SECOND, 3 * SECOND),
  });
}

/** In CrashLoopBackOff: says so, again at every sync of the pod, until the wait is over. */
function waitOrRestart(world: World, pod: PodRuntime, container: ContainerRuntime, object: KubeObject): void {
  const now = world.cluster.nowMicros;
  if (now >= container.dueMicros) {
    grow(container.restart, now);
    planStep(world, pod, container, { step: 'pull', afterMicros: 0 });
    return;
  }
  if (container.state.terminated !== undefined) container.lastState = container.state;
  const wait = durationWord(container.restart.delayMicros);
  const place = `container=${container.name} pod=${pod.name}_${pod.namespace}(${pod.uid})`;
  container.state = {
    waiting: { reason: 'CrashLoopBackOff', message: `back-off ${wait} restarting failed ${place}` },
  };
  publishStatus(world, pod);
  noteBackOff(world, pod, container, object);
  const sync = controlDelay(world, `${pod.uid}/${container.name} sync`, 10 * SECOND, 15 * SECOND);
  const after = Math.min(sync, container.dueMicros - now);
  planStep(world, pod, container, { step: 'crash-loop', afterMicros: Math.max(1, after) });
}
