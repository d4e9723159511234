/** The disruption controller: how many pods a PodDisruptionBudget lets go right now. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { memberAt, objectAt, objectsAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { writeStatus } from '../object-writes.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import { timestampAt } from '../timestamps.ts';
import { withCondition } from '../conditions.ts';
import { scaledValue, wantedReplicas } from './deployment-math.ts';
import { controllerOf, isActivePod, isReadyPod } from './pod-facts.ts';

/** Counts the pods of one budget anew. */
export function reconcileDisruption(world: World, namespace: string, name: string): void {
  const budget = getObject(world, 'poddisruptionbudgets', namespace, name);
  if (budget === undefined) return;
  const selector = labelSelectorOf(objectAt(budget.spec, 'selector'));
  const pods = listObjects(world, 'pods', namespace).filter(
    (pod) => isActivePod(pod) && matchesLabels(selector, pod.metadata.labels),
  );
  const healthy = pods.filter(isReadyPod).length;
  const expected = expectedPods(world, namespace, pods);
  const desired = desiredHealthy(budget, expected);
  const allowed = expected === 0 ? 0 : Math.max(0, healthy - desired);
  const status: JsonObject = {
    observedGeneration: budget.metadata.generation ?? 0,
    disruptionsAllowed: allowed,
    currentHealthy: healthy,
    desiredHealthy: desired,
    expectedPods: expected,
    conditions: withCondition(objectsAt(budget.status, 'conditions'), {
      type: 'DisruptionAllowed',
      status: allowed > 0 ? 'True' : 'False',
      observedGeneration: budget.metadata.generation ?? 0,
      lastTransitionTime: timestampAt(world.kube.store, world.cluster.nowMicros),
      reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
      message: '',
    }),
  };
  writeStatus(world, 'disruption-controller', 'poddisruptionbudgets', { object: budget, status });
}

/** Pods there should be: what the controllers of the selected pods want. */
function expectedPods(world: World, namespace: string, pods: KubeObject[]): number {
  const wanted = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    if (owner === undefined) continue;
    const kind = owner.kind === 'StatefulSet' ? 'statefulsets' : 'replicasets';
    const workload = getObject(world, kind, namespace, owner.name);
    if (workload === undefined) continue;
    const parent = controllerOf(workload);
    const deployment =
      parent === undefined ? undefined : getObject(world, 'deployments', namespace, parent.name);
    const source = deployment ?? workload;
    wanted.set(source.metadata.uid, wantedReplicas(source));
  }
  const sum = [...wanted.values()].reduce((total, count) => total + count, 0);
  return wanted.size === 0 ? pods.length : sum;
}

function desiredHealthy(budget: KubeObject, expected: number): number {
  const least = memberAt(budget.spec, 'minAvailable');
  if (least !== undefined) return scaledValue(least, expected, true);
  return Math.max(0, expected - scaledValue(memberAt(budget.spec, 'maxUnavailable') ?? 1, expected, true));
}
