/** `kubectl describe` of claims, volumes, config maps, secrets, namespaces and disruption budgets. */
import type { Json, JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  textsAt,
  valueAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../../platforms/kubernetes/json-values.ts';
import { formatLabelSelector, labelSelectorOf } from '../../../platforms/kubernetes/selectors.ts';
import { conditionLines, eventLines, line, metaLines, optionalLine } from './lines.ts';
import type { DescribeClock } from './lines.ts';

/** Describes a claim with the pods that use it. */
export function describeClaim(
  claim: KubeObject,
  pods: readonly KubeObject[],
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const spec = objectAt(asJson(claim), 'spec');
  const status = objectAt(asJson(claim), 'status');
  const users = pods
    .filter((pod) =>
      objectsAt(objectAt(asJson(pod), 'spec'), 'volumes').some(
        (volume) => textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName') === claim.metadata.name,
      ),
    )
    .map((pod) => pod.metadata.name);
  const bound = textAt(spec, 'volumeName') !== '';
  return (
    line(0, `Name:\t${claim.metadata.name}`) +
    line(0, `Namespace:\t${claim.metadata.namespace ?? ''}`) +
    line(0, `StorageClass:\t${textAt(spec, 'storageClassName')}`) +
    line(0, `Status:\t${claim.metadata.deletionTimestamp ? 'Terminating' : textAt(status, 'phase')}`) +
    line(0, `Volume:\t${textAt(spec, 'volumeName')}`) +
    metaLines(claim) +
    line(0, `Finalizers:\t[${(claim.metadata.finalizers ?? []).join(' ')}]`) +
    line(0, `Capacity:\t${bound ? String(valueAt(status, 'capacity', 'storage') ?? '') : ''}`) +
    line(0, `Access Modes:\t${bound ? textsAt(status, 'accessModes').map(modeText).join(',') : ''}`) +
    line(0, `VolumeMode:\t${textAt(spec, 'volumeMode') || 'Filesystem'}`) +
    usedByLines(users) +
    claimConditions(objectsAt(status, 'conditions')) +
    eventLines(events, clock)
  );
}

function usedByLines(users: readonly string[]): string {
  if (users.length === 0) return line(0, 'Used By:\t<none>');
  return users.map((name, index) => `${index === 0 ? 'Used By:' : '        '}\t${name}\n`).join('');
}

function claimConditions(conditions: readonly JsonObject[]): string {
  return conditionLines(conditions, [
    ['Type', 'type'],
    ['Status', 'status'],
    ['LastProbeTime', 'lastProbeTime'],
    ['LastTransitionTime', 'lastTransitionTime'],
    ['Reason', 'reason'],
    ['Message', 'message'],
  ]);
}

function modeText(mode: string): string {
  const short: { [mode: string]: string } = {
    ReadWriteOnce: 'RWO',
    ReadOnlyMany: 'ROX',
    ReadWriteMany: 'RWX',
    ReadWriteOncePod: 'RWOP',
  };
  return short[mode] ?? mode;
}

/** Describes a volume. */
export function describeVolume(
  volume: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const spec = objectAt(asJson(volume), 'spec');
  const status = objectAt(asJson(volume), 'status');
  const claim = objectAt(spec, 'claimRef');
  const host = objectAt(spec, 'hostPath') ?? objectAt(spec, 'local');
  const csi = objectAt(spec, 'csi');
  return (
    line(0, `Name:\t${volume.metadata.name}`) +
    metaLines(volume) +
    line(0, `Finalizers:\t[${(volume.metadata.finalizers ?? []).join(' ')}]`) +
    line(0, `StorageClass:\t${textAt(spec, 'storageClassName')}`) +
    line(0, `Status:\t${textAt(status, 'phase')}`) +
    line(0, `Claim:\t${claim ? `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}` : ''}`) +
    line(0, `Reclaim Policy:\t${textAt(spec, 'persistentVolumeReclaimPolicy')}`) +
    line(0, `Access Modes:\t${textsAt(spec, 'accessModes').map(modeText).join(',')}`) +
    line(0, `VolumeMode:\t${textAt(spec, 'volumeMode') || 'Filesystem'}`) +
    line(0, `Capacity:\t${String(valueAt(spec, 'capacity', 'storage') ?? '')}`) +
    line(0, `Node Affinity:\t<none>`) +
    line(0, `Message:\t${textAt(status, 'message')}`) +
    line(0, 'Source:') +
    (host
      ? line(2, 'Type:\tHostPath (bare host directory volume)') +
        line(2, `Path:\t${textAt(host, 'path')}`) +
        line(2, `HostPathType:\t${textAt(host, 'type')}`)
      : csi
        ? line(2, 'Type:\tCSI (a Container Storage Interface (CSI) volume source)') +
          line(2, `Driver:\t${textAt(csi, 'driver')}`) +
          line(2, `FSType:\t${textAt(csi, 'fsType')}`) +
          line(2, `VolumeHandle:\t${textAt(csi, 'volumeHandle')}`) +
          line(2, 'ReadOnly:\tfalse') +
          line(2, 'VolumeAttributes:\t<none>')
        : line(2, '<unknown>')) +
    eventLines(events, clock)
  );
}

