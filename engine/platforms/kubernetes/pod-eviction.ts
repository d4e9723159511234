/** The eviction subresource: a deletion that asks the disruption budgets first. */
import type { ApiAnswer, JsonObject, KubeObject } from './api-types.ts';
import type { Call } from './call.ts';
import { callFor } from './call.ts';
import { deleteStored, type DeleteOptions } from './delete-object.ts';
import { asJson, countAt, isObject, numberAt, objectAt, objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { recordManager } from './managed-fields.ts';
import { metaOf } from './object-meta.ts';
import { findResource } from './resources.ts';
import { labelSelectorOf, matchesLabels } from './selectors.ts';
import { refuse, type Refusal } from './status.ts';
import { readAll } from './store-state.ts';
import { replaceObject } from './store-writes.ts';
import { timestampAt } from './timestamps.ts';

const BUDGETS = 'poddisruptionbudgets.policy';

function specOf(object: KubeObject): JsonObject | undefined {
  return objectAt(asJson(object), 'spec');
}

function statusOf(object: KubeObject): JsonObject | undefined {
  return objectAt(asJson(object), 'status');
}

/** Budgets whose selector matches the pod. */
function budgetsOf(call: Call, pod: KubeObject): KubeObject[] {
  return readAll(call.store, BUDGETS, pod.metadata.namespace).filter((budget) => {
    const selector = objectAt(specOf(budget), 'selector');
    return selector !== undefined && matchesLabels(labelSelectorOf(selector), pod.metadata.labels);
  });
}

/** A pod that does no work is evicted without asking. */
function isIdle(pod: KubeObject): boolean {
  const phase = textAt(statusOf(pod), 'phase');
  return pod.metadata.deletionTimestamp !== undefined || phase !== 'Running';
}

function isReady(pod: KubeObject): boolean {
  return objectsAt(statusOf(pod), 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
}

/** An unready pod may go when its budget says so, or when enough others are healthy. */
function mayGoUnhealthy(pod: KubeObject, budget: KubeObject): boolean {
  if (isReady(pod)) return false;
  if (textAt(specOf(budget), 'unhealthyPodEvictionPolicy') === 'AlwaysAllow') return true;
  const status = statusOf(budget);
  const desired = countAt(status, 'desiredHealthy');
  return desired > 0 && countAt(status, 'currentHealthy') >= desired;
}

function tooManyRequests(cause: string): Refusal {
  const message = "Cannot evict pod as it would violate the pod's disruption budget.";
  return refuse(429, 'TooManyRequests', message, {
    causes: [{ reason: 'DisruptionBudget', message: cause }],
  });
}

/** Takes one disruption from the budget, or refuses. */
function spend(call: Call, pod: KubeObject, budget: KubeObject): Refusal | undefined {
  const status = statusOf(budget);
  const name = budget.metadata.name;
  if (countAt(status, 'observedGeneration') < (budget.metadata.generation ?? 0)) {
    return tooManyRequests(`The disruption budget ${name} is still being processed by the server.`);
  }
  const allowed = countAt(status, 'disruptionsAllowed');
  if (allowed <= 0) {
    const needed = countAt(status, 'desiredHealthy');
    const healthy = countAt(status, 'currentHealthy');
    return tooManyRequests(
      `The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`,
    );
  }
  if (call.query.dryRun !== undefined) return undefined;
  const next = cloneJson(asJson(budget));
  const disrupted: JsonObject = { ...objectAt(status, 'disruptedPods') };
  // A pod name of digits alone cannot be a key in state; the controller recounts without it.
  if (!/^\d+$/.test(pod.metadata.name)) disrupted[pod.metadata.name] = timestampAt(call.store, call.atMicros);
  next.status = { ...objectAt(next, 'status'), disruptionsAllowed: allowed - 1, disruptedPods: disrupted };
  const kind = findResource('policy', 'v1', 'poddisruptionbudgets');
  if (kind !== undefined)
    recordManager(metaOf(next), callFor(call.store, call.atMicros, kind, call.request), 'status');
  replaceObject(call.store, BUDGETS, next as unknown as KubeObject);
  return undefined;
}

/** POST of an Eviction. */
export function evictPod(call: Call, pod: KubeObject): ApiAnswer {
  const body = isObject(call.request.body) ? call.request.body : undefined;
  const grace =
    numberAt(objectAt(body, 'deleteOptions'), 'gracePeriodSeconds') ?? call.query.gracePeriodSeconds;
  const options: DeleteOptions = grace === undefined ? {} : { gracePeriodSeconds: grace };
  const budgets = budgetsOf(call, pod);
  if (!isIdle(pod) && budgets.length > 1) {
    const message =
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
    return refuse(500, 'InternalError', message);
  }
  if (!isIdle(pod) && budgets.length === 1 && !mayGoUnhealthy(pod, budgets[0])) {
    const refusal = spend(call, pod, budgets[0]);
    if (refusal !== undefined) return refusal;
  }
  const answer = deleteStored(call, pod, options);
  return answer.ok ? { ...answer, code: 201 } : answer;
}
