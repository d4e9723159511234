/** `kubectl describe pod`. */
import type { JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { ageText } from '../../../platforms/kubernetes/timestamps.ts';
import { containerLines, volumeLines } from './containers.ts';
import {
  annotationLines,
  controllerText,
  eventLines,
  labelLines,
  line,
  longTime,
  metaLines,
  optionalLine,
  tolerationLines,
} from './lines.ts';
import type { DescribeClock } from './lines.ts';

/** Describes a pod with its events. */
export function describePod(pod: KubeObject, events: readonly KubeObject[], clock: DescribeClock): string {
  const root = asJson(pod);
  const [spec, status] = [objectAt(root, 'spec'), objectAt(root, 'status')];
  const node = textAt(spec, 'nodeName');
  const started = textAt(status, 'startTime');
  const priority = memberAt(spec, 'priority');
  const conditions = objectsAt(status, 'conditions');
  return (
    line(0, `Name:\t${pod.metadata.name}`) +
    line(0, `Namespace:\t${pod.metadata.namespace ?? ''}`) +
    (typeof priority === 'number' ? line(0, `Priority:\t${priority}`) : '') +
    optionalLine(0, 'Priority Class Name', textAt(spec, 'priorityClassName')) +
    optionalLine(0, 'Service Account', textAt(spec, 'serviceAccountName')) +
    line(0, `Node:\t${node === '' ? '<none>' : `${node}/${textAt(status, 'hostIP')}`}`) +
    (started === '' ? '' : line(0, `Start Time:\t${longTime(started)}`)) +
    metaLines(pod) +
    phaseLines(pod, status, clock) +
    addressLines(status) +
    optionalLine(0, 'Controlled By', controllerText(pod)) +
    podContainers(root, spec, status) +
    (conditions.length === 0
      ? ''
      : `Conditions:\n${line(1, 'Type\tStatus')}` +
        conditions.map((one) => line(1, `${textAt(one, 'type')} \t${textAt(one, 'status')} `)).join('')) +
    volumeLines(objectsAt(spec, 'volumes'), '') +
    line(0, `QoS Class:\t${textAt(status, 'qosClass') || 'BestEffort'}`) +
    labelLines('Node-Selectors', textMapAt(spec, 'nodeSelector')) +
    tolerationLines('Tolerations', objectsAt(spec, 'tolerations')) +
    eventLines(events, clock)
  );
}

function phaseLines(pod: KubeObject, status: JsonObject | undefined, clock: DescribeClock): string {
  const phase = textAt(status, 'phase');
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  const ending = deletionTimestamp !== undefined && phase !== 'Failed' && phase !== 'Succeeded';
  const words = ending
    ? line(0, `Status:\tTerminating (lasts ${ageText(clock.origin, clock.atMicros, deletionTimestamp)})`) +
      line(0, `Termination Grace Period:\t${deletionGracePeriodSeconds ?? 0}s`)
    : line(0, `Status:\t${phase}`);
  return (
    words +
    optionalLine(0, 'Reason', textAt(status, 'reason')) +
    optionalLine(0, 'Message', textAt(status, 'message'))
  );
}

function addressLines(status: JsonObject | undefined): string {
  const addresses = objectsAt(status, 'podIPs');
  const list =
    addresses.length === 0
      ? line(0, 'IPs:\t<none>')
      : line(0, 'IPs:') + addresses.map((one) => line(1, `IP:\t${textAt(one, 'ip')}`)).join('');
  return line(0, `IP:\t${textAt(status, 'podIP')}`) + list;
}

function podContainers(
  pod: JsonObject,
  spec: JsonObject | undefined,
  status: JsonObject | undefined,
): string {
  const block = (label: string, containers: JsonObject[], statuses: JsonObject[]) =>
    containers.length === 0 ? '' : containerLines({ label, containers, statuses, pod, space: '' });
  return (
    block('Init Containers', objectsAt(spec, 'initContainers'), objectsAt(status, 'initContainerStatuses')) +
    block('Containers', objectsAt(spec, 'containers'), objectsAt(status, 'containerStatuses'))
  );
}

/** The pod template of a workload. */
export function templateLines(template: JsonObject | undefined): string {
  if (!template) return 'Pod Template:\n  <unset>';
  const meta = objectAt(template, 'metadata');
  const spec = objectAt(template, 'spec');
  const annotations = textMapAt(meta, 'annotations');
  const block = (label: string, containers: JsonObject[]) =>
    containers.length === 0
      ? ''
      : containerLines({ label, containers, statuses: [], pod: undefined, space: '  ' });
  return (
    'Pod Template:\n' +
    labelLines('  Labels', textMapAt(meta, 'labels')) +
    (Object.keys(annotations).length > 0 ? annotationLines('  Annotations', annotations) : '') +
    optionalLine(1, 'Service Account', textAt(spec, 'serviceAccountName')) +
    block('Init Containers', objectsAt(spec, 'initContainers')) +
    block('Containers', objectsAt(spec, 'containers')) +
    volumeLines(objectsAt(spec, 'volumes'), '  ') +
    optionalLine(1, 'Priority Class Name', textAt(spec, 'priorityClassName')) +
    labelLines('  Node-Selectors', textMapAt(spec, 'nodeSelector')) +
    tolerationLines('  Tolerations', objectsAt(spec, 'tolerations'))
  );
}

/** `3 Running / 0 Waiting / 0 Succeeded / 0 Failed` over the pods of a controller. */
export function podCounts(pods: readonly KubeObject[]): string {
  const count = (phase: string) =>
    pods.filter((pod) => textAt(objectAt(asJson(pod), 'status'), 'phase') === phase).length;
  const waiting = count('Pending');
  return (
    `${count('Running')} Running / ${waiting} Waiting / ${count('Succeeded')} Succeeded / ` +
    `${count('Failed')} Failed`
  );
}

/** A number of a status, 0 when it is absent. */
export function statusCount(object: KubeObject, field: string): number {
  return countAt(objectAt(asJson(object), 'status'), field);
}
