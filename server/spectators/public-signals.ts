/**
 * What users met on each journey, second by second, as late as the frames. It is read from the room's own
 * series by a short list of names, so whoever comes late gets the whole curve, and never anything else.
 */
import type { SeriesPoints } from '@chaotic-good/engine/telemetry/read-series';
import { LaterQueue } from './later-queue.ts';
import type { JourneySignal, JourneySignals } from './public-message.ts';

/** The series that spectators may know, by what they are called in signals. */
const SERIES = {
  attempts: 'journey_attempts_total',
  failures: 'journey_failures_total',
  p99Ms: 'journey:duration_seconds:p99',
} as const;
const PARTS = ['attempts', 'failures', 'p99Ms'] as const;
const READ_EVERY_MS = 2000;
/** How much of what was normal is shown before the incident, microseconds. */
const BEFORE_MICROS = 120e6;

/** How signals are made. */
export type PublicSignalsOptions = {
  /** Reads the series of a name from a moment on, microseconds. */
  read: (name: string, fromMicros: number) => Promise<SeriesPoints[]>;
  /** Sends news to everybody who watches. */
  send: (text: string) => void;
  /** How late, milliseconds. */
  delayMs: number;
  /** How often it is read, milliseconds. */
  everyMs?: number;
};

/** Signals by the second; failures of all reasons together. Only seconds with attempts count. */
export function journeySignals(series: readonly SeriesPoints[]): JourneySignals {
  const attempts = series.filter(({ name }) => name === SERIES.attempts);
  const moments = [...new Set(attempts.flatMap(({ atMicros }) => atMicros))].sort((a, b) => a - b);
  const names = [...new Set(attempts.map(({ labels }) => labels.journey ?? ''))];
  const journeys = names.map((journey): JourneySignal => {
    const at = (part: (typeof PARTS)[number]) => {
      const sums = new Map<number, number>();
      for (const one of series) {
        if (one.name !== SERIES[part] || one.labels.journey !== journey) continue;
        one.atMicros.forEach((micros, index) => {
          sums.set(micros, (sums.get(micros) ?? 0) + one.values[index]);
        });
      }
      return moments.map((micros) => sums.get(micros) ?? null);
    };
    const p99Ms = at('p99Ms').map((seconds) => (seconds === null ? null : Math.round(seconds * 1000)));
    return { name: journey, attempts: at('attempts'), failures: at('failures'), p99Ms };
  });
  return { seconds: moments.map((micros) => micros / 1e6), journeys };
}

/** Signals and what follows them, as one. */
export function joinSignals(before: JourneySignals, news: JourneySignals): JourneySignals {
  const gap = (length: number) => Array.from({ length }, () => null);
  const names = [...new Set([...before.journeys, ...news.journeys].map(({ name }) => name))];
  const journeys = names.map((name): JourneySignal => {
    const old = before.journeys.find((one) => one.name === name);
    const fresh = news.journeys.find((one) => one.name === name);
    const part = (what: (typeof PARTS)[number]) => [
      ...(old?.[what] ?? gap(before.seconds.length)),
      ...(fresh?.[what] ?? gap(news.seconds.length)),
    ];
    return { name, attempts: part('attempts'), failures: part('failures'), p99Ms: part('p99Ms') };
  });
  return { seconds: [...before.seconds, ...news.seconds], journeys };
}

/** The signals of one incident. */
export class PublicSignals {
  readonly #options: PublicSignalsOptions;
  readonly #later: LaterQueue;
  readonly #timer: NodeJS.Timeout;
  #shown: JourneySignals = { seconds: [], journeys: [] };
  #beginning: string | null = null;
  #fromMicros = -BEFORE_MICROS;
  #isReading = false;
  #isOver = false;

  constructor(options: PublicSignalsOptions) {
    this.#options = options;
    this.#later = new LaterQueue(options.delayMs);
    this.#timer = setInterval(() => void this.#read(), options.everyMs ?? READ_EVERY_MS);
    void this.#read();
  }

  /** Everything that is out; null while nothing is. */
  get beginning(): string | null {
    if (this.#shown.seconds.length === 0) return null;
    return (this.#beginning ??= JSON.stringify(this.#shown));
  }

  /** Reads no more; what waits still goes out at its time. */
  finish(): void {
    clearInterval(this.#timer);
    this.#isOver = true;
    this.#later.finish();
  }

  /** Ends it. */
  end(): void {
    this.finish();
    this.#later.end();
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const found = await Promise.all(
      PARTS.map((part) => this.#options.read(SERIES[part], this.#fromMicros)),
    ).catch(() => []); // The incident may be gone, or not be loaded yet; it is asked again.
    this.#isReading = false;
    const news = journeySignals(found.flat());
    const last = news.seconds.at(-1);
    if (last === undefined || this.#isOver) return;
    this.#fromMicros = last * 1e6 + 1;
    this.#later.push(() => {
      this.#shown = joinSignals(this.#shown, news);
      this.#beginning = null;
      this.#options.send(JSON.stringify(news));
    });
  }
}
