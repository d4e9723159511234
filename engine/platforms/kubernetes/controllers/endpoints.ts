/**
 * The endpoints controller and the balancers behind it: which pods answer for a service.
 *
 * Reads   services and pods. Emits   Endpoints objects; after the time that kube-proxy and the ingress
 *         controller take to follow, the processes that balancers pick from.
 */
import { schedule } from '../../../kernel/event-queue.ts';
import { setServiceTargets } from '../../../cluster/service-targets.ts';
import type { Json, JsonObject, KubeObject } from '../api-types.ts';
import { controlDelay } from '../control-delay.ts';
import { EVENT_TARGETS_SPREAD } from '../event-kinds.ts';
import { asJson, flagAt, memberAt, numberAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import type { PodRuntime } from '../kubelet/pod-runtime.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { createObject, deleteObject, replaceObject } from '../object-writes.ts';
import type { Backend } from './endpoint-slices.ts';
import { writeSlices } from './endpoint-slices.ts';
import { isReadyPod, isTerminating } from './pod-facts.ts';
import { sortedJson } from './template-hash.ts';

const WRITER = 'endpoint-controller';
const LEAST_SPREAD = 200_000;
const MOST_SPREAD = 1_000_000;

/** Brings a service's Endpoints up to date and tells the balancers when its processes changed. */
export function reconcileEndpoints(world: World, namespace: string, name: string): void {
  const service = getObject(world, 'services', namespace, name);
  const stored = getObject(world, 'endpoints', namespace, name);
  if (service === undefined) {
    if (stored !== undefined) deleteObject(world, WRITER, { resource: 'endpoints', namespace, name });
    spread(world, `${namespace}/${name}`, []);
    return;
  }
  const selector = textMapAt(service.spec, 'selector');
  if (Object.keys(selector).length === 0) return;
  const all = backendsOf(world, service, selector);
  writeSlices(world, service, groupByPorts(all));
  const early = flagAt(service.spec, 'publishNotReadyAddresses');
  const backends = early ? all : all.filter((backend) => !isTerminating(backend.pod));
  writeEndpoints(world, service, stored, subsetsOf(backends));
  const serving = backends.filter((backend) => backend.ready);
  spread(
    world,
    `${namespace}/${name}`,
    serving.flatMap((backend) => targetsOf(world, backend)),
  );
}

function backendsOf(world: World, service: KubeObject, selector: { [key: string]: string }): Backend[] {
  const early = flagAt(service.spec, 'publishNotReadyAddresses');
  const backends: Backend[] = [];
  for (const pod of listObjects(world, 'pods', service.metadata.namespace)) {
    const phase = textAt(pod.status, 'phase');
    if (textAt(pod.status, 'podIP') === '' || phase === 'Succeeded' || phase === 'Failed') continue;
    const labels = pod.metadata.labels ?? {};
    if (!Object.keys(selector).every((key) => labels[key] === selector[key])) continue;
    backends.push({ pod, ready: early || isReadyPod(pod), ports: portsOf(service, pod) });
  }
  return backends.sort((a, b) =>
    compareAddresses(textAt(a.pod.status, 'podIP'), textAt(b.pod.status, 'podIP')),
  );
}

/** The service's ports as this pod serves them; a named target port may differ from pod to pod. */
function portsOf(service: KubeObject, pod: KubeObject): JsonObject[] {
  const open = objectsAt(pod.spec, 'containers').flatMap((container) => objectsAt(container, 'ports'));
  return objectsAt(service.spec, 'ports').flatMap((port): JsonObject[] => {
    const target: Json = memberAt(port, 'targetPort') ?? memberAt(port, 'port') ?? 0;
    const named = open.find((one) => textAt(one, 'name') === target);
    const number = typeof target === 'number' ? target : numberAt(named, 'containerPort');
    if (number === undefined || number === 0) return [];
    const name = textAt(port, 'name');
    const protocol = textAt(port, 'protocol') || 'TCP';
    return [name === '' ? { port: number, protocol } : { name, port: number, protocol }];
  });
}

/** Compares IPv4 addresses by their numbers. */
function compareAddresses(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let part = 0; part < 4; part++) if (a[part] !== b[part]) return (a[part] ?? 0) - (b[part] ?? 0);
  return 0;
}

