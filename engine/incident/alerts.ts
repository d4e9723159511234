/**
 * Alerts: rules judged once a second from journey samples and cluster counters.
 *
 * Reads   samples, volumes, processes. Never a fault, never Kubernetes objects.
 * Emits   `AlertFired` and `AlertResolved`. A rule's condition must hold for `forSeconds` before it fires
 *         and be gone for `keepFiringSeconds` before it resolves (as Prometheus' `for` and
 *         `keep_firing_for`), so that it does not flap.
 */
import type { Cluster } from '../cluster/cluster-state.ts';
import type { JourneySpec } from '../cluster/system-spec.ts';
import type { AlertRule, BurnRateCondition, ThresholdCondition } from '../protocol/alert-rule.ts';
import type { NewEvent } from '../protocol/events.ts';
import { countsBetween, endSecond } from './journey-samples.ts';
import type { JourneySamples } from './journey-samples.ts';

/** How long an alert fires on when its rule does not say, seconds. */
const KEEP_FIRING_SECONDS_DEFAULT = 60;
/** How far back restarts and throttling are counted, seconds. */
const RESTART_WINDOW_SECONDS = 600;
const THROTTLE_WINDOW_SECONDS = 60;
/** How often CPU periods are noted, seconds; divides the window. */
const THROTTLE_STEP_SECONDS = 10;

/** No second of any incident or its past. */
const NOT_HELD = -1e9;

/** What is remembered of one rule about one subject. */
export type RuleMemory = {
  /** Second since which the condition has held; `NOT_HELD` when it does not. */
  heldSince: number;
  /** Second since which it has not held while the alert fires. */
  goneSince: number;
  /** Id of the firing alert, '' when it does not fire. */
  alertId: string;
};

/** What alert rules remember. */
export type AlertMemory = {
  /** By `rule id|subject`. */
  rules: Map<string, RuleMemory>;
  /** Alerts fired so far; numbers their ids. */
  fired: number;
  /** CPU periods and throttled periods of a process at the last steps, newest last; by process. */
  throttle: Map<number, number[]>;
};

/** One subject of a rule with its number and whether the number crosses the line. */
type Finding = { subject: string; value: number; crossed: boolean };

/** Burn rate of a journey over the last seconds: bad share ÷ error budget; 0 without traffic. */
export function burnRate(
  samples: JourneySamples,
  journey: number,
  seconds: number,
  objectiveRatio: number,
): number {
  const now = endSecond(samples);
  const { completed, bad } = countsBetween(samples, journey, now - seconds, now);
  return completed === 0 ? 0 : bad / completed / (1 - objectiveRatio);
}

/** Some pair of windows burns at its factor in both; the value is the highest rate of a long window. */
function judgeBurnRate(
  condition: BurnRateCondition,
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
): Finding[] {
  const journey = journeys.findIndex((one) => one.name === condition.sli);
  if (journey < 0) return [];
  let value = 0;
  let crossed = false;
  for (const { longSeconds, shortSeconds, factor } of condition.windows) {
    const long = burnRate(samples, journey, longSeconds, condition.objectiveRatio);
    const short = burnRate(samples, journey, shortSeconds, condition.objectiveRatio);
    if (long > value) value = long;
    if (long >= factor && short >= factor) crossed = true;
  }
  return [{ subject: '', value, crossed }];
}

/** Used share of every volume. */
function volumeRatios(cluster: Cluster): [string, number][] {
  return cluster.volumes.map((volume) => [volume.name, volume.usedBytes / volume.capacityBytes]);
}

/** Restarts of every container in the window: its processes but the first that ended in it. */
function restartCounts(cluster: Cluster): [string, number][] {
  const since = cluster.nowMicros - RESTART_WINDOW_SECONDS * 1_000_000;
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const process of cluster.processes) {
    const again = seen.has(process.owner);
    seen.add(process.owner);
    if (again && process.startedMicros > since)
      counts.set(process.owner, (counts.get(process.owner) ?? 0) + 1);
  }
  return [...counts];
}

/** Throttled share of CPU periods of every living process in the window. */
function throttledRatios(cluster: Cluster, memory: AlertMemory): [string, number][] {
  const found: [string, number][] = [];
  for (const process of cluster.processes) {
    const history = memory.throttle.get(process.id);
    if (history === undefined || process.phase === 'exited') continue;
    const periods = process.cpu.periods - history[0];
    if (periods <= 0) continue;
    found.push([process.owner, (process.cpu.throttledPeriods - history[1]) / periods]);
  }
  return found;
}

