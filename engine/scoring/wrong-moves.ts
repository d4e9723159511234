/**
 * Authored wrong moves that somebody made, and the harm that really followed.
 *
 * Recognised  by the commands that succeeded (the move's sign), in players' own words.
 * Followed    an invariant that the move breaks broke within ten minutes of it; or badness over the two
 *             minutes after it rose above that of the half minute before by 0.05 more than it rose in the
 *             same two windows with nobody there.
 */
import { matchesCommand } from '../protocol/command-sign.ts';
import type { EventOf } from '../protocol/events.ts';
import type { WrongMove } from '../protocol/scenario-spec.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { drawnTruth } from './drawn-truth.ts';
import { impactBetween } from './impact-part.ts';

const WITHIN_SECONDS_DEFAULT = 60;
const BREAKS_WITHIN_MICROS = 600_000_000;
const BEFORE_SECONDS = 30;
const AFTER_SECONDS = 120;
const RISE_MIN = 0.05;

/** A wrong move that was made. */
export type MadeMove = {
  /** Which. */
  move: WrongMove;
  /** The command that completed it. */
  made: EventOf<'ClusterCommandRan'>;
  /** What followed, in words; '' when no harm did. */
  harm: string;
};

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

/** What followed a wrong move, in words; '' when no harm did. */
function harmOf(input: ScoringInput, move: WrongMove, made: EventOf<'ClusterCommandRan'>): string {
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
  return more >= RISE_MIN ? 'users were hurt more after it' : '';
}

/** Each wrong move once: the first time that harm followed, else the first time that it was made. */
export function wrongMovesMade(input: ScoringInput): MadeMove[] {
  const { instance } = drawnTruth(input);
  return instance.wrongMoves.flatMap((move) => {
    const times = timesMade(input, move).map((made) => ({ move, made, harm: harmOf(input, move, made) }));
    const told = times.find(({ harm }) => harm !== '') ?? times[0];
    return told === undefined ? [] : [told];
  });
}
