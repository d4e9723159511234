/** Records a latency histogram as its exporter serves it: cumulative buckets, sum and count. */
import { LATENCY_BUCKETS_MICROS } from '../cluster/latency-buckets.ts';
import { putSample } from './series-store.ts';
import type { Sampler, Scope } from './series-store.ts';

/** Values of the label `le`. */
const BOUNDS = [...LATENCY_BUCKETS_MICROS.map((micros) => String(micros / 1_000_000)), '+Inf'];

/** Records `counts` by bucket (not cumulative) and their sum, under `name`_bucket, _sum and _count. */
export function putHistogram(
  sampler: Sampler,
  name: string,
  scope: Scope,
  counts: readonly number[],
  sumMicros: number,
): void {
  let total = 0;
  for (let at = 0; at < counts.length; at++) {
    total += counts[at];
    putSample(sampler, `${name}_bucket`, scope, total, 'le', BOUNDS[at]);
  }
  putSample(sampler, `${name}_sum`, scope, sumMicros / 1_000_000);
  putSample(sampler, `${name}_count`, scope, total);
}
