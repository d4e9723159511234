/** `kubectl describe`: gathers what stands around an object and prints it as kubectl does. */
import { alignColumns, DESCRIBE_STYLE } from '../align-columns.ts';
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown } from '../reading.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { formatLabelSelector, labelSelectorOf } from '../../platforms/kubernetes/selectors.ts';
import { fetchWanted, getObject, listObjects } from './ask.ts';
import type { DescribeClock } from './describe/lines.ts';
import { describeGeneric } from './describe/generic.ts';
import {
  describeEndpoints,
  describeEndpointSlice,
  describeNetworkPolicy,
  describeService,
} from './describe/network.ts';
import { describeNode } from './describe/node.ts';
import { describePod } from './describe/pod.ts';
import {
  describeBudget,
  describeClaim,
  describeConfigMap,
  describeNamespace,
  describeSecret,
  describeStorageClass,
  describeVolume,
} from './describe/storage.ts';
import {
  describeDaemonSet,
  describeDeployment,
  describeReplicaSet,
  describeStatefulSet,
} from './describe/workloads.ts';
import type { WorkloadSurroundings } from './describe/workloads.ts';
import { nothingFound, selectorsOf } from './get.ts';
import { flagOn } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { observeObjects } from './observe-objects.ts';
import { isCurrent, ownedReplicaSets } from './revisions.ts';
import { readWanted } from './wanted.ts';
import type { Wanted } from './wanted.ts';

/** Answers `kubectl describe …`. */
export function runDescribe(invocation: Invocation): ConsoleReading {
  if (invocation.words.length === 0) {
    return refusal(
      'error: You must specify the type of resource to describe. ' +
        'Use "kubectl api-resources" for a complete list of supported resources.',
    );
  }
  const read = readWanted(invocation.words);
  if (!read.ok) return refusal(read.error);
  const named = read.wanted.some(({ name }) => name !== null);
  if (named && invocation.flags.has('selector')) {
    return refusal('error: name cannot be provided when a selector is specified');
  }
  if (named && invocation.allNamespaces) {
    return refusal('error: a resource cannot be retrieved by name across all namespaces');
  }
  const fetched = fetchWithPrefixes(invocation, read.wanted);
  const texts: string[] = [];
  const observed: Observation[] = [];
  for (const { kind, object } of fetched.found) {
    const inside = {
      ...invocation,
      namespace: object.metadata.namespace ?? invocation.namespace,
      allNamespaces: false,
    };
    const { text, events } = describeObject(inside, kind, object);
    texts.push(alignColumns(text, DESCRIBE_STYLE));
    observed.push(...observeObjects(kind, [object], true), ...observeEvents(events));
  }
  if (texts.length === 0 && fetched.errors === '') {
    return {
      ...shown(''),
      stderr: nothingFound(
        invocation,
        read.wanted.map(({ kind }) => kind),
      ),
    };
  }
  // What was found by the beginning of its name is printed with one more line end.
  const reading = shown(texts.join('\n\n') + (fetched.byPrefix ? '\n' : ''), observed);
  return fetched.errors === '' ? reading : joined([reading, refusal(fetched.errors)]);
}

/** Events shown at the end of a description count as seen too. */
function observeEvents(events: readonly KubeObject[]): Observation[] {
  const kind = findResourceByWord('events');
  return kind ? observeObjects(kind, events, false) : [];
}

/** A name that no object has stands for all that begin with it, as in kubectl. */
function fetchWithPrefixes(
  invocation: Invocation,
  wanted: readonly Wanted[],
): ReturnType<typeof fetchWanted> & { byPrefix: boolean } {
  const all: ReturnType<typeof fetchWithPrefixes> = { found: [], errors: '', reasons: [], byPrefix: false };
  for (const one of wanted) {
    const fetched = fetchWanted(invocation, [one], selectorsOf(invocation));
    const missing = one.name !== null && fetched.reasons.includes('NotFound');
    const list = missing ? listObjects(invocation, one.kind) : null;
    const begun = list?.ok
      ? list.value.filter(({ metadata }) => metadata.name.startsWith(one.name ?? ''))
      : [];
    if (begun.length > 0) {
      all.byPrefix = true;
      all.found.push(...begun.map((object) => ({ kind: one.kind, object })));
      continue;
    }
    all.found.push(...fetched.found);
    all.errors += fetched.errors;
    all.reasons.push(...fetched.reasons);
  }
  return all;
}

