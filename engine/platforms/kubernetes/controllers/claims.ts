/**
 * The provisioner and binder of claims: a claim gets a volume of its own size, with what the system says
 * lies on it from the start; when the claim grows, the volume grows some time later.
 */
import { createVolume, resizeVolume } from '../../../cluster/volumes.ts';
import type { JsonObject, KubeObject } from '../api-types.ts';
import { controlDelay } from '../control-delay.ts';
import { asJson, memberAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { createObject, deleteObject, patchObject, writeStatus } from '../object-writes.ts';
import { quantityUnits } from '../quantity.ts';
import { timestampAt } from '../timestamps.ts';
import { enqueueAfter } from '../work-queue.ts';

const WRITER = 'persistent-volume-binder';
const RESIZER = 'external-resizer';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const SECOND = 1_000_000;

/** Bytes a claim asks for. */
function askedBytes(claim: KubeObject): number {
  const requests = objectAt(objectAt(claim.spec, 'resources'), 'requests');
  return quantityUnits(memberAt(requests, 'storage') ?? 0);
}

/** Bytes the claim's volume has, as its status says. */
function capacityBytes(claim: KubeObject): number {
  return quantityUnits(memberAt(objectAt(claim.status, 'capacity'), 'storage') ?? 0);
}

/** Binds a claim, notices that it grew, or lets its volume go with it. */
export function reconcileClaim(world: World, namespace: string, name: string): void {
  const claim = getObject(world, 'persistentvolumeclaims', namespace, name);
  if (claim === undefined) {
    releaseVolume(world, namespace, name);
    return;
  }
  if (claim.metadata.deletionTimestamp !== undefined) return;
  if (textAt(claim.status, 'phase') !== 'Bound') bind(world, claim);
  else if (askedBytes(claim) > capacityBytes(claim)) beginResize(world, claim);
}

function bind(world: World, claim: KubeObject): void {
  const storage = getObject(world, 'storageclasses', '', textAt(claim.spec, 'storageClassName'));
  const late =
    storage !== undefined && textAt(asJson(storage), 'volumeBindingMode') === 'WaitForFirstConsumer';
  const provisioner = storage === undefined ? 'csi.local' : textAt(asJson(storage), 'provisioner');
  if (late && claim.metadata.annotations?.[SELECTED_NODE] === undefined) {
    const message = 'waiting for first consumer to be created before binding';
    noteEvent(world, 'persistentvolume-controller', claim, {
      type: 'Normal',
      reason: 'WaitForFirstConsumer',
      message,
    });
    return;
  }
  const { namespace, name, uid } = claim.metadata;
  const volume = `pvc-${uid}`;
  provisionVolume(world, claim, { volume, provisioner, storage });
  const message = `Successfully provisioned volume ${volume}`;
  noteEvent(world, provisioner, claim, { type: 'Normal', reason: 'ProvisioningSucceeded', message });
  const target = { resource: 'persistentvolumeclaims' as const, namespace: namespace ?? '', name };
  const bound = patchObject(world, WRITER, target, {
    metadata: {
      annotations: {
        'pv.kubernetes.io/bind-completed': 'yes',
        'pv.kubernetes.io/bound-by-controller': 'yes',
        'volume.kubernetes.io/storage-provisioner': provisioner,
      },
    },
    spec: { volumeName: volume },
  });
  if (bound === undefined) return;
  const asked = memberAt(objectAt(objectAt(claim.spec, 'resources'), 'requests'), 'storage') ?? '0';
  const status: JsonObject = {
    phase: 'Bound',
    accessModes: textsAt(claim.spec, 'accessModes').slice(),
    capacity: { storage: asked },
  };
  writeStatus(world, WRITER, 'persistentvolumeclaims', { object: bound, status });
}

type Provision = { volume: string; provisioner: string; storage: KubeObject | undefined };

/** Makes the disk, unless a disk of this claim's name already exists, and its PersistentVolume. */
function provisionVolume(world: World, claim: KubeObject, { volume, provisioner, storage }: Provision): void {
  const { kube } = world;
  const { name, uid } = claim.metadata;
  const namespace = claim.metadata.namespace ?? '';
  const key = `${namespace}/${name}`;
  kube.claimVolumes.set(key, newDisk(world, key, askedBytes(claim)));
  const asked = memberAt(objectAt(objectAt(claim.spec, 'resources'), 'requests'), 'storage') ?? '0';
  const stored = createObject(
    world,
    WRITER,
    { resource: 'persistentvolumes', namespace: '' },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: volume, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
      spec: {
        accessModes: textsAt(claim.spec, 'accessModes').slice(),
        capacity: { storage: asked },
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
        csi: { driver: provisioner, volumeHandle: volume, fsType: 'ext4' },
        persistentVolumeReclaimPolicy: (storage && textAt(asJson(storage), 'reclaimPolicy')) || 'Delete',
        storageClassName: textAt(claim.spec, 'storageClassName'),
        volumeMode: 'Filesystem',
      },
    },
  );
  if (stored.object === undefined) return;
  const status = { ...(stored.object.status ?? {}), phase: 'Bound' };
  writeStatus(world, WRITER, 'persistentvolumes', { object: stored.object, status });
}

/**
 * A disk for a claim. The first one of a name holds what the system says lies there; a later one is blank,
 * and its rows are of a new epoch, so that what was saved on the old one counts as lost.
 */
