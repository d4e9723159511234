/** What users met, as spectators are told it, turned into the series that charts read. */
import type { WireAnswer } from '@chaotic-good/engine/protocol/wire';
import type { JourneySignals } from '../../server/spectators/public-message.ts';

/** Series with their points. */
export type SeriesHistory = Extract<WireAnswer, { kind: 'series' }>['series'];

/** The series of signals. Ids go by the order of `journeys`, so that later signals continue them. */
export function signalSeries({ seconds, journeys }: JourneySignals, order: readonly string[]): SeriesHistory {
  return journeys.flatMap(({ name, attempts, failures, p99Ms }) => {
    const place = order.indexOf(name);
    if (place < 0) return [];
    const one = (part: number, series: string, values: readonly (number | null)[], scale = 1) => {
      const known = seconds.flatMap((second, at) => {
        const value = values[at];
        return value === null || value === undefined ? [] : [{ second, value: value * scale }];
      });
      return {
        id: place * 3 + part,
        name: series,
        labels: { journey: name },
        atMicros: known.map(({ second }) => second * 1e6),
        values: known.map(({ value }) => value),
      };
    };
    return [
      one(0, 'journey_attempts_total', attempts),
      one(1, 'journey_failures_total', failures),
      one(2, 'journey:duration_seconds:p99', p99Ms, 0.001),
    ];
  });
}
