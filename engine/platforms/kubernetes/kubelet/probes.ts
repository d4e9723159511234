/**
 * Probes: small real requests to the container's process, at their own periods.
 *
 * Why   A probe shares the process' CPU with its load. A throttled or overloaded process therefore fails
 *       its probes by itself, is taken out of its service or restarted, and makes the others' load worse.
 */
import type { Fact } from '../../../cluster/cluster-state.ts';
import { inquireProcess } from '../../../cluster/inquiries.ts';
import type { JsonObject, KubeObject } from '../api-types.ts';
import { controlDelay } from '../control-delay.ts';
import type { World } from '../kube-state.ts';
import { noteContainer } from './container-events.ts';
import { planProbe } from './plan-probe.ts';
import { containerSpec, podObject } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime, ProbeRuntime } from './pod-runtime.ts';
import { PROBE_LIVENESS, PROBE_NAMES, PROBE_READINESS, PROBE_STARTUP } from './pod-runtime.ts';
import { publishStatus } from './pod-status.ts';
import type { ProbeSettings } from './probe-settings.ts';
import { failureText, probedPort, probeSettings } from './probe-settings.ts';
import { stopContainer } from './stop-container.ts';

const KINDS = [PROBE_READINESS, PROBE_LIVENESS, PROBE_STARTUP];
/** How late the first question may come after the initial delay. */
const FIRST_MOST_MICROS = 1_000_000;

/** Sets up the probes of a container that has just started. */
export function startProbes(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  spec: JsonObject,
): void {
  container.probes = KINDS.map((kind) =>
    probeSettings(spec, kind) === null
      ? null
      : { slot: -1, token: -1, successes: 0, failures: 0, result: 'unknown' as const },
  );
  container.started = container.probes[PROBE_STARTUP] === null;
  container.ready = container.started && container.probes[PROBE_READINESS] === null;
  for (const kind of KINDS) {
    const settings = probeSettings(spec, kind);
    if (settings === null) continue;
    const most = Math.min(settings.periodMicros, FIRST_MOST_MICROS);
    const late = controlDelay(world, `${pod.uid}/${container.name}/${kind}`, 0, most);
    planProbe(world, pod, container, { kind, afterMicros: settings.initialDelayMicros + late });
  }
}

/** A probe is due: ask, unless the last question is still out or the container has not started up. */
export function handleProbe(world: World, serial: number, operand: number): void {
  const pod = world.kube.pods.get(serial);
  const container = pod?.containers[operand >> 2];
  const kind = operand & 3;
  const probe = container?.probes[kind] ?? null;
  if (pod === undefined || container === undefined || probe === null) return;
  probe.slot = -1;
  const object = podObject(world, pod);
  const spec = object === undefined ? undefined : containerSpec(object, container);
  const settings = spec === undefined ? null : probeSettings(spec, kind);
  if (object === undefined || settings === null) return;
  planProbe(world, pod, container, { kind, afterMicros: settings.periodMicros });
  const waits = kind === PROBE_STARTUP ? container.started : !container.started;
  if (probe.token >= 0 || waits) return;
  const { cluster, kube } = world;
  const port = probedPort(cluster.plan, cluster.processes[container.process].program, settings);
  if (port === null) {
    const works = settings.kind === 'exec';
    judge(world, { pod, container, kind, probe, settings, object }, works ? '' : 'refused');
    return;
  }
  probe.token = inquireProcess(cluster, container.process, port, 'probe', settings.timeoutMicros);
  const number = operand >> 2;
  kube.probeFlights.set(probe.token, { pod: serial, container: number, kind, process: container.process });
}

/** An inquiry was answered; true when it was a probe's. */
export function handleProbeAnswer(world: World, fact: Extract<Fact, { type: 'answered' }>): boolean {
  const { kube } = world;
  const flight = kube.probeFlights.get(fact.token);
  if (flight === undefined) return false;
  kube.probeFlights.delete(fact.token);
  const pod = kube.pods.get(flight.pod);
  const container = pod?.containers[flight.container];
  const probe = container?.probes[flight.kind] ?? null;
  if (pod === undefined || container === undefined || probe === null) return true;
  if (probe.token === fact.token) probe.token = -1;
  const object = podObject(world, pod);
  const spec = object === undefined ? undefined : containerSpec(object, container);
  const settings = spec === undefined ? null : probeSettings(spec, flight.kind);
  if (object === undefined || settings === null || container.process !== flight.process) return true;
  judge(
    world,
    { pod, container, kind: flight.kind, probe, settings, object },
    fact.ok ? '' : fact.error || 'error',
  );
  return true;
}

type Judgement = {
  pod: PodRuntime;
  container: ContainerRuntime;
  kind: number;
  probe: ProbeRuntime;
  settings: ProbeSettings;
  object: KubeObject;
};

/** Counts an answer ('' = success) and acts once enough in a row agree. */
function judge(world: World, about: Judgement, error: string): void {
  const { pod, container, kind, probe, settings, object } = about;
  if (!container.running || container.stopping) return;
  if (error === '') {
    probe.successes++;
    probe.failures = 0;
    if (probe.result === 'success' || probe.successes < settings.successThreshold) return;
    probe.result = 'success';
    passed(world, pod, container, kind);
    return;
  }
  probe.failures++;
  probe.successes = 0;
  const message = `${PROBE_NAMES[kind]} probe failed: ${failureText(settings, pod.ip, error)}`;
  noteContainer(world, pod, container, { object, text: { type: 'Warning', reason: 'Unhealthy', message } });
  if (probe.failures < settings.failureThreshold || probe.result === 'failure') return;
  probe.result = 'failure';
  failed(world, about);
}

function passed(world: World, pod: PodRuntime, container: ContainerRuntime, kind: number): void {
  if (kind === PROBE_STARTUP) {
    container.started = true;
    container.ready = container.probes[PROBE_READINESS] === null;
    // The others need not wait for their next turn.
    for (const other of [PROBE_READINESS, PROBE_LIVENESS]) {
      planProbe(world, pod, container, { kind: other, afterMicros: 1000 });
    }
    publishStatus(world, pod);
  } else if (kind === PROBE_READINESS) {
    container.ready = true;
    publishStatus(world, pod);
  }
}

function failed(world: World, { pod, container, kind, object }: Judgement): void {
  if (kind === PROBE_READINESS) {
    container.ready = false;
    publishStatus(world, pod);
    return;
  }
  const probe = PROBE_NAMES[kind].toLowerCase();
  const message = `Container ${container.name} failed ${probe} probe, will be restarted`;
  noteContainer(world, pod, container, { object, text: { type: 'Normal', reason: 'Killing', message } });
  stopContainer(world, pod, container, object);
}
