import { expect, it } from 'vitest';
import { mergePoints, pushPoint, ratePerSecond, valueAt } from './live-series.ts';
import type { LiveSeries } from './live-series.ts';

function series(points: [second: number, value: number | null][]): LiveSeries {
  const empty: LiveSeries = { id: 1, name: 'requests_total', labels: {}, seconds: [], values: [] };
  for (const [second, value] of points) pushPoint(empty, second, value);
  return empty;
}

it('holds a value until the next one, and knows nothing before the first', () => {
  const known = series([
    [10, 1],
    [20, 5],
  ]);
  expect([valueAt(known, 9), valueAt(known, 15), valueAt(known, 99)]).toEqual([null, 1, 5]);
});

it('counts growth per second over a window', () => {
  expect(
    ratePerSecond(
      series([
        [0, 0],
        [10, 100],
      ]),
      10,
      10,
    ),
  ).toBe(10);
  expect(
    ratePerSecond(
      series([
        [0, 100],
        [10, 30],
      ]),
      10,
      10,
    ),
    'a restart begins at 0',
  ).toBe(3);
  expect(
    ratePerSecond(
      series([
        [0, 1],
        [10, null],
      ]),
      10,
      10,
    ),
    'a gap is a gap',
  ).toBe(null);
});

it('takes the past in where it had gaps, and keeps what is newer', () => {
  const known = series([
    [10, 1],
    [40, 4],
  ]);
  mergePoints(known, [0, 10, 20, 30], [0, 1, 2, 3]);
  expect(known.seconds).toEqual([0, 10, 20, 30, 40]);
  expect(known.values).toEqual([0, 1, 2, 3, 4]);
});
