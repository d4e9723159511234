/** A pod bound to a node comes to its kubelet. */
import { schedule } from '../../../kernel/event-queue.ts';
import type { KubeObject } from '../api-types.ts';
import { entityDelay } from '../control-delay.ts';
import { controllerOf } from '../controllers/pod-facts.ts';
import { EVENT_POD_STEP } from '../event-kinds.ts';
import { objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject } from '../object-reads.ts';
import { timestampAt } from '../timestamps.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';
import { newBackOff } from './restart-backoff.ts';

const DRAW_SEEN = 1;

/** `namespace/name` of what a pod belongs to: its deployment, its other controller, or itself. */
function workloadOf(world: World, object: KubeObject): string {
  const namespace = object.metadata.namespace ?? '';
  const controller = controllerOf(object);
  if (controller === undefined) return `${namespace}/${object.metadata.name}`;
  if (controller.kind !== 'ReplicaSet') return `${namespace}/${controller.name}`;
  const set = getObject(world, 'replicasets', namespace, controller.name);
  const deployment = set === undefined ? undefined : controllerOf(set);
  return `${namespace}/${deployment?.name ?? controller.name}`;
}

function newContainer(name: string, init: boolean): ContainerRuntime {
  return {
    name,
    init,
    step: 'idle',
    slot: -1,
    process: -1,
    previous: -1,
    running: false,
    stopping: false,
    started: false,
    ready: false,
    restartCount: 0,
    restart: newBackOff(),
    pull: newBackOff(),
    dueMicros: 0,
    state: { waiting: { reason: init ? 'PodInitializing' : 'ContainerCreating' } },
    lastState: {},
    containerId: '',
    probes: [null, null, null],
  };
}

/** Takes a bound pod in and looks at it 20 to 100 ms later, as the watch of a kubelet would. */
export function admitPod(world: World, object: KubeObject): void {
  const { cluster, kube } = world;
  const node = textAt(object.spec, 'nodeName');
  const host = cluster.hosts.findIndex((one) => one.name === node);
  if (host < 0 || kube.podSerials.has(object.metadata.uid)) return;
  const workload = workloadOf(world, object);
  const counter = `pods of ${workload}`;
  const ordinal = kube.ordinals.get(counter) ?? 0;
  kube.ordinals.set(counter, ordinal + 1);
  const init = objectsAt(object.spec, 'initContainers').map((spec) =>
    newContainer(textAt(spec, 'name'), true),
  );
  const main = objectsAt(object.spec, 'containers').map((spec) => newContainer(textAt(spec, 'name'), false));
  if (init.length > 0) for (const one of main) one.state = { waiting: { reason: 'PodInitializing' } };
  const pod: PodRuntime = {
    serial: ++kube.lastPodSerial,
    uid: object.metadata.uid,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    host,
    workload,
    ordinal,
    ip: '',
    startTime: timestampAt(kube.store, cluster.nowMicros),
    mounted: false,
    mountFailures: 0,
    disks: new Map(),
    stopping: false,
    orphaned: false,
    refreshDue: false,
    containers: [...init, ...main],
  };
  kube.pods.set(pod.serial, pod);
  kube.podSerials.set(pod.uid, pod.serial);
  const wait = entityDelay(world, { workload, ordinal, step: DRAW_SEEN }, 20_000, 100_000);
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_POD_STEP, pod.serial, 0);
}
