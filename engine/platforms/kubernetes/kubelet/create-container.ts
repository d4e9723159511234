/** Making and starting a container: its environment, files, disks and limits become a process. */
import { drawU32, hashText } from '../../../kernel/chance.ts';
import { PURPOSE_IDENTITY } from '../../../kernel/purposes.ts';
import { forgetProcess, startProcess } from '../../../cluster/processes.ts';
import type { JsonObject, KubeObject } from '../api-types.ts';
import { controlDelay } from '../control-delay.ts';
import { spreadPolicies } from '../controllers/network-agents.ts';
import { memberAt, objectAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { quantityMilli, quantityUnits } from '../quantity.ts';
import { timestampAt } from '../timestamps.ts';
import { containerEnv } from './container-env.ts';
import { noteContainer } from './container-events.ts';
import { planStep } from './plan-step.ts';
import { containerSpec } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';
import { publishStatus } from './pod-status.ts';
import { containerFiles, containerMounts } from './pod-volumes.ts';
import { startProbes } from './probes.ts';
import { programOfImage } from './programs.ts';

const INIT_LEAST = 500_000;
const INIT_MOST = 1_500_000;

/** Creates and starts a container whose image is there. */
export function createContainer(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  const spec = containerSpec(object, container);
  if (spec === undefined) return;
  const { env, error } = containerEnv(world, pod, object, spec);
  if (error !== '') {
    refuseConfig(world, pod, container, { object, error });
    return;
  }
  if (container.state.terminated !== undefined) container.lastState = container.state;
  if (container.process >= 0 || container.containerId !== '') container.restartCount++;
  container.containerId = newContainerId(world, pod, container);
  if (container.init) startInit(world, pod, container);
  else startMain(world, pod, container, { object, spec, env });
  container.state = { running: { startedAt: timestampAt(world.kube.store, world.cluster.nowMicros) } };
  for (const [reason, verb] of [
    ['Created', 'Created container:'],
    ['Started', 'Started container'],
  ]) {
    const message = `${verb} ${container.name}`;
    noteContainer(world, pod, container, { object, text: { type: 'Normal', reason, message } });
  }
  publishStatus(world, pod);
}

type ConfigRefusal = { object: KubeObject; error: string };

/** A ConfigMap, Secret or key it needs is missing: tried again at each sync of the pod. */
function refuseConfig(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  { object, error }: ConfigRefusal,
): void {
  container.state = { waiting: { reason: 'CreateContainerConfigError', message: error } };
  const text = { type: 'Warning' as const, reason: 'Failed', message: `Error: ${error}` };
  noteContainer(world, pod, container, { object, text });
  publishStatus(world, pod);
  const afterMicros = controlDelay(world, `${pod.uid}/${container.name} config`, 10_000_000, 15_000_000);
  planStep(world, pod, container, { step: 'pull', afterMicros });
}

/** 64 hex digits, the same for the same container of the same pod. */
function newContainerId(world: World, pod: PodRuntime, container: ContainerRuntime): string {
  const key = hashText(`${pod.uid}/${container.name}`);
  let digits = '';
  for (let part = 0; part < 8; part++) {
    const word = drawU32(world.kube.store.identitySeed, PURPOSE_IDENTITY, key, container.restartCount, part);
    digits += word.toString(16).padStart(8, '0');
  }
  return `containerd://${digits}`;
}

function startInit(world: World, pod: PodRuntime, container: ContainerRuntime): void {
  container.running = true;
  const afterMicros = controlDelay(world, `${pod.uid}/${container.name} init`, INIT_LEAST, INIT_MOST);
  planStep(world, pod, container, { step: 'init-done', afterMicros });
}

/**
 * The weight of a container on a host whose processes contend: its CPU request × 1024, at least 2, as the
 * kubelet writes cpu.shares (MilliCPUToShares; a limit alone is its own request).
 */
function sharesOf(spec: JsonObject): number {
  const resources = objectAt(spec, 'resources');
  const asked =
    memberAt(objectAt(resources, 'requests'), 'cpu') ?? memberAt(objectAt(resources, 'limits'), 'cpu');
  const milli = typeof asked === 'string' || typeof asked === 'number' ? quantityMilli(asked) : 0;
  return Math.max(2, Math.floor((milli * 1024) / 1000));
}

/** A limit of a container, 0 when it has none. */
function limitOf(spec: JsonObject, resource: string, read: (value: string | number) => number): number {
  const value = memberAt(objectAt(objectAt(spec, 'resources'), 'limits'), resource);
  return typeof value === 'string' || typeof value === 'number' ? read(value) : 0;
}

type MainStart = { object: KubeObject; spec: JsonObject; env: Map<string, string> };

function startMain(world: World, pod: PodRuntime, container: ContainerRuntime, start: MainStart): void {
  const { cluster, kube } = world;
  const { object, spec, env } = start;
  if (container.previous >= 0) {
    forgetProcess(cluster, container.previous);
    kube.podOfProcess.delete(container.previous);
    kube.usage.delete(container.previous);
  }
  container.previous = container.process;
  const ordinal = kube.ordinals.get(pod.workload) ?? 0;
  kube.ordinals.set(pod.workload, ordinal + 1);
  container.process = startProcess(cluster, {
    program: programOfImage(cluster.plan, textAt(spec, 'image')),
    host: pod.host,
    owner: `${pod.namespace}/${pod.name}/${container.name}`,
    workload: pod.workload,
    ordinal,
    cpuLimitCores: limitOf(spec, 'cpu', quantityMilli) / 1000,
    memoryLimitBytes: limitOf(spec, 'memory', quantityUnits),
    env,
    configFiles: containerFiles(world, pod, { object, spec }, null),
    mounts: containerMounts(pod, spec),
    ...(cluster.hosts[pod.host].cpu === undefined ? {} : { cpuShares: sharesOf(spec) }),
  });
  kube.podOfProcess.set(container.process, pod.serial);
  container.running = true;
  container.stopping = false;
  startProbes(world, pod, container, spec);
  spreadPolicies(world, pod);
}
