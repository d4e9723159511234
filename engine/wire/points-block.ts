/** The past of series: names once, times as steps, values as differences, and what stays the same as runs. */
import type { SeriesPoints } from '../telemetry/read-series.ts';
import { takeCount, takeSigned } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { putCount, putSigned, zigzag } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import type { GridOf } from './series-delta.ts';
import { putTextRef, takeTextRef } from './text-refs.ts';
import type { ToldTexts } from './text-refs.ts';
import { fromCode, GRIDS, toCode } from './value-grid.ts';
import { WireError } from './wire-error.ts';

/** Points of one series at most: far more than are kept, so that damage cannot fill the memory. */
const POINTS_MAX = 1_000_000;

/** Writes series with their points; times are whole microseconds, values finite. */
export function putPoints(sink: ByteSink, series: readonly SeriesPoints[], gridOf: GridOf): void {
  const told: ToldTexts = new Map();
  putCount(sink, series.length);
  for (const { id, name, labels, atMicros, values } of series) {
    const grid = gridOf(name);
    putCount(sink, id);
    putTextRef(sink, told, name);
    const entries = Object.entries(labels);
    putCount(sink, entries.length);
    for (const [label, value] of entries) {
      putTextRef(sink, told, label);
      putTextRef(sink, told, value);
    }
    putCount(sink, GRIDS.indexOf(grid));
    putCount(sink, values.length);
    putRuns(sink, differences(differences(atMicros)));
    putRuns(sink, differences(values.map((value) => toCode(grid, value))));
  }
}

/** Reads series with their points. @throws WireError `damaged`. */
export function takePoints(source: ByteSource): SeriesPoints[] {
  const told: string[] = [];
  const series: SeriesPoints[] = [];
  for (let left = takeCount(source); left > 0; left--) {
    const id = takeCount(source);
    const name = takeTextRef(source, told);
    const entries: [string, string][] = [];
    for (let labels = takeCount(source); labels > 0; labels--) {
      entries.push([takeTextRef(source, told), takeTextRef(source, told)]);
    }
    const grid = GRIDS[takeCount(source)];
    const count = takeCount(source);
    if (grid === undefined || count > POINTS_MAX) throw new WireError('damaged', `series ${id} is no series`);
    const atMicros = sums(sums(takeRuns(source, count)));
    const values = sums(takeRuns(source, count)).map((code) => fromCode(grid, code));
    series.push({ id, name, labels: Object.fromEntries(entries), atMicros, values });
  }
  return series;
}

/** Each number less the one before. */
function differences(numbers: readonly number[]): number[] {
  return numbers.map((number, at) => (at === 0 ? number : number - numbers[at - 1]));
}

/** The numbers that have these differences. */
function sums(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((number) => (sum += number));
}

/** Writes numbers; zeros in a row are one zero and how many more. */
function putRuns(sink: ByteSink, numbers: readonly number[]): void {
  for (let at = 0; at < numbers.length; at++) {
    if (numbers[at] !== 0) {
      putSigned(sink, numbers[at]);
      continue;
    }
    const from = at;
    while (at + 1 < numbers.length && numbers[at + 1] === 0) at++;
    putCount(sink, zigzag(0));
    putCount(sink, at - from);
  }
}

function takeRuns(source: ByteSource, count: number): number[] {
  const numbers: number[] = [];
  while (numbers.length < count) {
    const number = takeSigned(source);
    numbers.push(number);
    if (number !== 0) continue;
    const more = takeCount(source);
    if (more > count - numbers.length) throw new WireError('damaged', 'a run is longer than its series');
    for (let left = more; left > 0; left--) numbers.push(0);
  }
  return numbers;
}
