/**
 * Impact: how badly users are hurt, second by second.
 *
 * Badness  B = Σ w_j · clamp((b_j − budget_j) / (1 − budget_j), 0, 1) over the journeys j, where b_j is the
 *          share of bad ones among those that ended and budget_j what the objective leaves. 0 = every
 *          journey inside its objective, 1 = nothing works. Impact is the sum of B over seconds.
 * Start    The first second s ≥ 0 with B(s) > 0 for which the pooled badness of [s, s+10) and of
 *          [s+10, s+20) both reach 0.05. Two windows in a row, so a blip of noise is no start.
 * End      The first second s after the start with B(s) < 0.05 for which the pooled badness of [s, s+10) and
 *          of [s+10, s+20) both stay below 0.05. Start and end are known 20 s later.
 */
import type { JourneySpec } from '../cluster/system-spec.ts';
import { countsBetween, endSecond } from './journey-samples.ts';
import type { JourneySamples } from './journey-samples.ts';

/** Length of each of the two windows that a start or an end must fill, seconds. */
const PERSISTENCE_WINDOW_SECONDS = 10;
/** Pooled badness that counts as impact. */
export const IMPACT_BADNESS = 0.05;

/** Whether users are being hurt, as far as is known. */
export type ImpactState = {
  /** Second in which impact began; −1 before. The first time counts; it may end and begin again. */
  beganSecond: number;
  /** Second in which it last ended; −1 while it goes on or has not begun. */
  endedSecond: number;
};

/** Badness of the counts pooled over seconds [from, to). */
export function badnessBetween(
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
  from: number,
  to: number,
): number {
  let badness = 0;
  for (let at = 0; at < journeys.length; at++) {
    const { completed, bad } = countsBetween(samples, at, from, to);
    if (completed === 0) continue;
    const budget = 1 - journeys[at].objectiveRatio;
    const excess = (bad / completed - budget) / (1 - budget);
    if (excess > 0) badness += journeys[at].weight * Math.min(1, excess);
  }
  return badness;
}

/** Badness of every second from 0 to the newest sample. */
export function badnessBySecond(journeys: readonly JourneySpec[], samples: JourneySamples): Float64Array {
  const seconds = Math.max(0, endSecond(samples));
  const badness = new Float64Array(seconds);
  for (let second = 0; second < seconds; second++) {
    badness[second] = badnessBetween(journeys, samples, second, second + 1);
  }
  return badness;
}

/** User actions that failed over seconds [from, to), and what they cost, US cents. */
export function costBetween(
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
  from: number,
  to: number,
): { failedActions: number; costCents: number } {
  let failedActions = 0;
  let costCents = 0;
  for (let at = 0; at < journeys.length; at++) {
    const { bad } = countsBetween(samples, at, from, to);
    failedActions += bad;
    costCents += bad * journeys[at].failureCostCents;
  }
  return { failedActions, costCents: Math.round(costCents) };
}

/** What the newest sample tells about start and end, if anything. */
export type ImpactTurn = { turn: 'began' | 'ended'; second: number } | null;

/** Looks at the second whose two windows have just been filled. */
export function impactTurn(
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
  state: ImpactState,
): ImpactTurn {
  const second = endSecond(samples) - 2 * PERSISTENCE_WINDOW_SECONDS;
  if (second < 0) return null;
  const middle = second + PERSISTENCE_WINDOW_SECONDS;
  const first = badnessBetween(journeys, samples, second, middle);
  const then = badnessBetween(journeys, samples, middle, middle + PERSISTENCE_WINDOW_SECONDS);
  const hurting = state.beganSecond >= 0 && state.endedSecond < 0;
  if (!hurting) {
    const persists = first >= IMPACT_BADNESS && then >= IMPACT_BADNESS;
    const bad = persists && badnessBetween(journeys, samples, second, second + 1) > 0;
    return bad && second >= state.endedSecond ? { turn: 'began', second } : null;
  }
  const calm = badnessBetween(journeys, samples, second, second + 1) < IMPACT_BADNESS;
  const over = calm && first < IMPACT_BADNESS && then < IMPACT_BADNESS;
  return over && second > state.beganSecond ? { turn: 'ended', second } : null;
}
