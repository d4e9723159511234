/**
 * A pod's volumes: which disk of the cluster stands behind each, and which files its ConfigMaps make.
 *
 * A volume's `subPath` on a disk is not modelled: the mount shows the whole disk.
 */
import { createVolume } from '../../../cluster/volumes.ts';
import type { Mount } from '../../../cluster/cluster-state.ts';
import type { JsonObject, KubeObject } from '../api-types.ts';
import { flagAt, memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject } from '../object-reads.ts';
import { quantityUnits } from '../quantity.ts';
import { configValues, configWord } from './config-values.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** What an emptyDir holds when it names no limit: a slice of the node's own disk. */
const EMPTY_DIR_BYTES = 2_147_483_648;

/** Why a volume cannot be mounted yet. */
export type MountFailure = { reason: string; message: string };

/** Finds or makes the disks of a pod; answers with why not, or null when all are there. */
export function prepareVolumes(world: World, pod: PodRuntime, object: KubeObject): MountFailure | null {
  for (const volume of objectsAt(object.spec, 'volumes')) {
    const failure = prepareVolume(world, pod, volume);
    if (failure !== null) return failure;
  }
  return null;
}

function prepareVolume(world: World, pod: PodRuntime, volume: JsonObject): MountFailure | null {
  const name = textAt(volume, 'name');
  const hostPath = objectAt(volume, 'hostPath');
  if (hostPath !== undefined) {
    const disk = partitionAt(world, pod.host, textAt(hostPath, 'path'));
    if (disk >= 0) pod.disks.set(name, disk);
    return null;
  }
  const emptyDir = objectAt(volume, 'emptyDir');
  if (emptyDir !== undefined) {
    if (!pod.disks.has(name)) pod.disks.set(name, newEmptyDir(world, pod, name, emptyDir));
    return null;
  }
  const claim = objectAt(volume, 'persistentVolumeClaim');
  if (claim !== undefined) return prepareClaim(world, pod, name, textAt(claim, 'claimName'));
  return missingConfig(world, pod, volume);
}

/** The partition of a host that a path lies on: the one with the longest matching path. */
function partitionAt(world: World, host: number, path: string): number {
  let best = '';
  let disk = -1;
  for (const [root, volume] of world.cluster.hosts[host].partitions) {
    const inside = path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
    if (!inside || root.length < best.length) continue;
    best = root;
    disk = volume;
  }
  return disk;
}

function newEmptyDir(world: World, pod: PodRuntime, name: string, source: JsonObject): number {
  const limit = memberAt(source, 'sizeLimit');
  const capacityBytes = limit === undefined ? EMPTY_DIR_BYTES : quantityUnits(limit);
  return createVolume(world.cluster, {
    name: `${pod.uid}/${name}`,
    host: pod.host,
    capacityBytes,
    files: [],
  });
}

function prepareClaim(world: World, pod: PodRuntime, name: string, claimName: string): MountFailure | null {
  const claim = getObject(world, 'persistentvolumeclaims', pod.namespace, claimName);
  const disk = world.kube.claimVolumes.get(`${pod.namespace}/${claimName}`);
  if (claim === undefined || disk === undefined) {
    const why = claim === undefined ? `persistentvolumeclaim "${claimName}" not found` : 'claim is not bound';
    return { reason: 'FailedMount', message: `MountVolume.SetUp failed for volume "${name}" : ${why}` };
  }
  const holder = otherNodesHolder(world, pod, disk);
  if (holder !== '') {
    const volume = textAt(claim.spec, 'volumeName');
    const used = `Volume is already used by pod(s) ${holder}`;
    return { reason: 'FailedAttachVolume', message: `Multi-Attach error for volume "${volume}" ${used}` };
  }
  pod.disks.set(name, disk);
  return null;
}

/** A pod on another node that still holds a disk, '' when there is none. */
function otherNodesHolder(world: World, pod: PodRuntime, disk: number): string {
  for (const other of world.kube.pods.values()) {
    if (other.host === pod.host || other.serial === pod.serial) continue;
    for (const held of other.disks.values()) if (held === disk) return other.name;
  }
  return '';
}

