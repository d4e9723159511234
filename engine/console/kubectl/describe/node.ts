/** `kubectl describe node`. */
import type { Json, JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  flagAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textsAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../../platforms/kubernetes/json-values.ts';
import { formatQuantity, parseQuantity } from '../../../platforms/kubernetes/quantity.ts';
import { ageText } from '../../../platforms/kubernetes/timestamps.ts';
import { eventLines, headerLines, line, longTime, metaLines } from './lines.ts';
import type { DescribeClock } from './lines.ts';

/** Describes a node with the pods that run on it. */
export function describeNode(
  node: KubeObject,
  pods: readonly KubeObject[],
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const spec = objectAt(asJson(node), 'spec');
  const status = objectAt(asJson(node), 'status');
  return (
    line(0, `Name:\t${node.metadata.name}`) +
    line(0, `Roles:\t${rolesOf(node) || '<none>'}`) +
    metaLines(node) +
    line(0, `CreationTimestamp:\t${longTime(node.metadata.creationTimestamp)}`) +
    taintLines(objectsAt(spec, 'taints')) +
    line(0, `Unschedulable:\t${flagAt(spec, 'unschedulable')}`) +
    conditionTable(objectsAt(status, 'conditions')) +
    line(0, 'Addresses:') +
    objectsAt(status, 'addresses')
      .map((one) => line(1, `${textAt(one, 'type')}:\t${textAt(one, 'address')}`))
      .join('') +
    amountLines('Capacity', objectAt(status, 'capacity')) +
    amountLines('Allocatable', objectAt(status, 'allocatable')) +
    systemLines(objectAt(status, 'nodeInfo')) +
    (textAt(spec, 'podCIDR') === '' ? '' : line(0, `PodCIDR:\t${textAt(spec, 'podCIDR')}`)) +
    (textsAt(spec, 'podCIDRs').length === 0
      ? ''
      : line(0, `PodCIDRs:\t${textsAt(spec, 'podCIDRs').join(',')}`)) +
    (textAt(spec, 'providerID') === '' ? '' : line(0, `ProviderID:\t${textAt(spec, 'providerID')}`)) +
    podTable(pods, objectAt(status, 'allocatable') ?? {}, clock) +
    eventLines(events, clock)
  );
}

function rolesOf(node: KubeObject): string {
  const prefix = 'node-role.kubernetes.io/';
  const keys = Object.keys(node.metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
  return keys
    .map((key) => key.slice(prefix.length))
    .sort(compareText)
    .join(',');
}

function taintLines(taints: readonly JsonObject[]): string {
  if (taints.length === 0) return line(0, 'Taints:\t<none>');
  const texts = taints.map((taint) => {
    const value = textAt(taint, 'value');
    return `${textAt(taint, 'key')}${value === '' ? '' : `=${value}`}:${textAt(taint, 'effect')}`;
  });
  return texts
    .sort(compareText)
    .map((text, index) => `${index === 0 ? 'Taints:\t' : '\t'}${text}\n`)
    .join('');
}

function conditionTable(conditions: readonly JsonObject[]): string {
  if (conditions.length === 0) return '';
  const titles = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'];
  let text = `Conditions:\n${headerLines(titles)}`;
  for (const one of conditions) {
    const times = [longTime(textAt(one, 'lastHeartbeatTime')), longTime(textAt(one, 'lastTransitionTime'))];
    const words = [textAt(one, 'reason'), textAt(one, 'message')];
    text += line(
      1,
      [
        `${textAt(one, 'type')} `,
        `${textAt(one, 'status')} `,
        ...times.map((time) => `${time} `),
        `${words[0]} `,
        words[1],
      ].join('\t'),
    );
  }
  return text;
}

function amountLines(title: string, amounts: JsonObject | undefined): string {
  if (!amounts) return '';
  const names = Object.keys(amounts).sort(compareText);
  return line(0, `${title}:`) + names.map((name) => line(1, `${name}:\t${String(amounts[name])}`)).join('');
}

function systemLines(info: JsonObject | undefined): string {
  const fields: [string, string][] = [
    ['Machine ID', 'machineID'],
    ['System UUID', 'systemUUID'],
    ['Boot ID', 'bootID'],
    ['Kernel Version', 'kernelVersion'],
    ['OS Image', 'osImage'],
    ['Operating System', 'operatingSystem'],
    ['Architecture', 'architecture'],
    ['Container Runtime Version', 'containerRuntimeVersion'],
    ['Kubelet Version', 'kubeletVersion'],
    ['Kube-Proxy Version', 'kubeProxyVersion'],
  ];
  return (
    line(0, 'System Info:') +
    fields.map(([title, field]) => line(1, `${title}:\t${textAt(info, field)}`)).join('')
  );
}

/** Nano-units of a quantity, 0 when it cannot be read. */
function nanosOf(value: Json | undefined): bigint {
  const parsed = value === undefined ? undefined : parseQuantity(value);
  return parsed?.ok ? parsed.quantity.nanos : 0n;
}

/** `100m (5%)` of what is allocatable. */
function shareText(nanos: bigint, total: bigint, binary: boolean): string {
  const percent = total === 0n ? 0n : (nanos * 100n) / total;
  return `${formatQuantity({ nanos, format: binary ? 'binary' : 'decimal' })} (${percent}%)`;
}

/** What a pod's containers ask for or may use of one resource; init containers count by their largest. */
function podAmount(pod: KubeObject, field: 'requests' | 'limits', resource: string): bigint {
  const spec = objectAt(asJson(pod), 'spec');
  const amount = (container: JsonObject) =>
    nanosOf(memberAt(objectAt(objectAt(container, 'resources'), field), resource));
  let sum = 0n;
  for (const container of objectsAt(spec, 'containers')) sum += amount(container);
  for (const container of objectsAt(spec, 'initContainers')) {
    if (amount(container) > sum) sum = amount(container);
  }
  return sum;
}

const COLUMNS: readonly ['requests' | 'limits', string][] = [
  ['requests', 'cpu'],
  ['limits', 'cpu'],
  ['requests', 'memory'],
  ['limits', 'memory'],
];

function podTable(pods: readonly KubeObject[], allocatable: JsonObject, clock: DescribeClock): string {
  const live = pods.filter((pod) => {
    const phase = textAt(objectAt(asJson(pod), 'status'), 'phase');
    return phase !== 'Succeeded' && phase !== 'Failed';
  });
  const titles = [
    'Namespace',
    'Name',
    'CPU Requests',
    'CPU Limits',
    'Memory Requests',
    'Memory Limits',
    'Age',
  ];
  let text = line(0, `Non-terminated Pods:\t(${live.length} in total)`);
  text += headerLines(titles);
  for (const pod of live) {
    const shares = COLUMNS.map(([field, resource]) =>
      shareText(podAmount(pod, field, resource), nanosOf(allocatable[resource]), resource === 'memory'),
    );
    const age = ageText(clock.origin, clock.atMicros, pod.metadata.creationTimestamp);
    text += line(1, [pod.metadata.namespace ?? '', pod.metadata.name, ...shares, age].join('\t'));
  }
  return text + sumTable(live, allocatable);
}

function sumTable(pods: readonly KubeObject[], allocatable: JsonObject): string {
  let text = line(0, 'Allocated resources:');
  text += line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  text += line(1, 'Resource\tRequests\tLimits') + line(1, '--------\t--------\t------');
  const standard = ['cpu', 'memory', 'ephemeral-storage', 'hugepages-1Gi', 'hugepages-2Mi'];
  for (const resource of standard.filter((name) => !name.startsWith('hugepages') || name in allocatable)) {
    const total = nanosOf(allocatable[resource]);
    const share = (field: 'requests' | 'limits') => {
      const sum = pods.reduce((all, pod) => all + podAmount(pod, field, resource), 0n);
      return shareText(sum, total, resource !== 'cpu');
    };
    text += line(1, `${resource}\t${share('requests')}\t${share('limits')}`);
  }
  return text;
}