function addressOf(pod: KubeObject): JsonObject {
  const { name, namespace, uid } = pod.metadata;
  return {
    ip: textAt(pod.status, 'podIP'),
    nodeName: textAt(pod.spec, 'nodeName'),
    targetRef: { kind: 'Pod', name, namespace: namespace ?? '', uid },
  };
}

/** Backends with equal ports together, in order of their first address. */
function groupByPorts(backends: Backend[]): Backend[][] {
  const groups = new Map<string, Backend[]>();
  for (const backend of backends) {
    if (backend.ports.length === 0) continue;
    const key = sortedJson(backend.ports);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [backend]);
    else group.push(backend);
  }
  return [...groups.values()];
}

/** The subsets of an Endpoints object: ready addresses apart from the others. */
function subsetsOf(backends: Backend[]): JsonObject[] {
  return groupByPorts(backends).map((group) => {
    const subset: JsonObject = {};
    const ready = group.filter((backend) => backend.ready);
    const others = group.filter((backend) => !backend.ready);
    if (ready.length > 0) subset.addresses = ready.map((backend) => addressOf(backend.pod));
    if (others.length > 0) subset.notReadyAddresses = others.map((backend) => addressOf(backend.pod));
    subset.ports = cloneJson(group[0].ports);
    return subset;
  });
}

function writeEndpoints(
  world: World,
  service: KubeObject,
  stored: KubeObject | undefined,
  subsets: JsonObject[],
): void {
  const { name, labels } = service.metadata;
  const namespace = service.metadata.namespace ?? '';
  const metadata: JsonObject = { name, namespace };
  if (labels !== undefined) metadata.labels = { ...labels };
  const body: JsonObject = { apiVersion: 'v1', kind: 'Endpoints', metadata };
  if (subsets.length > 0) body.subsets = subsets;
  if (stored === undefined) {
    createObject(world, WRITER, { resource: 'endpoints', namespace }, body);
    return;
  }
  const before = memberAt(asJson(stored), 'subsets') ?? [];
  if (equalJson(before, subsets) && equalJson(stored.metadata.labels ?? {}, labels ?? {})) return;
  replaceObject(world, WRITER, { resource: 'endpoints', namespace, name }, body);
}

/** The processes of a pod that listen on the ports the service sends to. */
function targetsOf(world: World, backend: Backend): number[] {
  const { cluster, kube } = world;
  const serial = kube.podSerials.get(backend.pod.metadata.uid);
  const pod: PodRuntime | undefined = serial === undefined ? undefined : kube.pods.get(serial);
  if (pod === undefined) return [];
  const wanted = backend.ports.map((port) => numberAt(port, 'port'));
  return pod.containers.flatMap((container) => {
    if (!container.running || container.process < 0) return [];
    const { spec } = cluster.plan.programs[cluster.processes[container.process].program];
    const serves = spec.port > 0 && (wanted.includes(spec.port) || wanted.includes(spec.adminPort));
    return serves ? [container.process] : [];
  });
}

/** Sends a service's processes on their way to the balancers, if they changed. */
function spread(world: World, service: string, processes: number[]): void {
  const { cluster, kube } = world;
  const known = kube.serviceProcesses.get(service);
  if (known === undefined && processes.length === 0) return;
  if (
    known !== undefined &&
    known.length === processes.length &&
    known.every((one, at) => one === processes[at])
  ) {
    return;
  }
  kube.serviceProcesses.set(service, processes);
  for (const waiting of kube.spreading.values()) if (waiting === service) return;
  const id = ++kube.lastSpread;
  kube.spreading.set(id, service);
  const wait = controlDelay(world, `targets of ${service}`, LEAST_SPREAD, MOST_SPREAD);
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_TARGETS_SPREAD, id, 0);
}

/** The balancers have followed: they pick from the processes that now stand behind the service. */
export function handleTargetsSpread(world: World, id: number): void {
  const { cluster, kube } = world;
  const service = kube.spreading.get(id);
  if (service === undefined) return;
  kube.spreading.delete(id);
  setServiceTargets(cluster, service, kube.serviceProcesses.get(service) ?? []);
}
