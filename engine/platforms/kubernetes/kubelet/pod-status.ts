/**
 * The status a kubelet reports for a pod: phase, conditions, addresses, containers.
 *
 * Written only when it differs from what the store has, so a calm pod writes nothing.
 */
import type { Json, JsonObject, KubeObject } from '../api-types.ts';
import { hashText } from '../../../kernel/chance.ts';
import { conditionOf, hasCondition } from '../conditions.ts';
import { objectAt, textAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { nodeAddress } from '../node-address.ts';
import { writeStatus } from '../object-writes.ts';
import { timestampAt } from '../timestamps.ts';
import { imageRepository } from './programs.ts';
import { containerSpec, podObject } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

/** Writes a pod's status as the kubelet sees it now. */
export function publishStatus(world: World, pod: PodRuntime): void {
  const object = podObject(world, pod);
  if (object === undefined) return;
  writeStatus(world, 'kubelet', 'pods', { object, status: statusOf(world, pod, object) });
}

function statusOf(world: World, pod: PodRuntime, object: KubeObject): JsonObject {
  const phase = phaseOf(pod, textAt(object.spec, 'restartPolicy') || 'Always');
  const address = nodeAddress(pod.host);
  const before = object.status;
  const status: JsonObject = {
    phase,
    conditions: conditionsOf(world, pod, object, phase),
    hostIP: address,
    hostIPs: [{ ip: address }],
    startTime: pod.startTime,
  };
  if (pod.ip !== '') {
    status.podIP = pod.ip;
    status.podIPs = [{ ip: pod.ip }];
  }
  if (textAt(before, 'qosClass') !== '') status.qosClass = textAt(before, 'qosClass');
  const init = pod.containers.filter((container) => container.init);
  if (init.length > 0) status.initContainerStatuses = init.map((one) => containerStatus(object, one));
  const main = pod.containers.filter((container) => !container.init);
  status.containerStatuses = main.map((one) => containerStatus(object, one));
  return status;
}

/** The pod's phase, as the kubelet counts it from the states of its containers. */
function phaseOf(pod: PodRuntime, restartPolicy: string): string {
  const initLeft = pod.containers.some(
    (one) => one.init && objectAt(one.state, 'terminated')?.exitCode !== 0,
  );
  if (initLeft) return 'Pending';
  let running = 0;
  let waiting = 0;
  let succeeded = 0;
  let failed = 0;
  for (const container of pod.containers) {
    if (container.init) continue;
    const ended = objectAt(container.state, 'terminated') ?? objectAt(container.lastState, 'terminated');
    if (objectAt(container.state, 'running') !== undefined) running++;
    else if (ended === undefined) waiting++;
    else if (ended.exitCode === 0 && objectAt(container.state, 'terminated') !== undefined) succeeded++;
    else failed++;
  }
  if (waiting > 0) return 'Pending';
  if (running > 0) return 'Running';
  if (pod.stopping) return failed > 0 ? 'Failed' : 'Succeeded';
  if (restartPolicy === 'Always') return 'Running';
  if (failed === 0) return succeeded > 0 ? 'Succeeded' : 'Running';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

type Judged = { type: string; holds: boolean; reason: string; message: string };

function conditionsOf(world: World, pod: PodRuntime, object: KubeObject, phase: string): JsonObject[] {
  const names = (which: ContainerRuntime[]): string => `[${which.map((one) => one.name).join(' ')}]`;
  const unready = pod.containers.filter((one) => !one.init && !one.ready);
  const initLeft = pod.containers.filter(
    (one) => one.init && objectAt(one.state, 'terminated')?.exitCode !== 0,
  );
  const ended = phase === 'Succeeded';
  const why = ended
    ? { reason: 'PodCompleted', message: '' }
    : { reason: 'ContainersNotReady', message: `containers with unready status: ${names(unready)}` };
  const judged: Judged[] = [
    { type: 'PodReadyToStartContainers', holds: pod.ip !== '', reason: '', message: '' },
    {
      type: 'Initialized',
      holds: initLeft.length === 0,
      reason: 'ContainersNotInitialized',
      message: `containers with incomplete status: ${names(initLeft)}`,
    },
    { type: 'Ready', holds: unready.length === 0, ...why },
    { type: 'ContainersReady', holds: unready.length === 0, ...why },
    { type: 'PodScheduled', holds: true, reason: '', message: '' },
  ];
  return judged.map((one) => conditionFor(world, object.status, one));
}

/** One condition; its transition time is kept while its status stays. */
function conditionFor(world: World, before: JsonObject | undefined, judged: Judged): JsonObject {
  const known = conditionOf(before, judged.type);
  const status = judged.holds ? 'True' : 'False';
  const same = known !== undefined && hasCondition(before, judged.type) === judged.holds;
  const now = timestampAt(world.kube.store, world.cluster.nowMicros);
  const condition: JsonObject = {
    type: judged.type,
    status,
    lastTransitionTime: same ? textAt(known, 'lastTransitionTime') : now,
  };
  if (!judged.holds && judged.reason !== '') condition.reason = judged.reason;
  if (!judged.holds && judged.message !== '') condition.message = judged.message;
  return condition;
}

/** A digest that looks like one and is the same for the same image. */
function imageId(image: string): string {
  let digest = '';
  for (let part = 0; part < 8; part++) digest += hashText(`${part}${image}`).toString(16).padStart(8, '0');
  return `${imageRepository(image)}@sha256:${digest}`;
}

function containerStatus(object: KubeObject, container: ContainerRuntime): JsonObject {
  const image = textAt(containerSpec(object, container), 'image');
  const begun = container.containerId !== '';
  const status: { [key: string]: Json } = {
    name: container.name,
    state: cloneJson(container.state),
    lastState: cloneJson(container.lastState),
    ready: container.init ? objectAt(container.state, 'terminated')?.exitCode === 0 : container.ready,
    restartCount: container.restartCount,
    image,
    imageID: begun ? imageId(image) : '',
    started: container.started && objectAt(container.state, 'running') !== undefined,
  };
  if (begun) status.containerID = container.containerId;
  return status;
}
