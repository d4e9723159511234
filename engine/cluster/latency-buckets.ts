/** Latency histograms: what programs and journeys count their answers in. */

/** Upper bounds of latency buckets, microseconds: 5 ms to 10 s, as Prometheus' client defaults. */
export const LATENCY_BUCKETS_MICROS = [
  5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000,
];

/** A histogram without a count: one bucket for each bound and one for what is beyond the last. */
export function emptyBuckets(): number[] {
  return [...LATENCY_BUCKETS_MICROS, 0].map(() => 0);
}

/** Counts a latency, microseconds, in the first bucket whose bound it does not pass. */
export function countLatency(buckets: number[], latency: number): void {
  let bucket = 0;
  while (bucket < LATENCY_BUCKETS_MICROS.length && latency > LATENCY_BUCKETS_MICROS[bucket]) bucket++;
  buckets[bucket]++;
}
