/**
 * How a balancer with a policy chooses among its targets, and what it learns from their answers.
 *
 * Two choices  The maximum load of n targets grows as log log n, not log n (Mitzenmacher, "The power of two
 *              choices in randomized load balancing", 1996).
 * Outliers     As Envoy's: so many failures in a row take a target out for base × times; the number of
 *              times shrinks by one for each base time that it then stays in; a cap holds for all together.
 * Slow start   As Envoy's with aggression 1 and min_weight_percent 10: weight = age / window.
 * Sticky       Rendezvous hashing (Thaler and Ravishankar, 1998): when a target goes, only its own users
 *              move.
 */
import { drawUnit } from '../kernel/chance.ts';
import { closeWord, foldWord } from '../kernel/mix.ts';
import { PURPOSE_BALANCE } from '../kernel/purposes.ts';
import type { Balancer, Cluster, Process } from './cluster-state.ts';
import type { BalancingSpec, OutlierSpec } from './spec/balancing-spec.ts';
import { STATUS_NO_ENDPOINTS, STATUS_OK, STATUS_POOL_TIMEOUT, STATUS_RATE_LIMITED } from './spans.ts';

/** Least weight of a target in slow start. */
const LEAST_WEIGHT = 0.1;
/** A target that was there from the beginning has been there for ever, microseconds. */
const ALWAYS = -1e15;

/** What a balancer with a policy knows and counts. */
export type Choice = {
  /** Key of its draws: workload of the caller, hashed. */
  keyHi: number;
  /** Key of its draws: ordinal of the caller within it, and the edge. */
  keyLo: number;
  /** Choices made, ever. */
  picks: number;
  /** Its targets, by process number. */
  targets: Map<number, TargetView>;
  /** Targets taken out, ever (envoy_cluster_outlier_detection_ejections_enforced_total). */
  ejections: number;
  /** Not taken out because too many were (envoy_cluster_outlier_detection_ejections_overflow). */
  overflows: number;
};

/** One target as a balancer sees it. */
export type TargetView = {
  /** Unanswered requests (envoy_cluster_upstream_rq_active). */
  outstanding: number;
  /** Requests sent, ever. */
  requests: number;
  /** Failures in a row. */
  failures: number;
  /** Out until, microseconds; 0 = never was. */
  ejectedUntilMicros: number;
  /** Times that it was out of late. */
  ejections: number;
  /** Since when it can be used, microseconds. */
  sinceMicros: number;
  /** Part of a turn that it has saved up in slow start. */
  credit: number;
};

/** A balancer's knowledge at its beginning. */
export function createChoice(keyHi: number, keyLo: number): Choice {
  return { keyHi, keyLo, picks: 0, targets: new Map(), ejections: 0, overflows: 0 };
}

/** Takes note of targets that have come or gone. */
function refresh(cluster: Cluster, choice: Choice, targets: number[]): void {
  const known = choice.targets;
  for (const target of targets) {
    if (known.has(target)) continue;
    const sinceMicros = choice.picks === 0 ? ALWAYS : cluster.nowMicros;
    const zero = { outstanding: 0, requests: 0, failures: 0, ejectedUntilMicros: 0, ejections: 0, credit: 0 };
    known.set(target, { ...zero, sinceMicros });
  }
  if (known.size === targets.length) return;
  for (const target of known.keys()) if (!targets.includes(target)) known.delete(target);
}

/** Whether a target may be chosen. */
function isUsable(cluster: Cluster, balancer: Balancer, target: number): boolean {
  if (balancer.ejected.size > 0 && balancer.ejected.has(target)) return false;
  return balancer.choice!.targets.get(target)!.ejectedUntilMicros <= cluster.nowMicros;
}

/** How much of a full share a target gets. */
function weightOf(cluster: Cluster, view: TargetView, spec: BalancingSpec): number {
  if (spec.slowStartMicros === undefined) return 1;
  const grown = (cluster.nowMicros - view.sinceMicros) / spec.slowStartMicros;
  return grown >= 1 ? 1 : Math.max(LEAST_WEIGHT, grown);
}

/** The next in turn; in slow start a target waits until its saved parts make a whole turn. */
function inTurn(cluster: Cluster, balancer: Balancer, spec: BalancingSpec, targets: number[], all: boolean) {
  for (let tried = 0; tried < targets.length * (1 / LEAST_WEIGHT + 1); tried++) {
    const target = targets[balancer.turn % targets.length];
    balancer.turn = (balancer.turn + 1) % 720720;
    if (!all && !isUsable(cluster, balancer, target)) continue;
    const view = balancer.choice!.targets.get(target)!;
    const weight = weightOf(cluster, view, spec);
    if (weight === 1) return target;
    view.credit += weight;
    if (view.credit < 1) continue;
    view.credit--;
    return target;
  }
  return -1;
}

/** Unanswered requests for what it can take. */
function pressure(cluster: Cluster, balancer: Balancer, spec: BalancingSpec, target: number): number {
  const view = balancer.choice!.targets.get(target)!;
  return (view.outstanding + 1) / weightOf(cluster, view, spec);
}

/** The target with the fewest unanswered requests; among equals the next in turn. */
function leastBusy(
  cluster: Cluster,
  balancer: Balancer,
  spec: BalancingSpec,
  targets: number[],
  all: boolean,
) {
  let best = -1;
  let least = Infinity;
  const first = balancer.turn;
  balancer.turn = (balancer.turn + 1) % 720720;
  for (let at = 0; at < targets.length; at++) {
    const target = targets[(first + at) % targets.length];
    if (!all && !isUsable(cluster, balancer, target)) continue;
    const pressed = pressure(cluster, balancer, spec, target);
    if (pressed >= least) continue;
    least = pressed;
    best = target;
  }
  return best;
}

