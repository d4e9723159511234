/** Rates of counters. A counter that falls has begun anew at 0, as Prometheus takes it. */

/** Samples of one series, oldest first. */
export type Points = {
  /** Moments, microseconds. */
  atMicros: readonly number[];
  /** Values, parallel. */
  values: readonly number[];
};

/** What a counter gained from one sample to the next. */
function gain(before: number, after: number): number {
  return after >= before ? after - before : after;
}

/** Gain per second from the first to the last sample; null with fewer than two. */
export function ratePerSecond(points: Points): number | null {
  const { atMicros, values } = points;
  const last = values.length - 1;
  if (last < 1) return null;
  let gained = 0;
  for (let at = 1; at <= last; at++) gained += gain(values[at - 1], values[at]);
  return (gained * 1_000_000) / (atMicros[last] - atMicros[0]);
}

/** The rate at each sample over the window that ends there; left out where the window holds no other. */
export function ratesPerSecond(
  points: Points,
  windowSeconds: number,
): { atMicros: number[]; values: number[] } {
  const rates: { atMicros: number[]; values: number[] } = { atMicros: [], values: [] };
  let from = 0;
  let gained = 0;
  for (let at = 1; at < points.values.length; at++) {
    gained += gain(points.values[at - 1], points.values[at]);
    while (points.atMicros[at] - points.atMicros[from] > windowSeconds * 1_000_000) {
      gained -= gain(points.values[from], points.values[from + 1]);
      from++;
    }
    if (from === at) continue;
    rates.atMicros.push(points.atMicros[at]);
    rates.values.push((Math.max(0, gained) * 1_000_000) / (points.atMicros[at] - points.atMicros[from]));
  }
  return rates;
}