/** Describes a config map: its texts whole. */
export function describeConfigMap(
  map: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const data = textMapAt(asJson(map), 'data');
  const binary = textMapAt(asJson(map), 'binaryData');
  const texts = Object.keys(data)
    .sort(compareText)
    .map((key) => `${key}:\n----\n${data[key]}\n\n`)
    .join('');
  const sizes = Object.keys(binary)
    .sort(compareText)
    .map((key) => `${key}: ${byteCount(binary[key])} bytes\n`)
    .join('');
  return (
    line(0, `Name:\t${map.metadata.name}`) +
    line(0, `Namespace:\t${map.metadata.namespace ?? ''}`) +
    metaLines(map) +
    `\nData\n====\n${texts}\nBinaryData\n====\n${sizes}\n` +
    eventLines(events, clock)
  );
}

/** Describes a secret: sizes, never contents. */
export function describeSecret(secret: KubeObject): string {
  const data = textMapAt(asJson(secret), 'data');
  const keys = Object.keys(data).sort(compareText);
  return (
    line(0, `Name:\t${secret.metadata.name}`) +
    line(0, `Namespace:\t${secret.metadata.namespace ?? ''}`) +
    metaLines(secret) +
    `\n${line(0, `Type:\t${textAt(asJson(secret), 'type')}`)}\nData\n====\n` +
    keys.map((key) => line(0, `${key}:\t${byteCount(data[key])} bytes`)).join('')
  );
}

/** Bytes behind a base64 text. */
function byteCount(base64: string): number {
  const padding = /=*$/.exec(base64)?.[0].length ?? 0;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}

/** Describes a namespace. */
export function describeNamespace(namespace: KubeObject): string {
  return (
    line(0, `Name:\t${namespace.metadata.name}`) +
    metaLines(namespace) +
    line(0, `Status:\t${textAt(objectAt(asJson(namespace), 'status'), 'phase')}`) +
    '\nNo resource quota.\n\nNo LimitRange resource.\n'
  );
}

/** Describes a disruption budget. */
export function describeBudget(
  budget: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const spec = objectAt(asJson(budget), 'spec');
  const status = objectAt(asJson(budget), 'status');
  const amount = (value: Json | undefined) => (value === undefined ? '' : String(value));
  return (
    line(0, `Name:\t${budget.metadata.name}`) +
    line(0, `Namespace:\t${budget.metadata.namespace ?? ''}`) +
    optionalLine(0, 'Min available', amount(memberAt(spec, 'minAvailable'))) +
    optionalLine(0, 'Max unavailable', amount(memberAt(spec, 'maxUnavailable'))) +
    line(0, `Selector:\t${formatLabelSelector(labelSelectorOf(objectAt(spec, 'selector')))}`) +
    line(0, 'Status:') +
    line(2, `Allowed disruptions:\t${countAt(status, 'disruptionsAllowed')}`) +
    line(2, `Current:\t${countAt(status, 'currentHealthy')}`) +
    line(2, `Desired:\t${countAt(status, 'desiredHealthy')}`) +
    line(2, `Total:\t${countAt(status, 'expectedPods')}`) +
    eventLines(events, clock)
  );
}

/** Describes a storage class. */
export function describeStorageClass(
  storage: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const root = asJson(storage);
  const annotations = storage.metadata.annotations ?? {};
  const isDefault = annotations['storageclass.kubernetes.io/is-default-class'] === 'true';
  const expands = memberAt(root, 'allowVolumeExpansion');
  const expansion = expands === undefined ? '<unset>' : expands === true ? 'True' : 'False';
  return (
    line(0, `Name:\t${storage.metadata.name}`) +
    line(0, `IsDefaultClass:\t${isDefault ? 'Yes' : 'No'}`) +
    line(0, `Annotations:\t${pairsText(annotations)}`) +
    line(0, `Provisioner:\t${textAt(root, 'provisioner')}`) +
    line(0, `Parameters:\t${pairsText(textMapAt(root, 'parameters'))}`) +
    line(0, `AllowVolumeExpansion:\t${expansion}`) +
    line(0, 'MountOptions:\t<none>') +
    optionalLine(0, 'ReclaimPolicy', textAt(root, 'reclaimPolicy')) +
    optionalLine(0, 'VolumeBindingMode', textAt(root, 'volumeBindingMode')) +
    eventLines(events, clock)
  );
}

function pairsText(map: { [key: string]: string }): string {
  const keys = Object.keys(map).sort(compareText);
  return keys.map((key) => `${key}=${map[key]}`).join(',') || '<none>';
}
