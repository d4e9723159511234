/** The DaemonSet controller: one pod on every node that suits it. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { noteEvent } from '../object-events.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { createObject, deleteObject, writeStatus } from '../object-writes.ts';
import { allowsNode } from '../scheduler/node-affinity.ts';
import { enqueueAfter } from '../work-queue.ts';
import { scaledValue } from './deployment-math.ts';
import { podFromTemplate } from './pod-creation.ts';
import { isAvailablePod, isReadyPod, isTerminating } from './pod-facts.ts';
import { claimPods } from './pod-ownership.ts';
import { forgetRevisions, presentRevision } from './revision-history.ts';
import { blockingTaint } from './taints.ts';

const WRITER = 'daemonset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** Nodes' troubles that a daemon lives through. */
const TOLERATED = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
];

/** Brings one DaemonSet's pods in line with the nodes. */
export function reconcileDaemonSet(world: World, namespace: string, name: string): void {
  const set = getObject(world, 'daemonsets', namespace, name);
  if (set === undefined) {
    forgetRevisions(world, 'DaemonSet', namespace, name);
    return;
  }
  const hash = presentRevision(world, set);
  const byNode = new Map<string, KubeObject[]>();
  for (const pod of claimPods(world, set, WRITER)) {
    const node = targetNode(pod);
    byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  const nodes = listObjects(world, 'nodes').filter((node) => suits(set, node));
  const wanted = new Set(nodes.map((node) => node.metadata.name));
  if (!isTerminating(set)) {
    for (const node of nodes) keepOne(world, set, { node: node.metadata.name, pods: byNode, hash });
    for (const [node, pods] of byNode) {
      if (!wanted.has(node)) for (const pod of pods) if (!isTerminating(pod)) removePod(world, set, pod);
    }
    rollForward(world, set, { nodes, pods: byNode, hash });
  }
  writeCounts(world, set, { wanted, pods: byNode, hash });
}

/** The template as a pod with the daemon's tolerations, for asking whether a node suits it. */
function daemonPod(set: KubeObject, name: string): JsonObject {
  const body = podFromTemplate(set, objectAt(set.spec, 'template'), name);
  const spec = objectAt(body, 'spec') ?? {};
  const own = objectsAt(spec, 'tolerations');
  spec.tolerations = [...own, ...TOLERATED.map(([key, effect]) => ({ key, operator: 'Exists', effect }))];
  return body;
}

function suits(set: KubeObject, node: KubeObject): boolean {
  const pod = daemonPod(set, 'daemon') as unknown as KubeObject;
  return allowsNode(pod, node) && blockingTaint(pod, node) === undefined;
}

/** The node that a daemon's pod is bound to or made for. */
function targetNode(pod: KubeObject): string {
  const bound = textAt(pod.spec, 'nodeName');
  if (bound !== '') return bound;
  const affinity = objectAt(objectAt(pod.spec, 'affinity'), 'nodeAffinity');
  const terms = objectsAt(
    objectAt(affinity, 'requiredDuringSchedulingIgnoredDuringExecution'),
    'nodeSelectorTerms',
  );
  const values = memberAt(objectsAt(terms[0], 'matchFields')[0], 'values');
  return Array.isArray(values) ? String(values[0]) : '';
}

type Place = { node: string; pods: Map<string, KubeObject[]>; hash: string };

function keepOne(world: World, set: KubeObject, { node, pods, hash }: Place): void {
  const there = pods.get(node) ?? [];
  for (const pod of there) {
    const phase = textAt(pod.status, 'phase');
    if ((phase === 'Failed' || phase === 'Succeeded') && !isTerminating(pod)) removePod(world, set, pod);
  }
  if (there.length > 0) return;
  const body = daemonPod(set, `${set.metadata.name}-`);
  const labels = objectAt(objectAt(body, 'metadata'), 'labels') ?? {};
  labels[REVISION_LABEL] = hash;
  labels['pod-template-generation'] = String(set.metadata.generation ?? 1);
  const spec = objectAt(body, 'spec') ?? {};
  const term = { matchFields: [{ key: 'metadata.name', operator: 'In', values: [node] }] };
  spec.affinity = {
    ...(objectAt(spec, 'affinity') ?? {}),
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
  };
  const namespace = set.metadata.namespace ?? '';
  const made = createObject(world, WRITER, { resource: 'pods', namespace }, body);
  if (made.object === undefined) {
    const message = `Error creating: ${made.error}`;
    noteEvent(world, WRITER, set, { type: 'Warning', reason: 'FailedCreate', message });
    enqueueAfter(world, 'daemonset', { namespace, name: set.metadata.name }, 5_000_000);
    return;
  }
  const message = `Created pod: ${made.object.metadata.name}`;
  noteEvent(world, WRITER, set, { type: 'Normal', reason: 'SuccessfulCreate', message });
}

function removePod(world: World, set: KubeObject, pod: KubeObject): void {
  const { namespace, name } = pod.metadata;
  if (!deleteObject(world, WRITER, { resource: 'pods', namespace: namespace ?? '', name })) return;
  noteEvent(world, WRITER, set, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${name}`,
  });
}

type Roll = { nodes: KubeObject[]; pods: Map<string, KubeObject[]>; hash: string };

/** Replaces pods of older revisions, no more at once than may be missing; broken ones at once. */
function rollForward(world: World, set: KubeObject, { nodes, pods, hash }: Roll): void {
  const strategy = objectAt(set.spec, 'updateStrategy');
  if (textAt(strategy, 'type') === 'OnDelete') return;
  const allowed = memberAt(objectAt(strategy, 'rollingUpdate'), 'maxUnavailable') ?? 1;
  let room = Math.max(1, scaledValue(allowed, nodes.length, true));
  const minReady = countAt(set.spec, 'minReadySeconds');
  const old: KubeObject[] = [];
  for (const node of nodes) {
    const pod = (pods.get(node.metadata.name) ?? [])[0];
    const available = pod !== undefined && !isTerminating(pod) && isAvailablePod(world, pod, minReady);
    if (!available) room--;
    if (pod === undefined || isTerminating(pod) || pod.metadata.labels?.[REVISION_LABEL] === hash) continue;
    if (available) old.push(pod);
    else removePod(world, set, pod);
  }
  for (const pod of old.slice(0, Math.max(0, room))) removePod(world, set, pod);
}

type Counted = { wanted: Set<string>; pods: Map<string, KubeObject[]>; hash: string };

function writeCounts(world: World, set: KubeObject, { wanted, pods, hash }: Counted): void {
  const minReady = countAt(set.spec, 'minReadySeconds');
  let scheduled = 0;
  let misplaced = 0;
  let ready = 0;
  let available = 0;
  let updated = 0;
  for (const [node, there] of pods) {
    const pod = there.find((one) => !isTerminating(one));
    if (pod === undefined) continue;
    if (!wanted.has(node)) {
      misplaced++;
      continue;
    }
    scheduled++;
    if (isReadyPod(pod)) ready++;
    if (isAvailablePod(world, pod, minReady)) available++;
    if (pod.metadata.labels?.[REVISION_LABEL] === hash) updated++;
  }
  const status: JsonObject = {
    currentNumberScheduled: scheduled,
    desiredNumberScheduled: wanted.size,
    numberMisscheduled: misplaced,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 0,
  };
  if (available > 0) status.numberAvailable = available;
  if (wanted.size - available > 0) status.numberUnavailable = wanted.size - available;
  if (updated > 0) status.updatedNumberScheduled = updated;
  writeStatus(world, WRITER, 'daemonsets', { object: set, status });
  if (minReady > 0 && available < ready) {
    const { namespace, name } = set.metadata;
    enqueueAfter(world, 'daemonset', { namespace: namespace ?? '', name }, minReady * 1_000_000);
  }
}
