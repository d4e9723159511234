/**
 * Tells controllers what changed: reads the new entries of the watch log and schedules who must look.
 *
 * Why   Nothing is reconciled within a write. A caller sees the object as it wrote it; controllers follow
 *       a few milliseconds later, as informers do.
 */
import { schedule } from '../../kernel/event-queue.ts';
import type { KubeObject } from './api-types.ts';
import { controlDelay } from './control-delay.ts';
import { wakeAgents } from './controllers/network-agents.ts';
import { controllerOf } from './controllers/pod-facts.ts';
import { EVENT_GARBAGE } from './event-kinds.ts';
import type { ControllerName, World } from './kube-state.ts';
import { planConfigRefresh } from './kubelet/config-refresh.ts';
import { listObjects } from './object-reads.ts';
import { routePod } from './route-pods.ts';
import { retryUnschedulable } from './scheduler/scheduler.ts';
import type { WatchEntry } from './store-state.ts';
import { wakePod } from './kubelet/pod-steps.ts';
import { enqueue, enqueueAfter } from './work-queue.ts';

/** Pods of a deleted node go after the real collector's quarantine of 40 s, within its period of 20 s. */
const NODE_GONE_MICROS = 40_000_000;
const GARBAGE_LEAST = 100_000;
const GARBAGE_MOST = 500_000;

/** Kinds whose objects one controller looks at whenever they change. */
const OWN_CONTROLLERS = new Map<string, ControllerName>([
  ['deployments.apps', 'deployment'],
  ['replicasets.apps', 'replicaset'],
  ['statefulsets.apps', 'statefulset'],
  ['daemonsets.apps', 'daemonset'],
  ['services', 'endpoints'],
  ['persistentvolumeclaims', 'claims'],
  ['poddisruptionbudgets.policy', 'disruption'],
]);

/** Routes everything that was written since the last call. */
export function routeChanges(world: World): void {
  const { kube } = world;
  const { store } = kube;
  const fresh = store.resourceVersion - kube.routedVersion;
  if (fresh <= 0) return;
  kube.routedVersion = store.resourceVersion;
  const log = store.watchLog;
  for (let at = Math.max(0, log.length - fresh); at < log.length; at++) {
    const entry = log[at];
    if (entry.resource === 'events') continue;
    const object = entry.last ?? store.shelves.get(entry.resource)?.byKey.get(entry.key);
    if (object !== undefined) route(world, entry, object);
  }
  planGarbage(world);
}

function route(world: World, entry: WatchEntry, object: KubeObject): void {
  const namespace = object.metadata.namespace ?? '';
  const { name } = object.metadata;
  const own = OWN_CONTROLLERS.get(entry.resource);
  if (own !== undefined) enqueue(world, own, namespace, name);
  switch (entry.resource) {
    case 'pods':
      routePod(world, entry.type, object);
      break;
    case 'replicasets.apps':
      routeOwner(world, object);
      break;
    case 'nodes':
      routeNode(world, entry, object);
      break;
    case 'configmaps':
    case 'secrets':
      if (entry.type !== 'DELETED') planConfigRefresh(world, entry.resource, namespace, name);
      break;
    case 'persistentvolumeclaims':
      wakeClaimants(world, namespace);
      if (entry.type === 'DELETED') wakeStatefulSets(world, namespace);
      break;
    case 'networkpolicies.networking.k8s.io':
      wakeAgents(world);
      break;
    case 'namespaces':
      wakeAgents(world);
      break;
    default:
      break;
  }
}

/** A ReplicaSet's deployment looks when the ReplicaSet changes. */
function routeOwner(world: World, set: KubeObject): void {
  const owner = controllerOf(set);
  if (owner?.kind === 'Deployment') enqueue(world, 'deployment', set.metadata.namespace ?? '', owner.name);
}

function routeNode(world: World, entry: WatchEntry, node: KubeObject): void {
  const { name } = node.metadata;
  if (entry.type === 'DELETED') {
    const wait = controlDelay(world, `node ${name} gone`, NODE_GONE_MICROS, NODE_GONE_MICROS + 20_000_000);
    enqueueAfter(world, 'nodes', { namespace: '', name }, wait);
  } else if (entry.type === 'ADDED' || changesSpecOrLabels(entry)) {
    enqueue(world, 'nodes', '', name);
  } else return;
  retryUnschedulable(world);
  for (const set of listObjects(world, 'daemonsets')) {
    enqueue(world, 'daemonset', set.metadata.namespace ?? '', set.metadata.name);
  }
}

/** True unless only the status was written; a node's report of itself concerns no controller. */
function changesSpecOrLabels(entry: WatchEntry): boolean {
  return (entry.undo ?? []).some(({ path }) => {
    if (path[0] === 'spec') return true;
    return path[0] === 'metadata' && (path[1] === 'labels' || path[1] === undefined);
  });
}

/** A claim has changed: pods that could not be placed or mounted for want of it are tried again. */
function wakeClaimants(world: World, namespace: string): void {
  retryUnschedulable(world);
  for (const pod of world.kube.pods.values()) {
    if (pod.namespace !== namespace || pod.mounted || pod.mountFailures === 0) continue;
    wakePod(world, pod, controlDelay(world, `${pod.uid} claim`, 50_000, 300_000));
  }
}

/** A claim is gone: the set whose pod waits for it makes it anew. */
function wakeStatefulSets(world: World, namespace: string): void {
  for (const set of listObjects(world, 'statefulsets', namespace)) {
    enqueue(world, 'statefulset', namespace, set.metadata.name);
  }
}

/** Looks for what no owner holds any more, soon, when there may be such. */
function planGarbage(world: World): void {
  const { cluster, kube } = world;
  if (!kube.store.garbageSuspected || kube.garbageDue) return;
  kube.garbageDue = true;
  const wait = controlDelay(world, 'garbage', GARBAGE_LEAST, GARBAGE_MOST);
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_GARBAGE, 0, 0);
}
