/**
 * Impact avoided, 350: how much of what doing nothing would have cost the team spared its users.
 *
 * 350 · clamp((I_doNothing − I) / (I_doNothing − I_golden), −0.2, 1), I = sum of badness over seconds from
 * the onset to the horizon. Worse than doing nothing is visibly negative, to −70.
 */
import type { ScorePart } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { roundPoints } from './round-points.ts';

/** Most points. */
export const IMPACT_POINTS = 350;
/** Lowest share. */
const SHARE_MIN = -0.2;
/** Below this much to gain, in badness-seconds, there is nothing to tell players apart by. */
const GAIN_MIN = 1;

/** Sum of badness over seconds [from, to). */
export function impactBetween(badness: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let second = Math.max(0, from); second < Math.min(to, badness.length); second++)
    sum += badness[second];
  return sum;
}

/** Share of the avoidable impact that was avoided. */
function avoidedShare(actual: number, doNothing: number, golden: number): number {
  const gain = doNothing - golden;
  if (gain < GAIN_MIN) return actual <= golden + GAIN_MIN ? 1 : 0;
  return Math.min(1, Math.max(SHARE_MIN, (doNothing - actual) / gain));
}

/** The part with its reason. */
export function scoreImpact(input: ScoringInput): ScorePart {
  const from = Math.floor(input.onsetMicros / 1_000_000);
  const to = input.horizonSeconds;
  const [actual, doNothing, golden] = [
    input.badness.actual,
    input.badness.doNothing,
    input.badness.golden,
  ].map((badness) => impactBetween(badness, from, to));
  const points = roundPoints(IMPACT_POINTS * avoidedShare(actual, doNothing, golden));
  const [lost, worst, best] = [actual, doNothing, golden].map((seconds) => Math.round(seconds));
  const sentence =
    `Users lost as much as in ${lost} seconds of total outage; ` +
    `it would have been ${worst} with nobody there and ${best} with the golden script.`;
  const because = [{ points, sentence, link: { kind: 'window' as const, fromSecond: from, toSecond: to } }];
  return { id: 'impact', title: 'Impact avoided', points, max: IMPACT_POINTS, because };
}
