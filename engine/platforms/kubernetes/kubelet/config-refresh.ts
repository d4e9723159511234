/** Mounted ConfigMaps and Secrets follow their objects, at the kubelet's own leisure: 20 to 90 s later. */
import { schedule } from '../../../kernel/event-queue.ts';
import { setConfigFiles } from '../../../cluster/settings.ts';
import { controlDelay } from '../control-delay.ts';
import { EVENT_CONFIG_REFRESH } from '../event-kinds.ts';
import type { World } from '../kube-state.ts';
import { containerSpec, podObject } from './pod-reads.ts';
import { containerFiles, mountsConfig, prepareVolumes } from './pod-volumes.ts';

const LEAST_MICROS = 20_000_000;
const MOST_MICROS = 90_000_000;

/** A ConfigMap or Secret has changed: pods that mount it will see it. */
export function planConfigRefresh(
  world: World,
  kind: 'configmaps' | 'secrets',
  namespace: string,
  name: string,
): void {
  for (const pod of world.kube.pods.values()) {
    if (pod.namespace !== namespace || pod.refreshDue || pod.stopping) continue;
    const object = podObject(world, pod);
    if (object === undefined || !mountsConfig(object, kind, name)) continue;
    pod.refreshDue = true;
    const wait = controlDelay(world, `${pod.uid} refresh`, LEAST_MICROS, MOST_MICROS);
    schedule(world.cluster.queue, world.cluster.nowMicros + wait, EVENT_CONFIG_REFRESH, pod.serial, 0);
  }
}

/** The kubelet brings a pod's mounted files up to date; while an object is missing, the old files stay. */
export function handleConfigRefresh(world: World, serial: number): void {
  const pod = world.kube.pods.get(serial);
  const object = pod === undefined ? undefined : podObject(world, pod);
  if (pod === undefined || object === undefined) return;
  pod.refreshDue = false;
  if (pod.stopping || prepareVolumes(world, pod, object) !== null) return;
  for (const container of pod.containers) {
    const spec = containerSpec(object, container);
    if (!container.running || container.process < 0 || spec === undefined) continue;
    const kept = world.cluster.processes[container.process].configFiles;
    setConfigFiles(world.cluster, container.process, containerFiles(world, pod, { object, spec }, kept));
  }
}
