/**
 * Harm, negative: an authored wrong move that somebody made, and whose harm really followed.
 *
 * Recognised  by the commands that succeeded (the move's sign), in players' own words.
 * Followed    an invariant that the move breaks broke within ten minutes of it; or badness over the two
 *             minutes after it rose above that of the half minute before by 0.05 more than it rose in the
 *             same two windows with nobody there.
 * Each move costs once, 20 to 60 points, and is named.
 */
import { matchesCommand } from '../protocol/command-sign.ts';
import type { EventOf } from '../protocol/events.ts';
import type { WrongMove } from '../protocol/scenario-spec.ts';
import type { Because, ScorePart } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { drawnTruth } from './drawn-truth.ts';
import { impactBetween } from './impact-part.ts';

const HARM_POINTS: readonly [number, number] = [20, 60];
const WITHIN_SECONDS_DEFAULT = 60;
const BREAKS_WITHIN_MICROS = 600_000_000;
const BEFORE_SECONDS = 30;
const AFTER_SECONDS = 120;
const RISE_MIN = 0.05;

/** The command that completed a wrong move, each time it was made. */
function timesMade(input: ScoringInput, move: WrongMove): EventOf<'ClusterCommandRan'>[] {
  const { any, count = 1, withinSeconds = WITHIN_SECONDS_DEFAULT } = move.sign;
  const matching = input.events.filter(
    (event): event is EventOf<'ClusterCommandRan'> =>
      event.type === 'ClusterCommandRan' &&
      event.outcome.ok &&
      event.atMicros >= input.onsetMicros &&
      any.some((pattern) => matchesCommand(pattern, event.command)),
  );
  return matching.filter((event, at) => {
    const first = matching[at - count + 1];
    return first !== undefined && event.atMicros - first.atMicros <= withinSeconds * 1_000_000;
  });
}

/** How much badness rose from the windows before to the windows after a second, per second. */
function rise(badness: Float64Array, second: number): number {
  const before = Math.max(0, second - BEFORE_SECONDS);
  const after = Math.min(badness.length, second + AFTER_SECONDS);
  if (second <= before || after <= second) return 0;
  return (
    impactBetween(badness, second, after) / (after - second) -
    impactBetween(badness, before, second) / (second - before)
  );
}

/** What followed a wrong move, in words; null when no harm did. */
function harmOf(input: ScoringInput, move: WrongMove, made: EventOf<'ClusterCommandRan'>): string | null {
  const broken = input.events.find(
    (event) =>
      event.type === 'InvariantBroken' &&
      (move.expectation.breaks ?? []).includes(event.invariantId) &&
      event.atMicros >= made.atMicros &&
      event.atMicros - made.atMicros <= BREAKS_WITHIN_MICROS,
  );
  if (broken?.type === 'InvariantBroken') return `it broke “${broken.title}”`;
  const second = Math.floor(made.atMicros / 1_000_000);
  const more = rise(input.badness.actual, second) - rise(input.badness.doNothing, second);
  return more >= RISE_MIN ? 'users were hurt more after it' : null;
}

/** The part with its reasons. */
export function scoreHarm(input: ScoringInput): ScorePart {
  const { instance } = drawnTruth(input);
  const because = instance.wrongMoves.flatMap((move): Because[] => {
    for (const made of timesMade(input, move)) {
      const harm = harmOf(input, move, made);
      if (harm === null) continue;
      const points = -Math.min(HARM_POINTS[1], Math.max(HARM_POINTS[0], move.harmPoints));
      return [{ points, sentence: `${move.title}: ${harm}.`, link: { kind: 'event', seq: made.seq } }];
    }
    return [];
  });
  const points = because.reduce((sum, reason) => sum + reason.points, 0);
  return { id: 'harm', title: 'Harm', points, max: 0, because };
}
