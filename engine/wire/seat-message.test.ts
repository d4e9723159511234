import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeriesPoints } from '../telemetry/read-series.ts';
import type { ShelvedLine } from '../telemetry/shelved-line.ts';
import { createFrameReader } from './frame-message.ts';
import { packAnswer, readSeatMessage } from './seat-message.ts';
import type { LongAnswer } from './seat-message.ts';
import { fromCode, toCode } from './value-grid.ts';
import type { Grid } from './value-grid.ts';

const GRIDS: Readonly<Record<string, Grid>> = { total: 'whole', seconds: 'thousandths', latency: 'real' };
const gridOf = (name: string): Grid => GRIDS[name];

function carried(answer: LongAnswer): { answer: unknown; length: number } {
  const bytes = packAnswer('q7', answer, gridOf);
  const message = readSeatMessage(createFrameReader(), bytes);
  expect(message).toMatchObject({ type: 'answer', requestId: 'q7', ok: true });
  return { answer: message.type === 'answer' && message.ok ? message.answer : null, length: bytes.length };
}

const points = fc.array(
  fc.record({
    micros: fc.integer({ min: 1, max: 5e9 }),
    value: fc.oneof(fc.constant(7), fc.double({ min: 0, max: 1e9, noNaN: true })),
  }),
);
const series = fc
  .record({ id: fc.nat(), name: fc.constantFrom(...Object.keys(GRIDS)), pod: fc.string(), points })
  .map(({ id, name, pod, points: found }): SeriesPoints => {
    let at = -1e9;
    const atMicros = found.map(({ micros }) => (at += micros));
    return { id, name, labels: { pod }, atMicros, values: found.map(({ value }) => value) };
  });

it('the past of series comes back on the grid of each', () => {
  fc.assert(
    fc.property(fc.array(series), (all) => {
      const rounded = all.map((one) => {
        const grid = gridOf(one.name);
        return { ...one, values: one.values.map((value) => fromCode(grid, toCode(grid, value))) };
      });
      expect(carried({ kind: 'series', series: all }).answer).toEqual({ kind: 'series', series: rounded });
    }),
  );
});

it('a flat quarter of an hour takes less than a hundred bytes', () => {
  const seconds = Array.from({ length: 900 }, (_, at) => at);
  const flat = { atMicros: seconds.map((at) => at * 1e6), values: seconds.map(() => 3) };
  const one = { id: 12, name: 'total', labels: { pod: 'web-1' }, ...flat };
  expect(carried({ kind: 'series', series: [one] }).length).toBeLessThan(100);
});

it('log lines come back as they were', () => {
  const lines = Array.from({ length: 300 }, (_, at): ShelvedLine => ({
    ...{
      order: at * 3,
      atMicros: at * 12_345,
      workload: 'shop/web',
      namespace: 'shop',
      pod: `web-${at % 3}`,
    },
    ...{ container: 'web', level: at % 9 === 0 ? 'error' : 'info', template: 'access', count: 1 + (at % 4) },
    text: `GET /results ${at % 9 === 0 ? 504 : 200} in ${at % 50}.${at % 10} ms request=${at}f`,
  }));
  const answer: LongAnswer = { kind: 'logs', found: { lines, more: true, lost: 12 } };
  const { answer: found, length } = carried(answer);
  expect(found).toEqual(answer);
  expect(length).toBeLessThan(JSON.stringify(answer).length / 12);
});
