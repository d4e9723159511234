/** How finely the values of a metric are told: a screen must not be able to tell the difference. */
import { METRICS } from '@chaotic-good/engine/telemetry/metrics';
import type { Grid } from '@chaotic-good/engine/wire/value-grid';

/** Points in time as gauges: what counts is their difference to now, so a share of them is too coarse. */
const POINT_IN_TIME = /_time_seconds$/;

/**
 * The grid of a metric. Counts and bytes are told exactly, times that add up to 0.5 ms (a rate over 15 s
 * then errs by 0.07 ms a second at most), and other gauges, latencies above all, to 0.013 %.
 */
export function seriesGrid(name: string): Grid {
  const metric = METRICS.get(name);
  if (metric === undefined) return 'real';
  const { type, unit } = metric;
  if (type === 'gauge') {
    if (POINT_IN_TIME.test(name)) return 'thousandths';
    return unit === 'bytes' ? 'whole' : 'real';
  }
  return unit === 'seconds' ? 'thousandths' : 'whole';
}
