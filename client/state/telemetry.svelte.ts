/** Every series of the incident, as far as this screen has been told. */
import type { WireAnswer, WireFrame } from '@chaotic-good/engine/protocol/wire';
import { latestOf, mergePoints, pushPoint, ratePerSecond } from './live-series.ts';
import type { LiveSeries } from './live-series.ts';

type TelemetryNews = NonNullable<WireFrame['telemetry']>;
/** A Kubernetes event, as a row. */
export type KubeEvent = TelemetryNews['kubeEvents'][number];
type History = Extract<WireAnswer, { kind: 'series' }>['series'];
type Labels = Readonly<Record<string, string>>;

const EVENTS_MAX = 200;

function matches(series: LiveSeries, wanted: Labels): boolean {
  return Object.entries(wanted).every(([label, value]) => series.labels[label] === value);
}

/** Series by name. Thousands of points need no deep proxies: `version` tells that something changed. */
export class TelemetryState {
  /** Grows with every piece of news; whoever reads series reads it, and so is told. */
  #version = $state(0);
  /** Newest Kubernetes events, newest first. */
  kubeEvents = $state.raw<readonly KubeEvent[]>([]);
  #second = 0;
  #byId = new Map<number, LiveSeries>();
  #byName = new Map<string, LiveSeries[]>();

  /** Second of the newest news. */
  get second(): number {
    void this.#version;
    return this.#second;
  }

  /** Forgets everything. */
  clear(): void {
    this.#byId.clear();
    this.#byName.clear();
    this.kubeEvents = [];
    this.#version++;
  }

  /** Takes a frame's news in. */
  apply(news: TelemetryNews, atMicros: number, full: boolean): void {
    this.#second = atMicros / 1e6;
    if (full) this.#endAllBut(new Set(news.series.map(({ id }) => id)));
    for (const { id, name, labels, value } of news.series) {
      pushPoint(this.#take(id, name, labels), this.#second, value);
    }
    if (news.kubeEvents.length > 0) {
      const key = ({ namespace, kind, name, reason }: KubeEvent) => `${namespace}/${kind}/${name}/${reason}`;
      const fresh = new Set(news.kubeEvents.map(key));
      const kept = this.kubeEvents.filter((event) => !fresh.has(key(event)));
      this.kubeEvents = [...news.kubeEvents.toReversed(), ...kept].slice(0, EVENTS_MAX);
    }
    this.#version++;
  }

  /** Takes the past of series in. */
  merge(history: History): void {
    for (const { id, name, labels, atMicros, values } of history) {
      const seconds = atMicros.map((micros) => micros / 1e6);
      mergePoints(this.#take(id, name, labels), seconds, values);
    }
    this.#version++;
  }

  /** Time goes on without news of series. */
  tick(atMicros: number): void {
    this.#second = atMicros / 1e6;
    this.#version++;
  }

  /** Series of a name whose labels match, in order of their ids. */
  series(name: string, wanted: Labels = {}): LiveSeries[] {
    void this.#version;
    return (this.#byName.get(name) ?? []).filter((series) => matches(series, wanted));
  }

  /** The sum of the newest values; null when there is none. */
  latest(name: string, wanted: Labels = {}): number | null {
    return sumOrNull(this.series(name, wanted).map(latestOf));
  }

  /** The sum of the growth per second over the last seconds; null when there is none. */
  rate(name: string, wanted: Labels = {}, windowSeconds = 15): number | null {
    return sumOrNull(
      this.series(name, wanted).map((series) => ratePerSecond(series, this.second, windowSeconds)),
    );
  }

  /** Values of a label of the living series of a name. */
  labelValues(name: string, label: string): string[] {
    const living = this.series(name).filter((series) => latestOf(series) !== null);
    return [...new Set(living.map(({ labels }) => labels[label] ?? ''))].sort();
  }

  #take(id: number, name: string, labels: Labels): LiveSeries {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const series: LiveSeries = { id, name, labels, seconds: [], values: [] };
    this.#byId.set(id, series);
    const named = this.#byName.get(name);
    if (named === undefined) this.#byName.set(name, [series]);
    else named.push(series);
    return series;
  }

  #endAllBut(living: ReadonlySet<number>): void {
    for (const series of this.#byId.values()) {
      if (!living.has(series.id) && latestOf(series) !== null) pushPoint(series, this.#second, null);
    }
  }
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  let sum: number | null = null;
  for (const value of values) if (value !== null) sum = (sum ?? 0) + value;
  return sum;
}
