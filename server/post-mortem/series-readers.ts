/** Reads kept series as charts do: the value at a second, or the growth per second before it. */
import { readSeries } from '@chaotic-good/engine/telemetry/read-series';
import type { SeriesPoints } from '@chaotic-good/engine/telemetry/read-series';
import type { Telemetry } from '@chaotic-good/engine/telemetry/telemetry';

/** A value older than this is no value any more, seconds. */
const FRESH_SECONDS = 15;
/** Longest window of a rate, seconds; so much is read before a span. */
const BEFORE_SECONDS = 40;

/** Reads one value of a second; null = nothing was measured. */
export type Reader = (second: number) => number | null;

/** Ways to read the series of a metric whose labels match, summed. */
export type SeriesReaders = {
  /** The sum of the values. */
  value: (name: string, labels: { [label: string]: string }) => Reader;
  /** The growth per second over a window of seconds. */
  rate: (name: string, labels: { [label: string]: string }, windowSeconds: number) => Reader;
  /** Values of a label, in alphabetical order. */
  labelValues: (name: string, labels: { [label: string]: string }, label: string) => string[];
};

/** The newest value of a series at a second, null when it is too old. */
function valueAt({ atMicros, values }: SeriesPoints, second: number): number | null {
  const at = atMicros.findLastIndex((micros) => micros <= second * 1_000_000);
  return at < 0 || second - atMicros[at] / 1_000_000 > FRESH_SECONDS ? null : values[at];
}

function growth(points: SeriesPoints, second: number, windowSeconds: number): number | null {
  const end = valueAt(points, second);
  const begin = valueAt(points, second - windowSeconds);
  return end === null || begin === null ? null : Math.max(0, end - begin) / windowSeconds;
}

function summed(series: readonly SeriesPoints[], read: (one: SeriesPoints) => number | null): number | null {
  const known = series.map(read).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** Readers over a span of seconds. */
export function seriesReaders(telemetry: Telemetry, fromSecond: number, toSecond: number): SeriesReaders {
  const series = (name: string, labels: { [label: string]: string }) =>
    readSeries(telemetry, name, labels, (fromSecond - BEFORE_SECONDS) * 1_000_000, toSecond * 1_000_000);
  return {
    value: (name, labels) => {
      const found = series(name, labels);
      return (second) => summed(found, (one) => valueAt(one, second));
    },
    rate: (name, labels, windowSeconds) => {
      const found = series(name, labels);
      return (second) => summed(found, (one) => growth(one, second, windowSeconds));
    },
    labelValues: (name, labels, label) =>
      [...new Set(series(name, labels).map((one) => one.labels[label] ?? ''))].sort((left, right) =>
        left < right ? -1 : 1,
      ),
  };
}
