/**
 * The order of a board: points, then less impact, recovery, diagnosis, fewer hints, earlier recovery. What
 * all of these leave equal shares a place, and the places after it stay empty.
 */
import type { BoardGame } from './board-store.ts';

/** What decides about places. */
export type RankedFigures = Pick<
  BoardGame,
  'id' | 'total' | 'impactSeconds' | 'recoveryPoints' | 'diagnosisPoints' | 'hints' | 'recoveredSecond'
>;

/** A game with its place. */
export type Placed<Game> = { game: Game; place: number; tied: boolean };

/** Users who never were well again came back latest. */
function recoveredAt({ recoveredSecond }: RankedFigures): number {
  return recoveredSecond < 0 ? Infinity : recoveredSecond;
}

/** Negative when the left one is better, 0 when they share a place. */
export function compareGames(left: RankedFigures, right: RankedFigures): number {
  const steps = [
    right.total - left.total,
    left.impactSeconds - right.impactSeconds,
    right.recoveryPoints - left.recoveryPoints,
    right.diagnosisPoints - left.diagnosisPoints,
    left.hints - right.hints,
  ];
  const decided = steps.find((step) => step !== 0);
  if (decided !== undefined) return decided;
  const [leftAt, rightAt] = [recoveredAt(left), recoveredAt(right)];
  return leftAt === rightAt ? 0 : leftAt - rightAt;
}

/** The games of one seed and one bracket, best first; ties stand in order of their ids. */
export function rankGames<Game extends RankedFigures>(games: readonly Game[]): Placed<Game>[] {
  const sorted = [...games].sort((left, right) => compareGames(left, right) || (left.id < right.id ? -1 : 1));
  const placed: Placed<Game>[] = [];
  sorted.forEach((game, at) => {
    const before = placed.at(-1);
    const tied = before !== undefined && compareGames(before.game, game) === 0;
    if (tied) before.tied = true;
    placed.push({ game, place: tied ? before.place : at + 1, tied });
  });
  return placed;
}
