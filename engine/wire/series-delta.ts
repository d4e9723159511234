/**
 * Series: each is told once with its name and labels, then only its number and by how many steps of its
 * grid it changed. One that is no longer sampled is forgotten by both sides; when it comes back it is told
 * anew.
 */
import type { SeriesValue } from '../telemetry/frame.ts';
import { takeBytes, takeCount, unzigzag } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { putBytes, putCount, zigzag } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { putTextRef, takeTextRef } from './text-refs.ts';
import type { ToldTexts } from './text-refs.ts';
import { fromCode, GRIDS, toCode } from './value-grid.ts';
import type { Grid } from './value-grid.ts';
import { WireError } from './wire-error.ts';

/** A series as one side knows it. */
export type KnownSeries = {
  /** Its number in the incident. */
  id: number;
  /** Metric name. */
  name: string;
  /** Labels. */
  labels: SeriesValue['labels'];
  /** How its values are rounded. */
  grid: Grid;
  /** Code of its newest value. */
  code: number;
};

/** The living series that have been told, by number. */
export type SeriesTable = Map<number, KnownSeries>;

/** How the values of a metric are rounded. */
export type GridOf = (name: string) => Grid;

/** Told in place of a difference when a series is no longer sampled. */
const GONE = 0;

/** A value as telemetry means it: null, and so absent, when it is no number. */
function valueOf({ value }: SeriesValue): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/**
 * Takes news into the sender's table and writes what of it the receivers cannot know.
 *
 * @returns false when nothing was news; then what was written says so in two bytes.
 */
export function putSeriesNews(
  sink: ByteSink,
  table: SeriesTable,
  news: readonly SeriesValue[],
  gridOf: GridOf,
): boolean {
  const before = [...table.keys()].sort((a, b) => a - b);
  const changes: { id: number; told: number }[] = [];
  const fresh: KnownSeries[] = [];
  for (const one of [...news].sort((a, b) => a.id - b.id)) {
    const { id, name, labels } = one;
    const value = valueOf(one);
    const known = table.get(id);
    if (value === null) {
      if (table.delete(id)) changes.push({ id, told: GONE });
      continue;
    }
    if (known === undefined) {
      const grid = gridOf(name);
      const series = { id, name, labels, grid, code: toCode(grid, value) };
      table.set(id, series);
      fresh.push(series);
      continue;
    }
    const code = toCode(known.grid, value);
    if (code === known.code) continue;
    changes.push({ id, told: zigzag(code - known.code) + 1 });
    known.code = code;
  }
  putPlaces(sink, before, changes);
  for (const { told } of changes) putCount(sink, told);
  putSeriesTable(sink, fresh);
  return changes.length > 0 || fresh.length > 0;
}

/** How it is told which series changed: by the gaps between their numbers, or by a bit for each known one. */
const GAPS = 0;
const BITS = 1;
const WAYS = 2;

/** Writes which of the known series changed, in the shorter way; both lists in order of numbers. */
function putPlaces(sink: ByteSink, known: readonly number[], changed: readonly { id: number }[]): void {
  const bytes = new Uint8Array(Math.ceil(known.length / 8));
  if (changed.length <= bytes.length) {
    putCount(sink, changed.length * WAYS + GAPS);
    let before = -1;
    for (const { id } of changed) {
      putCount(sink, id - before - 1);
      before = id;
    }
    return;
  }
  putCount(sink, changed.length * WAYS + BITS);
  const ids = new Set(changed.map(({ id }) => id));
  known.forEach((id, at) => {
    if (ids.has(id)) bytes[at >> 3] |= 1 << (at % 8);
  });
  putBytes(sink, bytes);
}

/** Reads the numbers of the series that changed. @throws WireError `damaged`. */
function takePlaces(source: ByteSource, known: readonly number[]): number[] {
  const told = takeCount(source);
  if (told % WAYS === BITS) {
    const bytes = takeBytes(source, Math.ceil(known.length / 8));
    return known.filter((_, at) => (bytes[at >> 3] >> (at % 8)) % 2 === 1);
  }
  const ids: number[] = [];
  let id = -1;
  for (let left = told / WAYS; left > 0; left--) {
    id += takeCount(source) + 1;
    ids.push(id);
  }
  return ids;
}

/** Writes series with everything, for somebody who has none of them. */
export function putSeriesTable(sink: ByteSink, series: Iterable<KnownSeries>): void {
  const sorted = [...series].sort((a, b) => a.id - b.id);
  const told: ToldTexts = new Map();
  putCount(sink, sorted.length);
  let before = -1;
  for (const { id, name, labels, grid, code } of sorted) {
    putCount(sink, id - before - 1);
    before = id;
    putTextRef(sink, told, name);
    const entries = Object.entries(labels);
    putCount(sink, entries.length);
    for (const [label, value] of entries) {
      putTextRef(sink, told, label);
      putTextRef(sink, told, value);
    }
    putCount(sink, GRIDS.indexOf(grid));
    putCount(sink, zigzag(code));
  }
}

/**
 * Reads what `putSeriesNews` wrote into the receiver's table.
 *
 * @returns the series that changed, in order of their numbers; a value is null when its series has ended.
 * @throws WireError `damaged` when it does not fit the table.
 */
export function takeSeriesNews(source: ByteSource, table: SeriesTable): SeriesValue[] {
  const changed: SeriesValue[] = [];
  const before = [...table.keys()].sort((a, b) => a - b);
  for (const id of takePlaces(source, before)) {
    const told = takeCount(source);
    const known = table.get(id);
    if (known === undefined) throw new WireError('damaged', `series ${id} was never told`);
    if (told === GONE) table.delete(id);
    else known.code += unzigzag(told - 1);
    const { name, labels, grid, code } = known;
    changed.push({ id, name, labels, value: told === GONE ? null : fromCode(grid, code) });
  }
  const fresh = takeSeriesTable(source, table);
  return fresh.length === 0 ? changed : [...changed, ...fresh].sort((a, b) => a.id - b.id);
}

/** Reads what `putSeriesTable` wrote into the table, and answers with it. @throws WireError `damaged`. */
export function takeSeriesTable(source: ByteSource, table: SeriesTable): SeriesValue[] {
  const fresh: SeriesValue[] = [];
  const told: string[] = [];
  let id = -1;
  for (let left = takeCount(source); left > 0; left--) {
    id += takeCount(source) + 1;
    const name = takeTextRef(source, told);
    const entries: [string, string][] = [];
    for (let labels = takeCount(source); labels > 0; labels--) {
      entries.push([takeTextRef(source, told), takeTextRef(source, told)]);
    }
    const labels = Object.fromEntries(entries);
    const grid = GRIDS[takeCount(source)];
    const code = unzigzag(takeCount(source));
    if (grid === undefined) throw new WireError('damaged', `series ${id} has no grid`);
    table.set(id, { id, name, labels, grid, code });
    fresh.push({ id, name, labels, value: fromCode(grid, code) });
  }
  return fresh;
}
