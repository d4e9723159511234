/** `kubectl describe` of deployments, replica sets, stateful sets and daemon sets. */
import type { JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  valueAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { formatLabelSelector, labelSelectorOf } from '../../../platforms/kubernetes/selectors.ts';
import {
  annotationLines,
  conditionLines,
  controllerText,
  eventLines,
  labelLines,
  line,
  longTime,
  metaLines,
  optionalLine,
  textList,
} from './lines.ts';
import type { DescribeClock } from './lines.ts';
import { podCounts, statusCount, templateLines } from './pod.ts';

/** What stands around a workload. */
export type WorkloadSurroundings = {
  /** Pods it selects. */
  pods: readonly KubeObject[];
  /** Replica sets of a deployment with an older template, oldest first. */
  olderSets: readonly KubeObject[];
  /** The one with the deployment's own template, once its controller has made it. */
  newestSets: readonly KubeObject[];
  /** Its events. */
  events: readonly KubeObject[];
  /** For ages. */
  clock: DescribeClock;
};

function selectorText(spec: JsonObject | undefined): string {
  return formatLabelSelector(labelSelectorOf(objectAt(spec, 'selector')));
}

function head(object: KubeObject): string {
  return (
    line(0, `Name:\t${object.metadata.name}`) + line(0, `Namespace:\t${object.metadata.namespace ?? ''}`)
  );
}

/** Describes a deployment. */
export function describeDeployment(deployment: KubeObject, around: WorkloadSurroundings): string {
  const spec = objectAt(asJson(deployment), 'spec');
  const status = objectAt(asJson(deployment), 'status');
  const strategy = objectAt(spec, 'strategy');
  const rolling = objectAt(strategy, 'rollingUpdate');
  const count = (field: string) => statusCount(deployment, field);
  const replicas =
    `${countAt(spec, 'replicas')} desired | ${count('updatedReplicas')} updated | ` +
    `${count('replicas')} total | ` +
    `${count('availableReplicas')} available | ${count('unavailableReplicas')} unavailable`;
  const amount = (field: string) => String(memberAt(rolling, field) ?? '');
  return (
    head(deployment) +
    line(0, `CreationTimestamp:\t${longTime(deployment.metadata.creationTimestamp)}`) +
    metaLines(deployment) +
    line(0, `Selector:\t${selectorText(spec)}`) +
    line(0, `Replicas:\t${replicas}`) +
    line(0, `StrategyType:\t${textAt(strategy, 'type')}`) +
    line(0, `MinReadySeconds:\t${countAt(spec, 'minReadySeconds')}`) +
    (rolling
      ? line(
          0,
          `RollingUpdateStrategy:\t${amount('maxUnavailable')} max unavailable, ` +
            `${amount('maxSurge')} max surge`,
        )
      : '') +
    templateLines(objectAt(spec, 'template')) +
    conditionLines(objectsAt(status, 'conditions'), [
      ['Type', 'type'],
      ['Status', 'status'],
      ['Reason', 'reason'],
    ]) +
    replicaSetLines(around.olderSets, around.newestSets) +
    eventLines(around.events, around.clock)
  );
}

function replicaSetLines(olderSets: readonly KubeObject[], newestSets: readonly KubeObject[]): string {
  const text = (one: KubeObject) => {
    const wanted = countAt(objectAt(asJson(one), 'spec'), 'replicas');
    return `${one.metadata.name} (${statusCount(one, 'replicas')}/${wanted} replicas created)`;
  };
  const older = olderSets.map(text).join(', ');
  const newest = newestSets.map(text).join(', ');
  return line(0, `OldReplicaSets:\t${older || '<none>'}`) + line(0, `NewReplicaSet:\t${newest || '<none>'}`);
}

/** Describes a replica set. */
export function describeReplicaSet(set: KubeObject, around: WorkloadSurroundings): string {
  const spec = objectAt(asJson(set), 'spec');
  const status = objectAt(asJson(set), 'status');
  return (
    head(set) +
    line(0, `Selector:\t${selectorText(spec)}`) +
    metaLines(set) +
    optionalLine(0, 'Controlled By', controllerText(set)) +
    line(0, `Replicas:\t${statusCount(set, 'replicas')} current / ${countAt(spec, 'replicas')} desired`) +
    line(0, `Pods Status:\t${podCounts(around.pods)}`) +
    templateLines(objectAt(spec, 'template')) +
    conditionLines(objectsAt(status, 'conditions'), [
      ['Type', 'type'],
      ['Status', 'status'],
      ['Reason', 'reason'],
    ]) +
    eventLines(around.events, around.clock)
  );
}

/** Describes a stateful set. */
export function describeStatefulSet(set: KubeObject, around: WorkloadSurroundings): string {
  const spec = objectAt(asJson(set), 'spec');
  const strategy = objectAt(spec, 'updateStrategy');
  const partition = valueAt(strategy, 'rollingUpdate', 'partition');
  return (
    head(set) +
    line(0, `CreationTimestamp:\t${longTime(set.metadata.creationTimestamp)}`) +
    line(0, `Selector:\t${selectorText(spec)}`) +
    metaLines(set) +
    line(0, `Replicas:\t${countAt(spec, 'replicas')} desired | ${statusCount(set, 'replicas')} total`) +
    line(0, `Update Strategy:\t${textAt(strategy, 'type')}`) +
    (typeof partition === 'number' ? line(1, `Partition:\t${partition}`) : '') +
    line(0, `Pods Status:\t${podCounts(around.pods)}`) +
    templateLines(objectAt(spec, 'template')) +
    claimTemplateLines(objectsAt(spec, 'volumeClaimTemplates')) +
    eventLines(around.events, around.clock)
  );
}

function claimTemplateLines(claims: readonly JsonObject[]): string {
  if (claims.length === 0) return 'Volume Claims:\t<none>\n';
  let text = 'Volume Claims:\n';
  for (const claim of claims) {
    const meta = objectAt(claim, 'metadata');
    const spec = objectAt(claim, 'spec');
    text += line(1, `Name:\t${textAt(meta, 'name')}`);
    text += line(1, `StorageClass:\t${textAt(spec, 'storageClassName')}`);
    text += labelLines('  Labels', textMapAt(meta, 'labels'));
    text += annotationLines('  Annotations', textMapAt(meta, 'annotations'));
    text += line(1, `Capacity:\t${String(valueAt(spec, 'resources', 'requests', 'storage') ?? '<default>')}`);
    text += line(1, `Access Modes:\t[${textList(spec, 'accessModes', ' ')}]`);
  }
  return text;
}

/** Describes a daemon set. */
export function describeDaemonSet(set: KubeObject, around: WorkloadSurroundings): string {
  const spec = objectAt(asJson(set), 'spec');
  const nodeSelector = textMapAt(objectAt(objectAt(spec, 'template'), 'spec'), 'nodeSelector');
  const nodes = Object.keys(nodeSelector)
    .map((key) => `${key}=${nodeSelector[key]}`)
    .join(',');
  const count = (title: string, field: string) => line(0, `${title}: ${statusCount(set, field)}`);
  return (
    head(set) +
    line(0, `Selector:\t${selectorText(spec)}`) +
    line(0, `Node-Selector:\t${nodes || '<none>'}`) +
    metaLines(set) +
    count('Desired Number of Nodes Scheduled', 'desiredNumberScheduled') +
    count('Current Number of Nodes Scheduled', 'currentNumberScheduled') +
    count('Number of Nodes Scheduled with Up-to-date Pods', 'updatedNumberScheduled') +
    count('Number of Nodes Scheduled with Available Pods', 'numberAvailable') +
    count('Number of Nodes Misscheduled', 'numberMisscheduled') +
    line(0, `Pods Status:\t${podCounts(around.pods)}`) +
    templateLines(objectAt(spec, 'template')) +
    eventLines(around.events, around.clock)
  );
}
