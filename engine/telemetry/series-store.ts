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
  /** Its number; never reused. */
  id: number;
  /** Metric name. */
  name: string;
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
  /** By name and labels as text. */
  byKey: Map<string, Series>;
  /** Number of the newest series. */
  lastId: number;
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

/** A store at the second that is being sampled. */
export type Sampler = { store: SeriesStore; second: number };

/** A store without series. */
export function createSeriesStore(): SeriesStore {
  return { byKey: new Map(), lastId: 0, live1: 0, live5: 0, dropped: 0 };
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

function createSeries(sampler: Sampler, name: string, labels: Labels): Series {
  const metric = METRICS.get(name);
  invariant(metric !== undefined, `no metric is named ${name}`);
  const { everySeconds } = metric;
  const slot = Math.floor(sampler.second / everySeconds);
  return {
    id: ++sampler.store.lastId,
    name,
    labels,
    everySeconds,
    firstSlot: slot,
    endSlot: slot,
    values: new Float32Array(FIRST_CAPACITY),
    latest: GAP,
    changedSecond: sampler.second,
  };
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
  const key = `${name}|${scope.key}|${value1}|${value2}`;
  let series = store.byKey.get(key);
  if (series === undefined) {
    const everySeconds = METRICS.get(name)?.everySeconds ?? 5;
    if (!mayLive(store, everySeconds)) {
      store.dropped++;
      return;
    }
    const labels = { ...scope.labels };
    if (label1 !== '') labels[label1] = value1;
    if (label2 !== '') labels[label2] = value2;
    series = createSeries(sampler, name, labels);
    store.byKey.set(key, series);
  }
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
  const ended: [key: string, series: Series][] = [];
  for (const [key, series] of store.byKey) {
    if (second % series.everySeconds !== 0) continue;
    const missed = series.endSlot <= Math.floor(second / series.everySeconds);
    if (missed && series.latest !== GAP) {
      countLive(store, series, -1);
      series.latest = GAP;
      series.changedSecond = second;
    }
    if (missed) ended.push([key, series]);
  }
  if (ended.length <= ENDED_KEPT) return;
  ended.sort(([, a], [, b]) => a.changedSecond - b.changedSecond || a.id - b.id);
  for (const [key] of ended.slice(0, ended.length - ENDED_KEPT)) store.byKey.delete(key);
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