function newDisk(world: World, key: string, capacityBytes: number): number {
  const { cluster } = world;
  const before = cluster.volumes.findLast((volume) => volume.name === key);
  const rule = cluster.plan.system.claimFiles.find((one) => key.startsWith(one.claimPrefix));
  const files = before === undefined ? (rule?.files ?? []) : [];
  const disk = createVolume(cluster, { name: key, host: -1, capacityBytes, files });
  if (before !== undefined) cluster.volumes[disk].dataEpoch = before.dataEpoch + 1;
  return disk;
}

/** A claim has gone: its volume is deleted or, when the policy says so, kept for people to look at. */
function releaseVolume(world: World, namespace: string, name: string): void {
  const key = `${namespace}/${name}`;
  const disk = world.kube.claimVolumes.get(key);
  if (disk === undefined) return;
  world.kube.claimVolumes.delete(key);
  world.kube.resizing.delete(key);
  for (const volume of volumesOf(world, namespace, name)) {
    if (textAt(volume.spec, 'persistentVolumeReclaimPolicy') === 'Retain') {
      const status = { ...(volume.status ?? {}), phase: 'Released' };
      writeStatus(world, WRITER, 'persistentvolumes', { object: volume, status });
    } else {
      const target = { resource: 'persistentvolumes' as const, namespace: '', name: volume.metadata.name };
      deleteObject(world, WRITER, target);
      patchObject(world, WRITER, target, { metadata: { finalizers: null } });
    }
  }
}

function volumesOf(world: World, namespace: string, name: string): KubeObject[] {
  return listObjects(world, 'persistentvolumes').filter((volume) => {
    const claim = objectAt(volume.spec, 'claimRef');
    return textAt(claim, 'name') === name && textAt(claim, 'namespace') === namespace;
  });
}

/** Begins to grow a volume; it is done 15 to 30 s later. */
function beginResize(world: World, claim: KubeObject): void {
  const { name } = claim.metadata;
  const namespace = claim.metadata.namespace ?? '';
  const key = `${namespace}/${name}`;
  const known = world.kube.resizing.get(key);
  world.kube.resizing.set(key, askedBytes(claim));
  if (known !== undefined) return;
  const volume = textAt(claim.spec, 'volumeName');
  const waiting = 'waiting for an external controller to expand this PVC';
  noteEvent(world, 'volume_expand', claim, { type: 'Normal', reason: 'ExternalExpanding', message: waiting });
  const message = `External resizer is resizing volume ${volume}`;
  noteEvent(world, RESIZER, claim, { type: 'Normal', reason: 'Resizing', message });
  const now = timestampAt(world.kube.store, world.cluster.nowMicros);
  const resizing = { type: 'Resizing', status: 'True', lastTransitionTime: now };
  const status: JsonObject = { ...(claim.status ?? {}), conditions: [resizing] };
  writeStatus(world, RESIZER, 'persistentvolumeclaims', { object: claim, status });
  const wait = controlDelay(world, `resize ${key}`, 15 * SECOND, 30 * SECOND);
  enqueueAfter(world, 'resize', { namespace, name }, wait);
}

/** The volume and its file system have grown. */
export function finishResize(world: World, namespace: string, name: string): void {
  const { cluster, kube } = world;
  const key = `${namespace}/${name}`;
  const bytes = kube.resizing.get(key);
  const disk = kube.claimVolumes.get(key);
  const claim = getObject(world, 'persistentvolumeclaims', namespace, name);
  kube.resizing.delete(key);
  if (bytes === undefined || disk === undefined || claim === undefined) return;
  resizeVolume(cluster, disk, bytes);
  const asked = memberAt(objectAt(objectAt(claim.spec, 'resources'), 'requests'), 'storage') ?? '0';
  const volume = textAt(claim.spec, 'volumeName');
  const target = { resource: 'persistentvolumes' as const, namespace: '', name: volume };
  patchObject(world, RESIZER, target, { spec: { capacity: { storage: asked } } });
  const conditions = objectsAt(claim.status, 'conditions').filter(
    (one) => textAt(one, 'type') !== 'Resizing',
  );
  const status: JsonObject = { ...(claim.status ?? {}), capacity: { storage: asked } };
  delete status.conditions;
  if (conditions.length > 0) status.conditions = conditions;
  writeStatus(world, 'kubelet', 'persistentvolumeclaims', { object: claim, status });
  const required = 'Require file system resize of volume on node';
  noteEvent(world, RESIZER, claim, { type: 'Normal', reason: 'FileSystemResizeRequired', message: required });
  const host = holderNode(world, disk);
  const where = host === '' ? '' : ` ${host}`;
  const message = `MountVolume.NodeExpandVolume succeeded for volume "${volume}"${where}`;
  const text = { type: 'Normal' as const, reason: 'FileSystemResizeSuccessful', message };
  noteEvent(world, 'kubelet', claim, text, host === '' ? {} : { host });
}

/** Node of a pod that has the disk mounted, '' when there is none. */
function holderNode(world: World, disk: number): string {
  for (const pod of world.kube.pods.values()) {
    for (const held of pod.disks.values()) if (held === disk) return world.cluster.hosts[pod.host].name;
  }
  return '';
}
