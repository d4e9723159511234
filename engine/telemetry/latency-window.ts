/** Quantiles of the last seconds, from counts of latency by bucket that only grow. */
import { LATENCY_BUCKETS_MICROS } from '../cluster/latency-buckets.ts';
import { histogramQuantile } from './histogram-quantile.ts';
import type { Bucket } from './histogram-quantile.ts';

/** Length of the window, seconds: short enough to show an outage at once, long enough for a p99. */
const LATENCY_WINDOW_SECONDS = 10;

/** Counts by bucket at the end of each of the last seconds, oldest first. */
export type LatencyWindow = number[][];

/** Notes the counts at the end of a second. */
export function noteLatency(window: LatencyWindow, counts: readonly number[]): void {
  window.push(counts.slice());
  if (window.length > LATENCY_WINDOW_SECONDS + 1) window.shift();
}

/** A quantile of what was counted within the window, seconds; null when nothing was. */
export function windowQuantile(window: LatencyWindow, q: number): number | null {
  if (window.length < 2) return null;
  const oldest = window[0];
  const newest = window[window.length - 1];
  const buckets: Bucket[] = [];
  let count = 0;
  for (let at = 0; at < newest.length; at++) {
    count += newest[at] - oldest[at];
    const bound = at < LATENCY_BUCKETS_MICROS.length ? LATENCY_BUCKETS_MICROS[at] / 1_000_000 : Infinity;
    buckets.push({ le: bound, count });
  }
  return histogramQuantile(q, buckets);
}
