/** Hands each event of the platform to the controller or kubelet it is for. */
import { invariant } from '../../kernel/invariant.ts';
import { reconcileClaim, finishResize } from './controllers/claims.ts';
import { reconcileDaemonSet } from './controllers/daemon-set.ts';
import { reconcileDeployment } from './controllers/deployment.ts';
import { reconcileDisruption } from './controllers/disruption.ts';
import { handleTargetsSpread, reconcileEndpoints } from './controllers/endpoints.ts';
import { handlePolicyAgent } from './controllers/network-agents.ts';
import { reconcileNode } from './controllers/nodes.ts';
import { reconcileReplicaSet } from './controllers/replica-set.ts';
import { reconcileStatefulSet } from './controllers/stateful-set.ts';
import * as kinds from './event-kinds.ts';
import type { ControllerName, World } from './kube-state.ts';
import { handleConfigRefresh } from './kubelet/config-refresh.ts';
import { handleContainerStep } from './kubelet/container-steps.ts';
import { handlePodStep } from './kubelet/pod-steps.ts';
import { handleProbe } from './kubelet/probes.ts';
import { handleMetricsSample } from './metrics-api.ts';
import { handleNodeReport } from './nodes/node-reports.ts';
import { routeChanges } from './route-changes.ts';
import { schedulePod } from './scheduler/scheduler.ts';
import { collectGarbage } from './store.ts';
import { takeWork } from './work-queue.ts';

/** What each controller does with one object. */
const RECONCILERS: {
  readonly [name in ControllerName]: (world: World, namespace: string, name: string) => void;
} = {
  deployment: reconcileDeployment,
  replicaset: reconcileReplicaSet,
  statefulset: reconcileStatefulSet,
  daemonset: reconcileDaemonSet,
  scheduler: schedulePod,
  endpoints: reconcileEndpoints,
  disruption: reconcileDisruption,
  claims: reconcileClaim,
  resize: finishResize,
  nodes: (world, _namespace, name) => reconcileNode(world, name),
};

function reconcile(world: World, id: number): void {
  const item = takeWork(world, id);
  if (item !== undefined) RECONCILERS[item.controller](world, item.namespace, item.name);
}

function handleGarbage(world: World): void {
  world.kube.garbageDue = false;
  collectGarbage(world.kube.store, world.cluster.nowMicros);
  routeChanges(world);
}

/**
 * Runs one event of the platform at the cluster's present time.
 *
 * @throws InvariantError on a kind that is not the platform's.
 */
export function handlePlatformEvent(world: World, kind: number, a: number, b: number): void {
  switch (kind) {
    case kinds.EVENT_PROBE:
      return handleProbe(world, a, b);
    case kinds.EVENT_RECONCILE:
      return reconcile(world, a);
    case kinds.EVENT_POD_STEP:
      return handlePodStep(world, a);
    case kinds.EVENT_CONTAINER_STEP:
      return handleContainerStep(world, a, b);
    case kinds.EVENT_CONFIG_REFRESH:
      return handleConfigRefresh(world, a);
    case kinds.EVENT_TARGETS_SPREAD:
      return handleTargetsSpread(world, a);
    case kinds.EVENT_POLICY_AGENT:
      return handlePolicyAgent(world, a);
    case kinds.EVENT_GARBAGE:
      return handleGarbage(world);
    case kinds.EVENT_METRICS_SAMPLE:
      return handleMetricsSample(world);
    case kinds.EVENT_NODE_REPORT:
      return handleNodeReport(world);
    default:
      invariant(false, `event kind ${kind} is not the platform's`);
  }
}
