/**
 * Series and their samples: a bounded ring each, on a grid of whole seconds.
 *
 * A slot without a sample holds `GAP`: no metric here is ever negative, and the state codec refuses NaN.
 * Values are Float32: a finished sample is drawn on a screen, it is not computed on any further.
 */
import { invariant } from '../kernel/invariant.ts';
import { METRICS } from './metrics.ts';

/** Label names and values. */
export type Labels = { [name: string]: string };

/** Marks a slot without a sample. */
export const GAP = -1;
/** How far back series reach, seconds: an hour, and half an hour of prehistory. */
export const HISTORY_SECONDS = 5400;
/** Live series at most, by seconds between samples; what comes after that is dropped and counted. */
export const SERIES_LIVE_MAX = { 1: 300, 5: 3000 } as const;
/** Ended series kept for their history; the oldest go first. */
const ENDED_KEPT = 600;
const FIRST_CAPACITY = 32;

/** One series. */
export type Series = {
  /** Its number: its place in the list, never reused. */
  id: number;
  /** Metric name. */
  name: string;
  /** Scope, and values of the labels beyond it: what the series is known by. */
  scope: string;
  /** Value of the first label beyond the scope, '' = none. */
  value1: string;
  /** Value of the second, '' = none. */
  value2: string;
  /** Labels, in the order in which they are shown. */
  labels: Labels;
  /** Seconds between samples. */
  everySeconds: 1 | 5;
  /** Slot (second ÷ `everySeconds`) of the first sample in the ring. */
  firstSlot: number;
  /** Slot after the newest sample. */
  endSlot: number;
  /** Samples: slot s stands at (s − `firstSlot`) modulo the length at full size. */
  values: Float32Array;
  /** The newest value, exactly; `GAP` once a sample is missing. */
  latest: number;
  /** Second in which `latest` last changed. */
  changedSecond: number;
};

/** All series. */
export type SeriesStore = {
  /** By number; null once forgotten. */
  list: (Series | null)[];
  /** Number by name and labels as text. */
  byKey: Map<string, number>;
  /**
   * Numbers in the order in which the last round of samples asked for them. Rounds are much alike, so the
   * next sample is nearly always of the series that stands here, and no text has to be put together.
   */
  hints: number[];
  /** Live series that are sampled every second. */
  live1: number;
  /** Live series that are sampled every five seconds. */
  live5: number;
  /** Samples refused because there were too many series. */
  dropped: number;
};

/** What a sample is about: labels shared by many metrics, and the same as text. */
export type Scope = {
  /** Unique text of the labels. */
  key: string;
  /** The labels. */
  labels: Labels;
};

/** A store at the second that is being sampled, and the number of samples so far. */
export type Sampler = { store: SeriesStore; second: number; taken: number };

/** A store without series. */
export function createSeriesStore(): SeriesStore {
  return { list: [], byKey: new Map(), hints: [], live1: 0, live5: 0, dropped: 0 };
}

/** Begins a round of samples. */
export function beginSecond(store: SeriesStore, second: number): Sampler {
  return { store, second, taken: 0 };
}

/** Every series that is still kept, in order of their numbers. */
export function keptSeries(store: SeriesStore): Series[] {
  return store.list.filter((series) => series !== null);
}

/** Slots a full ring holds. */
function capacityOf(series: Series): number {
  return HISTORY_SECONDS / series.everySeconds;
}

/** Number of the oldest slot that the ring still holds. */
function oldestSlot(series: Series): number {
  return Math.max(series.firstSlot, series.endSlot - capacityOf(series));
}

/** Writes the next slot. */
function pushValue(series: Series, value: number): void {
  const place = series.endSlot - series.firstSlot;
  const most = capacityOf(series);
  if (place >= series.values.length && series.values.length < most) {
    const larger = new Float32Array(Math.min(most, series.values.length * 2));
    larger.set(series.values);
    series.values = larger;
  }
  series.values[place % most] = value;
  series.endSlot++;
}

/** Counts a series among the living, or out again. */
function countLive(store: SeriesStore, series: Series, change: 1 | -1): void {
  if (series.everySeconds === 1) store.live1 += change;
  else store.live5 += change;
}

function mayLive(store: SeriesStore, everySeconds: 1 | 5): boolean {
  const live = everySeconds === 1 ? store.live1 : store.live5;
  return live < SERIES_LIVE_MAX[everySeconds];
}

function keyOf(name: string, scope: string, value1: string, value2: string): string {
  return `${name}|${scope}|${value1}|${value2}`;
}