/** Notes CPU periods every few seconds, so that the window's begin is known. */
function noteThrottling(cluster: Cluster, memory: AlertMemory, second: number): void {
  if (second % THROTTLE_STEP_SECONDS !== 0) return;
  const kept = (THROTTLE_WINDOW_SECONDS / THROTTLE_STEP_SECONDS) * 2;
  for (const process of cluster.processes) {
    if (process.phase === 'exited') {
      memory.throttle.delete(process.id);
      continue;
    }
    const history = memory.throttle.get(process.id) ?? [];
    history.push(process.cpu.periods, process.cpu.throttledPeriods);
    memory.throttle.set(process.id, history.slice(-kept));
  }
}

function judgeThreshold(condition: ThresholdCondition, cluster: Cluster, memory: AlertMemory): Finding[] {
  const signals = {
    volumeUsedRatio: () => volumeRatios(cluster),
    containerRestarts: () => restartCounts(cluster),
    throttledRatio: () => throttledRatios(cluster, memory),
  };
  return signals[condition.signal]().map(([subject, value]) => ({
    subject,
    value,
    crossed: value > condition.above,
  }));
}

/** What alerts are judged from. */
export type AlertInputs = {
  /** Rules of the scenario. */
  rules: readonly AlertRule[];
  /** Journeys of the system. */
  journeys: readonly JourneySpec[];
  /** Samples up to now. */
  samples: JourneySamples;
  /** The cluster. */
  cluster: Cluster;
};

/** One subject of one rule: fires, resolves, or waits on. */
function judgeSubject(
  memory: AlertMemory,
  rule: AlertRule,
  finding: Finding,
  second: number,
): NewEvent | null {
  const key = `${rule.id}|${finding.subject}`;
  const held = memory.rules.get(key);
  if (held === undefined && !finding.crossed) return null;
  const state = held ?? { heldSince: NOT_HELD, goneSince: -1, alertId: '' };
  memory.rules.set(key, state);
  if (finding.crossed) {
    state.goneSince = -1;
    if (state.heldSince === NOT_HELD) state.heldSince = second;
    if (state.alertId !== '' || second - state.heldSince < rule.condition.forSeconds) return null;
    state.alertId = `alert-${++memory.fired}`;
    const { id: ruleId, title, severity } = rule;
    const { subject, value } = finding;
    return {
      type: 'AlertFired',
      audience: 'everyone',
      alertId: state.alertId,
      ruleId,
      title,
      severity,
      subject,
      value,
    };
  }
  state.heldSince = NOT_HELD;
  if (state.alertId === '') return null;
  if (state.goneSince < 0) state.goneSince = second;
  if (second - state.goneSince < (rule.keepFiringSeconds ?? KEEP_FIRING_SECONDS_DEFAULT)) return null;
  const { alertId } = state;
  state.alertId = '';
  state.goneSince = -1;
  return { type: 'AlertResolved', audience: 'everyone', alertId, ruleId: rule.id, title: rule.title };
}

/**
 * Takes what stands above a threshold at time 0 as having stood there long before, so that the tickets of
 * yesterday are there at the start and do not fire as news a minute later.
 */
export function recallAlerts(memory: AlertMemory, inputs: AlertInputs): void {
  for (const { id, condition } of inputs.rules) {
    if (condition.type !== 'threshold') continue;
    for (const { subject, crossed } of judgeThreshold(condition, inputs.cluster, memory)) {
      const heldSince = inputs.samples.firstSecond;
      if (crossed) memory.rules.set(`${id}|${subject}`, { heldSince, goneSince: -1, alertId: '' });
    }
  }
}

/** Judges every rule at the end of a second; changes only the memory. */
export function judgeAlerts(memory: AlertMemory, inputs: AlertInputs): NewEvent[] {
  const second = endSecond(inputs.samples);
  noteThrottling(inputs.cluster, memory, second);
  const events: NewEvent[] = [];
  for (const rule of inputs.rules) {
    const { condition } = rule;
    const findings =
      condition.type === 'burnRate'
        ? judgeBurnRate(condition, inputs.journeys, inputs.samples)
        : judgeThreshold(condition, inputs.cluster, memory);
    const subjects = new Set(findings.map((finding) => finding.subject));
    // A subject that is gone (a deleted pod) no longer crosses any line.
    for (const key of memory.rules.keys()) {
      const [ruleId, subject] = [key.slice(0, key.indexOf('|')), key.slice(key.indexOf('|') + 1)];
      if (ruleId === rule.id && !subjects.has(subject)) findings.push({ subject, value: 0, crossed: false });
    }
    for (const finding of findings) {
      const event = judgeSubject(memory, rule, finding, second);
      if (event !== null) events.push(event);
    }
  }
  return events;
}
