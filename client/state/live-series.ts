/** One series as a screen knows it: change points, read as steps. */

/** A series with what is known of its past. A null value is a gap: it was no longer sampled. */
export type LiveSeries = {
  id: number;
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Seconds of incident time, rising. */
  seconds: number[];
  values: (number | null)[];
};

/** Change points kept for each series: an hour at one a second. */
const POINTS_MAX = 3600;

/** Adds a newer value. */
export function pushPoint(series: LiveSeries, second: number, value: number | null): void {
  const { seconds, values } = series;
  const last = seconds.length - 1;
  if (last >= 0 && seconds[last] >= second) {
    values[last] = value;
    return;
  }
  seconds.push(second);
  values.push(value);
  if (seconds.length <= POINTS_MAX) return;
  seconds.splice(0, POINTS_MAX / 10);
  values.splice(0, POINTS_MAX / 10);
}

/** Puts older points before those that are known. */
export function prependPoints(
  series: LiveSeries,
  seconds: readonly number[],
  values: readonly number[],
): void {
  const first = series.seconds[0] ?? Infinity;
  const older = seconds.filter((second) => second < first).length;
  series.seconds = [...seconds.slice(0, older), ...series.seconds];
  series.values = [...values.slice(0, older), ...series.values];
}

/** The newest value, or null. */
export function latestOf({ values }: LiveSeries): number | null {
  return values.at(-1) ?? null;
}

/** Index of the point that holds at a second, −1 before the first. */
function indexAt({ seconds }: LiveSeries, second: number): number {
  let low = 0;
  let high = seconds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seconds[middle] <= second) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The value that holds at a second, or null. */
export function valueAt(series: LiveSeries, second: number): number | null {
  const index = indexAt(series, second);
  return index < 0 ? null : series.values[index];
}

/** Growth of a counter per second over the window that ends at a second; null when it is not known. */
export function ratePerSecond(series: LiveSeries, second: number, windowSeconds: number): number | null {
  const newest = indexAt(series, second);
  if (newest < 0) return null;
  const to = series.values[newest];
  if (to === null) return null;
  // A counter that appears while we watch began at 0.
  const from = valueAt(series, second - windowSeconds) ?? series.values[0];
  const since = Math.max(second - windowSeconds, series.seconds[0]);
  if (from === null || second <= since) return null;
  const grown = to >= from ? to - from : to;
  return grown / Math.max(1, second - since);
}
