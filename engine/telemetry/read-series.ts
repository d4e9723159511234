/** Queries over the kept series, for pages and charts. */
import { matchesName } from '../protocol/name-pattern.ts';
import type { Metric } from './metric.ts';
import { METRICS } from './metrics.ts';
import { GAP, keptSeries, pointsBetween } from './series-store.ts';
import type { Labels } from './series-store.ts';
import type { Telemetry } from './telemetry.ts';

/** A metric with what there is of it. */
export type CatalogueEntry = Metric & {
  /** Series that are being sampled. */
  live: number;
  /** Series that have ended and are still kept. */
  ended: number;
  /** Label names that occur, in alphabetical order. */
  labelNames: string[];
};

/** One series with its samples, oldest first. */
export type SeriesPoints = {
  /** Its number. */
  id: number;
  /** Metric name. */
  name: string;
  /** Labels. */
  labels: Labels;
  /** Moments, microseconds. */
  atMicros: number[];
  /** Values, parallel. */
  values: number[];
};

/** Every metric of which there are series, in the order of `METRICS`. */
export function seriesCatalogue(telemetry: Telemetry): CatalogueEntry[] {
  const entries = new Map<string, { live: number; ended: number; labels: Set<string> }>();
  for (const { name, labels, latest } of keptSeries(telemetry.series)) {
    const entry = entries.get(name) ?? { live: 0, ended: 0, labels: new Set<string>() };
    if (latest === GAP) entry.ended++;
    else entry.live++;
    for (const label of Object.keys(labels)) entry.labels.add(label);
    entries.set(name, entry);
  }
  return [...METRICS.values()].flatMap((metric) => {
    const entry = entries.get(metric.name);
    if (entry === undefined) return [];
    const { live, ended, labels } = entry;
    return [{ ...metric, live, ended, labelNames: [...labels].sort((a, b) => (a < b ? -1 : 1)) }];
  });
}

/**
 * The series of a metric whose labels match, with their samples between two moments; series without a
 * sample there are left out. Label values may hold `*` gaps; an absent label counts as ''.
 */
export function readSeries(
  telemetry: Telemetry,
  name: string,
  labelMatch: Labels,
  fromMicros: number,
  toMicros: number,
): SeriesPoints[] {
  const wanted = Object.entries(labelMatch);
  const found: SeriesPoints[] = [];
  for (const series of keptSeries(telemetry.series)) {
    if (series.name !== name) continue;
    if (!wanted.every(([label, value]) => matchesName(value, series.labels[label] ?? ''))) continue;
    const points = pointsBetween(series, fromMicros, toMicros);
    if (points.values.length === 0) continue;
    found.push({ id: series.id, name, labels: { ...series.labels }, ...points });
  }
  return found;
}
