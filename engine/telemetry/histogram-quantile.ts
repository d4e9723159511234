/** One cumulative bucket of a histogram. */
export type Bucket = {
  /** Upper bound, in the unit of the histogram; Infinity for the last. */
  le: number;
  /** Observations at or below it. */
  count: number;
};

/**
 * The q-quantile (0–1) of a histogram as Prometheus' `histogram_quantile` computes it: linear within the
 * bucket, the first bucket begins at 0, beyond the last finite bound it answers that bound. Null when
 * nothing was observed. Buckets ascend and end with Infinity.
 */
export function histogramQuantile(q: number, buckets: readonly Bucket[]): number | null {
  const last = buckets.length - 1;
  if (last < 1 || buckets[last].count <= 0) return null;
  const rank = q * buckets[last].count;
  let at = 0;
  while (at < last && buckets[at].count < rank) at++;
  if (at === last) return buckets[last - 1].le;
  const floor = at === 0 ? 0 : buckets[at - 1].le;
  const below = at === 0 ? 0 : buckets[at - 1].count;
  const inside = buckets[at].count - below;
  if (inside <= 0) return buckets[at].le;
  return floor + ((buckets[at].le - floor) * (rank - below)) / inside;
}
