import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareGames, rankGames } from './rank-games.ts';
import type { RankedFigures } from './rank-games.ts';

const EQUAL: Omit<RankedFigures, 'id'> = {
  total: 800,
  impactSeconds: 40,
  recoveryPoints: 200,
  diagnosisPoints: 150,
  hints: 1,
  recoveredSecond: 300,
};

it('breaks ties by impact, recovery, diagnosis, hints, and who was earlier', () => {
  const games: RankedFigures[] = [
    { ...EQUAL, id: 'never-well', recoveredSecond: -1 },
    { ...EQUAL, id: 'even' },
    { ...EQUAL, id: 'also-even' },
    { ...EQUAL, id: 'earlier', recoveredSecond: 299 },
    { ...EQUAL, id: 'no-hint', hints: 0, recoveredSecond: -1 },
    { ...EQUAL, id: 'diagnosis', diagnosisPoints: 151, hints: 3 },
    { ...EQUAL, id: 'recovery', recoveryPoints: 201, diagnosisPoints: 0 },
    { ...EQUAL, id: 'impact', impactSeconds: 39.5, recoveryPoints: 0 },
    { ...EQUAL, id: 'points', total: 801, impactSeconds: 400 },
  ];
  expect(rankGames(games).map(({ game, place, tied }) => [place, game.id, tied])).toEqual([
    [1, 'points', false],
    [2, 'impact', false],
    [3, 'recovery', false],
    [4, 'diagnosis', false],
    [5, 'no-hint', false],
    [6, 'earlier', false],
    [7, 'also-even', true],
    [7, 'even', true],
    [9, 'never-well', false],
  ]);
});

it('gives the same places whatever the order, and never a worse game a better place', () => {
  const figure = fc.integer({ min: 0, max: 2 });
  const game = fc.record({
    total: figure,
    impactSeconds: figure,
    recoveryPoints: figure,
    diagnosisPoints: figure,
    hints: figure,
    recoveredSecond: fc.integer({ min: -1, max: 1 }),
  });
  const shuffled = fc
    .array(game, { maxLength: 30 })
    .map((games) => games.map((one, at): RankedFigures => ({ ...one, id: String(at) })))
    .chain((games) =>
      fc.tuple(
        fc.constant(games),
        fc.shuffledSubarray(games, { minLength: games.length, maxLength: games.length }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([games, mixed]) => {
      const placed = rankGames(games);
      expect(rankGames(mixed)).toEqual(placed);
      for (const { game: one, place, tied } of placed) {
        const better = games.filter((other) => compareGames(other, one) < 0).length;
        expect(place).toBe(better + 1);
        expect(tied).toBe(games.some((other) => other !== one && compareGames(other, one) === 0));
      }
    }),
  );
});
