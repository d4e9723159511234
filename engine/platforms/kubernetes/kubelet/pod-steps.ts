/**
 * What a kubelet does with a pod as a whole: mounts, network, start, graceful end.
 *
 * Emits   FailedMount, FailedAttachVolume, SuccessfulAttachVolume and Killing events; statuses.
 */
import { schedule } from '../../../kernel/event-queue.ts';
import type { Process } from '../../../cluster/cluster-state.ts';
import { forgetProcess } from '../../../cluster/processes.ts';
import type { JsonObject, KubeObject } from '../api-types.ts';
import { controlDelay, entityDelay } from '../control-delay.ts';
import { EVENT_POD_STEP } from '../event-kinds.ts';
import { flagAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { nodeAddress, podAddress } from '../node-address.ts';
import { noteEvent } from '../object-events.ts';
import { getObject } from '../object-reads.ts';
import { deleteObject } from '../object-writes.ts';
import { timestampAt } from '../timestamps.ts';
import { noteContainer } from './container-events.ts';
import { endProbes } from './plan-probe.ts';
import { dropStep, planStep } from './plan-step.ts';
import { containerSpec, nodeNameOf, podObject } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';
import { publishStatus } from './pod-status.ts';
import { prepareVolumes } from './pod-volumes.ts';
import { startNextContainers } from './start-containers.ts';
import { stopContainer } from './stop-container.ts';

const SECOND = 1_000_000;
const DRAW_MOUNT = 2;
const LAST_OCTET = 254;
/** .0 is the network, .1 its bridge. */
const FIRST_OCTET = 2;

/** A pod's kubelet looks at it. */
export function handlePodStep(world: World, serial: number): void {
  const pod = world.kube.pods.get(serial);
  const object = pod === undefined ? undefined : podObject(world, pod);
  if (pod === undefined || object === undefined) return;
  if (object.metadata.deletionTimestamp !== undefined) {
    stopPod(world, pod, object);
    return;
  }
  if (pod.ip !== '') return;
  if (!pod.mounted) {
    mountPod(world, pod, object);
    return;
  }
  pod.ip = flagAt(object.spec, 'hostNetwork') ? nodeAddress(pod.host) : takeAddress(world, pod.host);
  publishStatus(world, pod);
  startNextContainers(world, pod);
}

/** Has the kubelet look at a pod soon. */
export function wakePod(world: World, pod: PodRuntime, afterMicros: number): void {
  schedule(world.cluster.queue, world.cluster.nowMicros + afterMicros, EVENT_POD_STEP, pod.serial, 0);
}

/** The next free address of a node. */
function takeAddress(world: World, host: number): string {
  const node = world.kube.nodes[host];
  const taken = new Set<string>();
  for (const pod of world.kube.pods.values()) if (pod.host === host) taken.add(pod.ip);
  for (let tried = FIRST_OCTET; tried <= LAST_OCTET; tried++) {
    node.lastOctet = node.lastOctet >= LAST_OCTET ? FIRST_OCTET : Math.max(FIRST_OCTET, node.lastOctet + 1);
    if (!taken.has(podAddress(host, node.lastOctet))) break;
  }
  return podAddress(host, node.lastOctet);
}

function mountPod(world: World, pod: PodRuntime, object: KubeObject): void {
  const failure = prepareVolumes(world, pod, object);
  if (pod.mountFailures === 0) publishStatus(world, pod);
  const host = nodeNameOf(world, pod);
  if (failure !== null) {
    const source = failure.reason === 'FailedMount' ? 'kubelet' : 'attachdetach-controller';
    noteEvent(world, source, object, { type: 'Warning', ...failure }, source === 'kubelet' ? { host } : {});
    // As the kubelet's volume manager: half a second, doubling to two minutes.
    let wait = SECOND / 2;
    for (let failed = 0; failed < pod.mountFailures && wait < 122 * SECOND; failed++) wait *= 2;
    pod.mountFailures++;
    wakePod(world, pod, Math.min(wait, 122 * SECOND));
    return;
  }
  pod.mounted = true;
  const claims = objectsAt(object.spec, 'volumes').flatMap((volume) => {
    const claim = textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    return claim === '' ? [] : [claim];
  });
  for (const claim of claims) {
    const bound = getObject(world, 'persistentvolumeclaims', pod.namespace, claim);
    const message = `AttachVolume.Attach succeeded for volume "${textAt(bound?.spec, 'volumeName')}"`;
    const text = { type: 'Normal' as const, reason: 'SuccessfulAttachVolume', message };
    noteEvent(world, 'attachdetach-controller', object, text);
  }
  const entity = { workload: pod.workload, ordinal: pod.ordinal, step: DRAW_MOUNT };
  const most = claims.length > 0 ? 2 * SECOND : SECOND / 2;
  wakePod(world, pod, entityDelay(world, entity, most / 4, most));
}

/** Begins a graceful end; once no container runs, the pod's object goes. */
function stopPod(world: World, pod: PodRuntime, object: KubeObject): void {
  if (!pod.stopping) {
    pod.stopping = true;
    for (const container of pod.containers) {
      if (container.running && !container.init) {
        const text = {
          type: 'Normal' as const,
          reason: 'Killing',
          message: `Stopping container ${container.name}`,
        };
        noteContainer(world, pod, container, { object, text });
      }
      if (container.init) container.running = false;
      stopContainer(world, pod, container, object);
    }
  }
  if (pod.containers.some((container) => container.running)) return;
  publishStatus(world, pod);
  deleteObject(world, 'kubelet', { resource: 'pods', namespace: pod.namespace, name: pod.name }, 0);
}

/** How a process ended, as the API tells it; its last words only where the container asks for them. */
function terminatedState(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  process: Process,
): JsonObject {
  const { store } = world.kube;
  const state: JsonObject = {
    containerID: container.containerId,
    exitCode: process.exitCode,
    reason: process.exitReason,
    startedAt: timestampAt(store, process.startedMicros),
    finishedAt: timestampAt(store, process.exitedMicros),
  };
  const object = podObject(world, pod);
  const spec = object === undefined ? undefined : containerSpec(object, container);
  const tells =
    textAt(spec, 'terminationMessagePolicy') === 'FallbackToLogsOnError' && process.exitCode !== 0;
  if (tells && process.exitMessage !== '') state.message = process.exitMessage;
  return state;
}

/** A process of a pod has ended by itself, by a signal or because it was told to. */
export function handleProcessExit(world: World, number: number): void {
  const { cluster, kube } = world;
  const serial = kube.podOfProcess.get(number);
  const pod = serial === undefined ? undefined : kube.pods.get(serial);
  const container = pod?.containers.find((one) => one.process === number);
  if (pod === undefined || container === undefined || !container.running) return;
  const process = cluster.processes[number];
  endProbes(world, container);
  container.running = false;
  container.ready = false;
  container.started = false;
  container.state = { terminated: terminatedState(world, pod, container, process) };
  const work = `${pod.uid}/${container.name} exit`;
  if (pod.orphaned) {
    if (pod.containers.every((one) => !one.running)) removePod(world, pod);
  } else if (pod.stopping) {
    publishStatus(world, pod);
    wakePod(world, pod, controlDelay(world, work, 50_000, 400_000));
  } else {
    // The kubelet looks for dead containers once a second.
    planStep(world, pod, container, {
      step: 'exited',
      afterMicros: controlDelay(world, work, 100_000, SECOND),
    });
  }
}

/** A pod's object is gone: what still runs is stopped, then everything about it is forgotten. */
export function forgetPod(world: World, uid: string): void {
  const serial = world.kube.podSerials.get(uid);
  const pod = serial === undefined ? undefined : world.kube.pods.get(serial);
  if (pod === undefined) return;
  if (pod.containers.every((container) => !container.running || container.init)) {
    removePod(world, pod);
    return;
  }
  pod.orphaned = true;
  pod.stopping = true;
  for (const container of pod.containers) {
    endProbes(world, container);
    dropStep(world, container);
    if (!container.running || container.init || container.stopping) continue;
    container.stopping = true;
    planStep(world, pod, container, { step: 'stop', afterMicros: 1000 });
  }
}

/** Forgets a pod that runs nothing any more; what it kept on emptyDirs is lost. */
function removePod(world: World, pod: PodRuntime): void {
  const { cluster, kube } = world;
  for (const container of pod.containers) {
    endProbes(world, container);
    dropStep(world, container);
    for (const process of [container.process, container.previous]) {
      if (process < 0) continue;
      forgetProcess(cluster, process);
      kube.podOfProcess.delete(process);
      kube.usage.delete(process);
    }
  }
  for (const disk of pod.disks.values()) {
    const volume = cluster.volumes[disk];
    if (!volume.name.startsWith(`${pod.uid}/`)) continue;
    volume.files.clear();
    volume.usedBytes = 0;
  }
  for (const node of kube.nodes) node.policies.delete(pod.serial);
  kube.pods.delete(pod.serial);
  kube.podSerials.delete(pod.uid);
}
