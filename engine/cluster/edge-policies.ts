/**
 * Guards of a caller: what it still allows itself to ask over an edge.
 *
 * Retry budget  A bucket of retries: each call puts `ratio` in, each retry takes 1 out, it never holds more
 *               than `burst`; so over any stretch retries ≤ ratio × calls + burst (Finagle RetryBudget).
 * Breaker       Closed: counts calls in windows that follow one another; opens when one of them has enough
 *               calls and too many of them failed. Open: nothing is asked. Half open: a few probes; the
 *               first failure opens it again, `probes` successes close it (Nygard, "Release It!", 2007).
 * Bulkhead      A call holds a place from its first attempt to its end.
 */
import type { Cluster } from './cluster-state.ts';
import type { BreakerSpec, EdgePolicySpec } from './spec/edge-policy-spec.ts';
import { STATUS_BREAKER_OPEN, STATUS_BULKHEAD_FULL, STATUS_OK } from './spans.ts';

/** Calls pass. */
export const BREAKER_CLOSED = 0;
/** Nothing is asked. */
export const BREAKER_OPEN = 1;
/** A few calls are let through to see how it is. */
export const BREAKER_HALF_OPEN = 2;

/** What one calling process knows and counts of one guarded edge. */
export type EdgePolicy = {
  /** Edge number. */
  edge: number;
  /** Calling process. */
  caller: number;
  /** Calls in work. */
  inFlight: number;
  /** Retries that may be made now. */
  retryTokens: number;
  /** BREAKER_… state. */
  breaker: number;
  /** Start of the window that is counted, microseconds. */
  windowStartMicros: number;
  /** Attempts that ended in it. */
  windowCalls: number;
  /** Of them failed. */
  windowFailures: number;
  /** When an open breaker lets probes through, microseconds. */
  openUntilMicros: number;
  /** Probes on their way. */
  probing: number;
  /** Probes that ended well. */
  probed: number;
  /** First attempts, ever. */
  calls: number;
  /** Further attempts, ever. */
  retries: number;
  /** Retries that the budget refused, ever. */
  retriesRefused: number;
  /** Attempts that an open breaker refused, ever. */
  breakerRefused: number;
  /** Times that the breaker opened, ever. */
  breakerOpened: number;
  /** Calls that found the bulkhead full, ever. */
  bulkheadRefused: number;
  /** Requests sent a second time for want of an answer, ever. */
  hedges: number;
};

/** Guards an edge of a calling process; returns their number. */
export function createEdgePolicy(cluster: Cluster, edge: number, caller: number): number {
  const spec = cluster.plan.edges[edge].spec.policy;
  return (
    cluster.edgePolicies.push({
      edge,
      caller,
      inFlight: 0,
      retryTokens: spec?.retryBudget?.burst ?? 0,
      breaker: BREAKER_CLOSED,
      windowStartMicros: cluster.nowMicros,
      windowCalls: 0,
      windowFailures: 0,
      openUntilMicros: 0,
      probing: 0,
      probed: 0,
      calls: 0,
      retries: 0,
      retriesRefused: 0,
      breakerRefused: 0,
      breakerOpened: 0,
      bulkheadRefused: 0,
      hedges: 0,
    }) - 1
  );
}

/** Begins a call: STATUS_OK, or why it may not be made. */
export function beginCall(policy: EdgePolicy, spec: EdgePolicySpec): number {
  if (spec.maxInFlight !== undefined && policy.inFlight >= spec.maxInFlight) {
    policy.bulkheadRefused++;
    return STATUS_BULKHEAD_FULL;
  }
  policy.inFlight++;
  policy.calls++;
  const budget = spec.retryBudget;
  if (budget !== undefined) policy.retryTokens = Math.min(budget.burst, policy.retryTokens + budget.ratio);
  return STATUS_OK;
}

/** Whether the breaker lets an attempt through: STATUS_OK, or STATUS_BREAKER_OPEN. */
export function beginAttempt(policy: EdgePolicy, spec: EdgePolicySpec, nowMicros: number): number {
  const { breaker } = spec;
  if (breaker === undefined || policy.breaker === BREAKER_CLOSED) return STATUS_OK;
  if (policy.breaker === BREAKER_OPEN && nowMicros >= policy.openUntilMicros) {
    policy.breaker = BREAKER_HALF_OPEN;
    policy.probing = 0;
    policy.probed = 0;
  }
  if (policy.breaker === BREAKER_HALF_OPEN && policy.probing + policy.probed < breaker.probes) {
    policy.probing++;
    return STATUS_OK;
  }
  policy.breakerRefused++;
  return STATUS_BREAKER_OPEN;
}

function openBreaker(policy: EdgePolicy, breaker: BreakerSpec, nowMicros: number): void {
  policy.breaker = BREAKER_OPEN;
  policy.breakerOpened++;
  policy.openUntilMicros = nowMicros + breaker.openMicros;
}

function startWindow(policy: EdgePolicy, nowMicros: number): void {
  policy.windowStartMicros = nowMicros;
  policy.windowCalls = 0;
  policy.windowFailures = 0;
}

/** A probe has ended. */
function endProbe(policy: EdgePolicy, breaker: BreakerSpec, ok: boolean, nowMicros: number): void {
  if (policy.breaker !== BREAKER_HALF_OPEN) return;
  policy.probing--;
  if (!ok) openBreaker(policy, breaker, nowMicros);
  else if (++policy.probed >= breaker.probes) {
    policy.breaker = BREAKER_CLOSED;
    startWindow(policy, nowMicros);
  }
}

/** An attempt has ended; the breaker takes note. What it let through while closed tells it nothing later. */
export function endAttempt(
  policy: EdgePolicy,
  spec: EdgePolicySpec,
  ok: boolean,
  isProbe: boolean,
  nowMicros: number,
): void {
  const { breaker } = spec;
  if (breaker === undefined) return;
  if (isProbe) {
    endProbe(policy, breaker, ok, nowMicros);
    return;
  }
  if (policy.breaker !== BREAKER_CLOSED) return;
  if (nowMicros - policy.windowStartMicros >= breaker.windowMicros) startWindow(policy, nowMicros);
  policy.windowCalls++;
  if (!ok) policy.windowFailures++;
  const enough = policy.windowCalls >= breaker.minCalls;
  if (enough && policy.windowFailures >= breaker.failureRatio * policy.windowCalls) {
    openBreaker(policy, breaker, nowMicros);
  }
}

/** Takes a retry (or a hedge) out of the budget; false when none is left. */
export function takeRetry(policy: EdgePolicy, spec: EdgePolicySpec): boolean {
  if (spec.retryBudget !== undefined) {
    if (policy.retryTokens < 1) {
      policy.retriesRefused++;
      return false;
    }
    policy.retryTokens--;
  }
  return true;
}
