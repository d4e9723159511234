import { describe, expect, it } from 'vitest';
import { histogramQuantile } from './histogram-quantile.ts';
import { noteLatency, windowQuantile } from './latency-window.ts';
import type { LatencyWindow } from './latency-window.ts';
import {
  beginSecond,
  closeSecond,
  createSeriesStore,
  GAP,
  HISTORY_SECONDS,
  keptSeries,
  pointsBetween,
  putSample,
  SERIES_LIVE_MAX,
} from './series-store.ts';

const SCOPE = { key: 'vote', labels: { journey: 'vote' } };
const NAME = 'journey_attempts_total';

describe('histogramQuantile', () => {
  const buckets = [
    { le: 0.1, count: 10 },
    { le: 0.5, count: 30 },
    { le: 1, count: 40 },
    { le: Infinity, count: 50 },
  ];
  it.each([
    [0.1, 0.05], // Rank 5 of the 10 in the first bucket, which begins at 0.
    [0.2, 0.1],
    [0.4, 0.3], // Rank 20: halfway from 10 to 30.
    [0.7, 0.75],
    [0.99, 1], // Beyond the last finite bound.
  ])('the %f-quantile is %f', (q, seconds) => {
    expect(histogramQuantile(q, buckets)).toBeCloseTo(seconds, 12);
  });

  it('knows nothing of an empty histogram', () => {
    expect(
      histogramQuantile(0.5, [
        { le: 1, count: 0 },
        { le: Infinity, count: 0 },
      ]),
    ).toBeNull();
    expect(histogramQuantile(0.5, [{ le: Infinity, count: 3 }])).toBeNull();
  });

  it('a window counts only what came within it', () => {
    const window: LatencyWindow = [];
    const counts = new Array<number>(12).fill(0);
    for (let second = 0; second < 30; second++) {
      counts[second < 15 ? 0 : 4] += 10;
      noteLatency(window, counts);
    }
    // All of the last ten seconds took between 50 and 100 ms.
    expect(windowQuantile(window, 0.5)).toBeCloseTo(0.075, 12);
  });
});

describe('a series', () => {
  it('has gaps where there was no sample and comes back to life', () => {
    const store = createSeriesStore();
    for (const second of [-2, -1, 0, 3, 4]) {
      putSample(beginSecond(store, second), NAME, SCOPE, second + 10);
      closeSecond(beginSecond(store, second));
    }
    const [series] = keptSeries(store);
    const { atMicros, values } = pointsBetween(series, -1e9, 1e9);
    expect(atMicros).toEqual([-2e6, -1e6, 0, 3e6, 4e6]);
    expect(values).toEqual([8, 9, 10, 13, 14]);
    expect(pointsBetween(series, 0, 3e6).values).toEqual([10, 13]);
    closeSecond(beginSecond(store, 5));
    expect([series.latest, series.changedSecond, store.live1]).toEqual([GAP, 5, 0]);
    putSample(beginSecond(store, 6), NAME, SCOPE, 1);
    expect(store.live1).toBe(1);
  });

  it('forgets what is older than its history', () => {
    const store = createSeriesStore();
    const seconds = HISTORY_SECONDS + 100;
    for (let second = 0; second < seconds; second++)
      putSample(beginSecond(store, second), NAME, SCOPE, second);
    const [series] = keptSeries(store);
    const { atMicros, values } = pointsBetween(series, 0, 1e12);
    expect([atMicros.length, atMicros[0], values[0]]).toEqual([HISTORY_SECONDS, 100e6, 100]);
    expect(series.values.length).toBe(HISTORY_SECONDS);
    putSample(beginSecond(store, seconds * 3), NAME, SCOPE, 7);
    expect(pointsBetween(series, 0, 1e12).values).toEqual([7]);
  });

  it('is refused when there are too many, and old ended ones are forgotten', () => {
    const store = createSeriesStore();
    for (let number = 0; number < SERIES_LIVE_MAX[1] + 5; number++) {
      putSample(beginSecond(store, 0), NAME, { key: String(number), labels: {} }, 1);
    }
    expect([store.live1, store.dropped]).toEqual([SERIES_LIVE_MAX[1], 5]);
    for (let second = 1; second < 6; second++) {
      closeSecond(beginSecond(store, second));
      for (let number = 0; number < SERIES_LIVE_MAX[1]; number++) {
        putSample(beginSecond(store, second), NAME, { key: `${second}-${number}`, labels: {} }, 1);
      }
    }
    expect(keptSeries(store).length).toBeLessThanOrEqual(1200);
  });
});