/** A ConfigMap or Secret that a volume shows. */
type ConfigSource = { kind: 'configmaps' | 'secrets'; name: string; source: JsonObject };

/** The ConfigMaps and Secrets a volume shows: where each key goes below the mount. */
function configSources(volume: JsonObject): ConfigSource[] {
  const config = objectAt(volume, 'configMap');
  if (config !== undefined) return [{ kind: 'configmaps', name: textAt(config, 'name'), source: config }];
  const secret = objectAt(volume, 'secret');
  if (secret !== undefined) return [{ kind: 'secrets', name: textAt(secret, 'secretName'), source: secret }];
  return objectsAt(objectAt(volume, 'projected'), 'sources').flatMap((projected): ConfigSource[] => {
    const inner = objectAt(projected, 'configMap');
    if (inner !== undefined) return [{ kind: 'configmaps', name: textAt(inner, 'name'), source: inner }];
    const hidden = objectAt(projected, 'secret');
    if (hidden !== undefined) return [{ kind: 'secrets', name: textAt(hidden, 'name'), source: hidden }];
    return [];
  });
}

function missingConfig(world: World, pod: PodRuntime, volume: JsonObject): MountFailure | null {
  for (const { kind, name, source } of configSources(volume)) {
    if (flagAt(source, 'optional') || configValues(world, kind, pod.namespace, name) !== undefined) continue;
    const why = `${configWord(kind).lower} "${name}" not found`;
    return {
      reason: 'FailedMount',
      message: `MountVolume.SetUp failed for volume "${textAt(volume, 'name')}" : ${why}`,
    };
  }
  return null;
}

/** True when the pod shows a ConfigMap or Secret of that name in a volume. */
export function mountsConfig(object: KubeObject, kind: 'configmaps' | 'secrets', name: string): boolean {
  return objectsAt(object.spec, 'volumes').some((volume) =>
    configSources(volume).some((source) => source.kind === kind && source.name === name),
  );
}

/** The disks a container sees, by path. */
export function containerMounts(pod: PodRuntime, spec: JsonObject): Mount[] {
  const mounts: Mount[] = [];
  for (const mount of objectsAt(spec, 'volumeMounts')) {
    const disk = pod.disks.get(textAt(mount, 'name'));
    if (disk !== undefined) mounts.push({ path: textAt(mount, 'mountPath'), volume: disk });
  }
  return mounts;
}

/**
 * The configuration files a container sees: absolute path → content. With `kept`, files mounted by
 * `subPath` keep their old content, because the kubelet never refreshes those.
 */
export function containerFiles(
  world: World,
  pod: PodRuntime,
  containers: { object: KubeObject; spec: JsonObject },
  kept: Map<string, string> | null,
): Map<string, string> {
  const files = new Map<string, string>();
  const volumes = objectsAt(containers.object.spec, 'volumes');
  for (const mount of objectsAt(containers.spec, 'volumeMounts')) {
    const volume = volumes.find((one) => textAt(one, 'name') === textAt(mount, 'name'));
    if (volume === undefined) continue;
    const root = textAt(mount, 'mountPath');
    const subPath = textAt(mount, 'subPath');
    for (const { kind, name, source } of configSources(volume)) {
      const values = configValues(world, kind, pod.namespace, name) ?? new Map<string, string>();
      for (const [inner, content] of placedKeys(source, values)) {
        if (subPath === '') files.set(`${root}/${inner}`, content);
        else if (inner === subPath) files.set(root, kept?.get(root) ?? content);
      }
    }
  }
  return files;
}

/** Keys by the path they are shown at: all of them, or those that `items` names. */
function placedKeys(source: JsonObject, values: Map<string, string>): [string, string][] {
  const items = objectsAt(source, 'items');
  if (items.length === 0) return [...values];
  return items.flatMap((item): [string, string][] => {
    const value = values.get(textAt(item, 'key'));
    return value === undefined ? [] : [[textAt(item, 'path'), value]];
  });
}
