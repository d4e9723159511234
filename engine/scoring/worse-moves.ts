/**
 * What made it worse: each wrong move whose harm followed, what could be seen at that second, what was
 * overlooked. A move without harm is not told: a sign is wide, and a right fix can look like a wrong move.
 */
import type { DebriefCurve, WorseMove } from '../protocol/debrief.ts';
import { matchesObservation } from '../protocol/observation-pattern.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { drawnTruth } from './drawn-truth.ts';
import { harmPointsOf } from './harm-part.ts';
import { wrongMovesMade } from './wrong-moves.ts';

/** How much of the past counts as what users met "then", seconds. */
const THEN_SECONDS = 10;

/** What the telling needs besides the scoring input. */
export type WorseParts = {
  /** Share of good journeys per second from 0 (−1 without traffic), with the promise of each. */
  journeys: readonly (DebriefCurve & { objectiveRatio: number })[];
  /** Role of a seat, as people read it. */
  roleOf: (seat: string) => string;
};

/** Titles of the alerts that fire at a moment, oldest first. */
function alertsAt({ events }: ScoringInput, atMicros: number): string[] {
  const firing = new Map<string, string>();
  for (const event of events) {
    if (event.atMicros > atMicros) break;
    if (event.type === 'AlertFired') firing.set(event.alertId, event.title);
    if (event.type === 'AlertResolved') firing.delete(event.alertId);
  }
  return [...new Set(firing.values())];
}

/** Mean share of good ones over the seconds before; null without traffic. */
function goodBefore(values: readonly number[], second: number): number | null {
  const known = values.slice(Math.max(0, second - THEN_SECONDS), second).filter((value) => value >= 0);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Titles of the evidence that nobody had looked at since the onset. */
function unseenAt(input: ScoringInput, atMicros: number): string[] {
  const seen = input.events.flatMap((event) =>
    event.type === 'ObservationMade' && event.atMicros >= input.onsetMicros && event.atMicros <= atMicros
      ? [event.observation]
      : [],
  );
  return drawnTruth(input)
    .instance.evidence.filter(
      ({ any }) => !any.some((pattern) => seen.some((one) => matchesObservation(pattern, one))),
    )
    .map(({ title }) => title);
}

/** The wrong moves that did harm, in order of time. */
export function worseMoves(input: ScoringInput, { journeys, roleOf }: WorseParts): WorseMove[] {
  return wrongMovesMade(input)
    .filter(({ harm }) => harm !== '')
    .sort((left, right) => left.made.atMicros - right.made.atMicros || left.made.seq - right.made.seq)
    .map(({ move, made, harm }) => {
      const second = Math.floor(made.atMicros / 1_000_000);
      return {
        title: move.title,
        second,
        role: roleOf(made.seat),
        line: made.line === '' ? made.command.type : made.line,
        harm,
        points: harmPointsOf(move),
        alerts: alertsAt(input, made.atMicros),
        journeys: journeys.map(({ name, values, objectiveRatio }) => ({
          title: name,
          goodRatio: goodBefore(values, second),
          objectiveRatio,
        })),
        unseen: unseenAt(input, made.atMicros),
      };
    });
}
