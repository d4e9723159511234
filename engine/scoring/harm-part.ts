/**
 * Harm, negative: an authored wrong move that somebody made, and whose harm really followed. Each move
 * costs once, 20 to 60 points, and is named.
 */
import type { WrongMove } from '../protocol/scenario-spec.ts';
import type { Because, ScorePart } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { wrongMovesMade } from './wrong-moves.ts';

const HARM_POINTS: readonly [number, number] = [20, 60];

/** Points that a wrong move takes when harm follows, −60 to −20. */
export function harmPointsOf(move: WrongMove): number {
  return -Math.min(HARM_POINTS[1], Math.max(HARM_POINTS[0], move.harmPoints));
}

/** The part with its reasons. */
export function scoreHarm(input: ScoringInput): ScorePart {
  const because = wrongMovesMade(input).flatMap(({ move, made, harm }): Because[] => {
    if (harm === '') return [];
    const sentence = `${move.title}: ${harm}.`;
    return [{ points: harmPointsOf(move), sentence, link: { kind: 'event', seq: made.seq } }];
  });
  const points = because.reduce((sum, reason) => sum + reason.points, 0);
  return { id: 'harm', title: 'Harm', points, max: 0, because };
}