/** The usable target of a rank. */
function usableAt(
  cluster: Cluster,
  balancer: Balancer,
  targets: number[],
  all: boolean,
  rank: number,
): number {
  let left = rank;
  for (const target of targets) {
    if (!all && !isUsable(cluster, balancer, target)) continue;
    if (left-- === 0) return target;
  }
  return -1;
}

/** The less busy of two different targets drawn at random. */
function ofTwo(
  cluster: Cluster,
  balancer: Balancer,
  spec: BalancingSpec,
  targets: number[],
  all: boolean,
  usable: number,
): number {
  const { keyHi, keyLo, picks } = balancer.choice!;
  const first = Math.floor(drawUnit(cluster.seed, PURPOSE_BALANCE, keyHi, keyLo, picks * 2) * usable);
  const one = usableAt(cluster, balancer, targets, all, first);
  if (usable < 2) return one;
  const luck = drawUnit(cluster.seed, PURPOSE_BALANCE, keyHi, keyLo, picks * 2 + 1);
  const step = 1 + Math.floor(luck * (usable - 1));
  const other = usableAt(cluster, balancer, targets, all, (first + step) % usable);
  const pressed = pressure(cluster, balancer, spec, other);
  return pressed < pressure(cluster, balancer, spec, one) ? other : one;
}

/** The target of a user: of all that can be used, the one whose hash with the user's key is highest. */
function ofUser(
  cluster: Cluster,
  balancer: Balancer,
  targets: number[],
  all: boolean,
  userKey: number,
): number {
  let best = -1;
  let highest = -1;
  for (const target of targets) {
    if (!all && !isUsable(cluster, balancer, target)) continue;
    const score = closeWord(foldWord(foldWord(0x51ed270b, userKey), target)) >>> 0;
    if (score <= highest) continue;
    highest = score;
    best = target;
  }
  return best;
}

/**
 * Chooses the target of a call; −1 when there is none.
 *
 * @param userKey the user that the call is for, −1 = none.
 */
export function chooseTarget(
  cluster: Cluster,
  balancer: Balancer,
  spec: BalancingSpec,
  targets: number[],
  userKey: number,
): number {
  if (targets.length === 0) return -1;
  const choice = balancer.choice!;
  refresh(cluster, choice, targets);
  choice.picks++;
  let usable = 0;
  for (const target of targets) if (isUsable(cluster, balancer, target)) usable++;
  const all = usable < (spec.panicShare ?? 0) * targets.length;
  if (all) usable = targets.length;
  if (usable === 0) return -1;
  if (spec.sticky === true && userKey >= 0) return ofUser(cluster, balancer, targets, all, userKey);
  switch (spec.policy) {
    case 'roundRobin':
      return inTurn(cluster, balancer, spec, targets, all);
    case 'leastRequests':
      return leastBusy(cluster, balancer, spec, targets, all);
    case 'twoChoices':
      return ofTwo(cluster, balancer, spec, targets, all, usable);
  }
}

/** What a caller's balancer of an edge sees of a target; undefined where nobody looks. */
function viewOf(cluster: Cluster, caller: Process, edge: number, target: number): TargetView | undefined {
  return cluster.balancers[caller.balancerOfEdge[edge]]?.choice?.targets.get(target);
}

/** A request goes to a target. */
export function beginUse(cluster: Cluster, caller: Process, edge: number, target: number): void {
  const view = viewOf(cluster, caller, edge, target);
  if (view === undefined) return;
  view.outstanding++;
  view.requests++;
}

/** Whether the end of a call speaks against its target. */
function isFailure(status: number): boolean {
  if (status === STATUS_OK || status === STATUS_RATE_LIMITED) return false;
  return status !== STATUS_POOL_TIMEOUT && status !== STATUS_NO_ENDPOINTS;
}

/** A request to a target has ended; one failure too many takes the target out. */
export function endUse(
  cluster: Cluster,
  caller: Process,
  edge: number,
  target: number,
  status: number,
): void {
  const view = viewOf(cluster, caller, edge, target);
  if (view === undefined) return;
  // One that went and came back meanwhile counts anew.
  if (view.outstanding > 0) view.outstanding--;
  if (!isFailure(status)) {
    view.failures = 0;
    return;
  }
  view.failures++;
  const outliers = cluster.plan.edges[edge].spec.balancing?.outliers;
  if (outliers === undefined || view.failures < outliers.consecutiveFailures) return;
  if (view.ejectedUntilMicros > cluster.nowMicros) return;
  view.failures = 0;
  eject(cluster, cluster.balancers[caller.balancerOfEdge[edge]].choice!, outliers, view);
}

/** Takes a target out, unless too many are. */
function eject(cluster: Cluster, choice: Choice, spec: OutlierSpec, view: TargetView): void {
  let out = 0;
  for (const other of choice.targets.values()) if (other.ejectedUntilMicros > cluster.nowMicros) out++;
  if (out + 1 > spec.maxEjectedShare * choice.targets.size + 1e-9) {
    choice.overflows++;
    return;
  }
  const quiet = Math.floor((cluster.nowMicros - view.ejectedUntilMicros) / spec.baseEjectionMicros);
  view.ejections = Math.max(0, view.ejections - quiet) + 1;
  const time = Math.min(spec.maxEjectionMicros, spec.baseEjectionMicros * view.ejections);
  view.ejectedUntilMicros = cluster.nowMicros + time;
  view.sinceMicros = view.ejectedUntilMicros;
  choice.ejections++;
}
