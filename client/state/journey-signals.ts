/** Golden signals of the journeys as columns for charts, and what is left of their error budgets. */
import type { JourneyView } from '@chaotic-good/engine/protocol/views';
import { ratePerSecond, valueAt } from './live-series.ts';
import type { LiveSeries } from './live-series.ts';
import type { TelemetryState } from './telemetry.svelte.ts';

/** Columns of a chart: seconds of incident time, then one column of values a line. */
export type Columns = { seconds: number[]; lines: (number | null)[][] };

/** Window of the rates, seconds. */
const WINDOW_SECONDS = 10;
/** Points of a chart at most; more than a screen has pixels helps nobody. */
const POINTS_MAX = 700;

/** Whole seconds from one to another, thinned when there are too many. */
export function secondsBetween(from: number, to: number): number[] {
  const step = Math.max(1, Math.ceil((to - from) / POINTS_MAX));
  const seconds: number[] = [];
  for (let second = Math.ceil(from / step) * step; second <= to; second += step) seconds.push(second);
  return seconds;
}

/** Columns with one line for each way to read a moment. */
function columnsOf(seconds: number[], read: ((second: number) => number | null)[]): Columns {
  return { seconds, lines: read.map((one) => seconds.map(one)) };
}

function sumAt(series: readonly LiveSeries[], read: (one: LiveSeries) => number | null): number | null {
  let sum: number | null = null;
  for (const one of series) {
    const value = read(one);
    if (value !== null) sum = (sum ?? 0) + value;
  }
  return sum;
}

/** Reads the growth per second of all series of a name and labels, summed. */
export function rateReader(
  telemetry: TelemetryState,
  name: string,
  labels: Record<string, string>,
  windowSeconds = WINDOW_SECONDS,
): (second: number) => number | null {
  const series = telemetry.series(name, labels);
  return (second) => sumAt(series, (one) => ratePerSecond(one, second, windowSeconds));
}

/** Reads the sum of the values of all series of a name and labels. */
export function valueReader(
  telemetry: TelemetryState,
  name: string,
  labels: Record<string, string>,
): (second: number) => number | null {
  const series = telemetry.series(name, labels);
  return (second) => sumAt(series, (one) => valueAt(one, second));
}

/** User actions a second, share of them that fails in per cent, and the slowest hundredth in ms. */
export function journeyColumns(
  telemetry: TelemetryState,
  journeys: readonly JourneyView[],
  range: { from: number; to: number },
): { rate: Columns; errors: Columns; latency: Columns } {
  const seconds = secondsBetween(range.from, range.to);
  const readers = journeys.map(({ name: journey }) => {
    const done = rateReader(telemetry, 'journey_attempts_total', { journey });
    const failed = rateReader(telemetry, 'journey_failures_total', { journey });
    const slowest = valueReader(telemetry, 'journey:duration_seconds:p99', { journey });
    return {
      done,
      errors: (second: number) => {
        const all = done(second);
        return all === null || all === 0 ? null : Math.min(100, (100 * (failed(second) ?? 0)) / all);
      },
      latency: (second: number) => {
        const value = slowest(second);
        return value === null ? null : value * 1000;
      },
    };
  });
  return {
    rate: columnsOf(
      seconds,
      readers.map(({ done }) => done),
    ),
    errors: columnsOf(
      seconds,
      readers.map(({ errors }) => errors),
    ),
    latency: columnsOf(
      seconds,
      readers.map(({ latency }) => latency),
    ),
  };
}

/** Requests that wait for a worker and for a pool connection, over all replicas. */
export function queueColumns(telemetry: TelemetryState, range: { from: number; to: number }): Columns {
  const seconds = secondsBetween(range.from, range.to);
  return columnsOf(seconds, [
    valueReader(telemetry, 'http_requests_queued', {}),
    valueReader(telemetry, 'db_pool_wait_count', {}),
  ]);
}

/**
 * What is left of the error budget of the worst journey: the bad ones that its objective allows over the
 * time limit, at the traffic so far. 1 = untouched, below 0 = overspent; null when nothing is known.
 */
export function budgetLeft(
  telemetry: TelemetryState,
  journeys: readonly JourneyView[],
  limitSeconds: number,
): number | null {
  const now = telemetry.second;
  if (now < 5) return null;
  let worst: number | null = null;
  for (const { name: journey, objectiveRatio } of journeys) {
    const since = (name: string) =>
      sumAt(telemetry.series(name, { journey }), (one) => {
        const end = valueAt(one, now);
        return end === null ? null : end - (valueAt(one, 0) ?? one.values[0] ?? 0);
      });
    const all = since('journey_attempts_total');
    if (all === null || all === 0) continue;
    const allowed = (all / now) * Math.max(now, limitSeconds) * (1 - objectiveRatio);
    const left = 1 - (since('journey_failures_total') ?? 0) / allowed;
    worst = worst === null ? left : Math.min(worst, left);
  }
  return worst;
}
