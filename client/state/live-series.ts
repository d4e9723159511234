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

/** Takes a stretch of the past in: between its first and last moment it replaces what was known. */
export function mergePoints(series: LiveSeries, seconds: readonly number[], values: readonly number[]): void {
  if (seconds.length === 0) return;
  const [first, last] = [seconds[0], seconds[seconds.length - 1]];
  const before = series.seconds.findIndex((second) => second >= first);
  const after = series.seconds.findIndex((second) => second > last);
  const cut = before < 0 ? series.seconds.length : before;
  const rest = after < 0 ? series.seconds.length : after;
  series.values = [...series.values.slice(0, cut), ...values, ...series.values.slice(rest)];
  series.seconds = [...series.seconds.slice(0, cut), ...seconds, ...series.seconds.slice(rest)];
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