/** Events about an object. */
function eventsAbout(invocation: Invocation, object: KubeObject): KubeObject[] {
  const kind = findResourceByWord('events');
  if (!kind || !flagOn(invocation, 'show-events', true)) return [];
  const { name, uid } = object.metadata;
  const everywhere = { ...invocation, allNamespaces: object.metadata.namespace === undefined };
  const answer = listObjects(everywhere, kind, { fieldSelector: `involvedObject.name=${name}` });
  if (!answer.ok) return [];
  return answer.value.filter((event) => {
    const about = objectAt(asJson(event), 'involvedObject');
    // Events about nodes carry the node's name in place of its uid.
    return textAt(about, 'uid') === uid || (object.kind === 'Node' && textAt(about, 'kind') === 'Node');
  });
}

function listOf(
  invocation: Invocation,
  word: string,
  query: Parameters<typeof listObjects>[2] = {},
): KubeObject[] {
  const kind = findResourceByWord(word);
  const answer = kind ? listObjects(invocation, kind, query) : null;
  return answer?.ok ? answer.value : [];
}

/** The description of one object, before its columns are aligned, and the events in it. */
function describeObject(
  invocation: Invocation,
  kind: KindDefinition,
  object: KubeObject,
): { text: string; events: KubeObject[] } {
  const events = eventsAbout(invocation, object);
  const { kube, cluster } = invocation.world;
  const clock: DescribeClock = { origin: kube.store, atMicros: cluster.nowMicros };
  const everywhere = { ...invocation, allNamespaces: true };
  const text = ((): string => {
    switch (kind.kind) {
      case 'Pod':
        return describePod(object, events, clock);
      case 'Deployment':
        return describeDeployment(object, surroundings(invocation, object, events, clock));
      case 'ReplicaSet':
        return describeReplicaSet(object, surroundings(invocation, object, events, clock));
      case 'StatefulSet':
        return describeStatefulSet(object, surroundings(invocation, object, events, clock));
      case 'DaemonSet':
        return describeDaemonSet(object, surroundings(invocation, object, events, clock));
      case 'Node': {
        const pods = listOf(everywhere, 'pods', { fieldSelector: `spec.nodeName=${object.metadata.name}` });
        return describeNode(object, pods, events, clock);
      }
      case 'Service': {
        const endpointsKind = findResourceByWord('endpoints');
        const answer = endpointsKind ? getObject(invocation, endpointsKind, object.metadata.name) : null;
        const labelSelector = `kubernetes.io/service-name=${object.metadata.name}`;
        const slices = listOf(invocation, 'endpointslices', { labelSelector });
        return describeService(object, answer?.ok ? answer.value : undefined, slices, events, clock);
      }
      case 'PersistentVolumeClaim':
        return describeClaim(object, listOf(invocation, 'pods'), events, clock);
      case 'PersistentVolume':
        return describeVolume(object, events, clock);
      case 'ConfigMap':
        return describeConfigMap(object, events, clock);
      case 'Secret':
        return describeSecret(object);
      case 'Namespace':
        return describeNamespace(object);
      case 'PodDisruptionBudget':
        return describeBudget(object, events, clock);
      case 'Endpoints':
        return describeEndpoints(object, events, clock);
      case 'EndpointSlice':
        return describeEndpointSlice(object, events, clock);
      case 'StorageClass':
        return describeStorageClass(object, events, clock);
      case 'NetworkPolicy':
        return describeNetworkPolicy(object);
      default:
        return describeGeneric(object, events, clock);
    }
  })();
  return { text, events };
}

function surroundings(
  invocation: Invocation,
  object: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): WorkloadSurroundings {
  const selector = labelSelectorOf(objectAt(objectAt(asJson(object), 'spec'), 'selector'));
  const pods = listOf(invocation, 'pods', { labelSelector: formatLabelSelector(selector) }).filter(
    ({ metadata }) =>
      object.kind === 'Deployment'
        ? true
        : metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid),
  );
  const replicaSets = object.kind === 'Deployment' ? ownedReplicaSets(invocation, object) : [];
  const olderSets = replicaSets.filter((set) => !isCurrent(set, object));
  const newestSets = replicaSets.filter((set) => isCurrent(set, object));
  return { pods, olderSets, newestSets, events, clock };
}