/** The series of a sample by its key, made when it is new; null when there are too many. */
function findSeries(
  sampler: Sampler,
  name: string,
  scope: Scope,
  label1: string,
  value1: string,
  label2: string,
  value2: string,
): Series | null {
  const { store, second } = sampler;
  const key = keyOf(name, scope.key, value1, value2);
  const known = store.byKey.get(key);
  if (known !== undefined) return store.list[known];
  const metric = METRICS.get(name);
  invariant(metric !== undefined, `no metric is named ${name}`);
  const { everySeconds } = metric;
  if (!mayLive(store, everySeconds)) return null;
  const labels = { ...scope.labels };
  if (label1 !== '') labels[label1] = value1;
  if (label2 !== '') labels[label2] = value2;
  const slot = Math.floor(second / everySeconds);
  const series: Series = {
    id: store.list.length,
    name,
    scope: scope.key,
    value1,
    value2,
    labels,
    everySeconds,
    firstSlot: slot,
    endSlot: slot,
    values: new Float32Array(FIRST_CAPACITY),
    latest: GAP,
    changedSecond: second,
  };
  store.byKey.set(key, series.id);
  store.list.push(series);
  return series;
}

/** The series that the last round sampled here, if it is the one that is meant now. */
function hintedSeries(
  sampler: Sampler,
  name: string,
  scope: Scope,
  value1: string,
  value2: string,
): Series | null {
  const { hints, list } = sampler.store;
  if (sampler.taken >= hints.length) return null;
  const series = list[hints[sampler.taken]];
  if (series === null || series.name !== name || series.value1 !== value1) return null;
  return series.value2 === value2 && series.scope === scope.key ? series : null;
}

/** Records the value of one metric at the sampled second, under the scope's labels and up to two more. */
export function putSample(
  sampler: Sampler,
  name: string,
  scope: Scope,
  value: number,
  label1 = '',
  value1 = '',
  label2 = '',
  value2 = '',
): void {
  const { store, second } = sampler;
  let series = hintedSeries(sampler, name, scope, value1, value2);
  if (series === null) {
    series = findSeries(sampler, name, scope, label1, value1, label2, value2);
    if (series === null) {
      store.dropped++;
      return;
    }
    store.hints[sampler.taken] = series.id;
  }
  sampler.taken++;
  if (series.latest === GAP) countLive(store, series, 1);
  const slot = Math.floor(second / series.everySeconds);
  if (slot < series.endSlot) return;
  if (slot - series.endSlot >= capacityOf(series)) {
    series.firstSlot = slot;
    series.endSlot = slot;
  }
  while (series.endSlot < slot) pushValue(series, GAP);
  // + 0 turns a negative zero into zero, which the state codec refuses.
  pushValue(series, value + 0);
  if (series.latest === value) return;
  series.latest = value + 0;
  series.changedSecond = second;
}

/** Ends what was not sampled at this second though its turn was; forgets the oldest ended series. */
export function closeSecond(sampler: Sampler): void {
  const { store, second } = sampler;
  const isFifth = second % 5 === 0;
  const ended: Series[] = [];
  for (const series of store.list) {
    if (series === null || (series.everySeconds === 5 && !isFifth)) continue;
    if (series.endSlot > Math.floor(second / series.everySeconds)) continue;
    if (series.latest !== GAP) {
      countLive(store, series, -1);
      series.latest = GAP;
      series.changedSecond = second;
    }
    ended.push(series);
  }
  if (ended.length <= ENDED_KEPT) return;
  ended.sort((a, b) => a.changedSecond - b.changedSecond || a.id - b.id);
  for (const { id, name, scope, value1, value2 } of ended.slice(0, ended.length - ENDED_KEPT)) {
    store.byKey.delete(keyOf(name, scope, value1, value2));
    store.list[id] = null;
  }
}

/** Samples of a series from one moment to another, both included, oldest first; gaps are left out. */
export function pointsBetween(
  series: Series,
  fromMicros: number,
  toMicros: number,
): { atMicros: number[]; values: number[] } {
  const step = series.everySeconds * 1_000_000;
  const most = capacityOf(series);
  const first = Math.max(oldestSlot(series), Math.ceil(fromMicros / step));
  const last = Math.min(series.endSlot - 1, Math.floor(toMicros / step));
  const atMicros: number[] = [];
  const values: number[] = [];
  for (let slot = first; slot <= last; slot++) {
    const value = series.values[(slot - series.firstSlot) % most];
    if (value === GAP) continue;
    atMicros.push(slot * step + 0);
    values.push(value);
  }
  return { atMicros, values };
}
