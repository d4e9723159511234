import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { joinSignals, journeySignals, PublicSignals } from './public-signals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const points = (name: string, labels: { [key: string]: string }, seconds: number[], values: number[]) => ({
  id: 1,
  name,
  labels,
  atMicros: seconds.map((second) => second * 1e6),
  values,
});

it('sums failures of all reasons and leaves gaps where nothing was measured', () => {
  const signals = journeySignals([
    points('journey_attempts_total', { journey: 'vote' }, [0, 1, 2], [3, 6, 9]),
    points('journey_failures_total', { journey: 'vote', reason: 'slow' }, [0, 1, 2], [0, 1, 1]),
    points('journey_failures_total', { journey: 'vote', reason: 'error' }, [0, 1, 2], [0, 0, 2]),
    points('journey:duration_seconds:p99', { journey: 'vote' }, [2], [0.2504]),
  ]);
  expect(signals).toEqual({
    seconds: [0, 1, 2],
    journeys: [{ name: 'vote', attempts: [3, 6, 9], failures: [0, 1, 3], p99Ms: [null, null, 250] }],
  });
});

it('keeps the columns of journeys that come later as long as the others', () => {
  const vote = { name: 'vote', attempts: [1], failures: [0], p99Ms: [null] };
  const joined = joinSignals(
    { seconds: [1], journeys: [vote] },
    { seconds: [2], journeys: [{ ...vote, name: 'read' }] },
  );
  expect(joined.seconds).toEqual([1, 2]);
  expect(joined.journeys.map(({ name, attempts }) => [name, attempts])).toEqual([
    ['vote', [1, null]],
    ['read', [null, 1]],
  ]);
});

it('is as late as it is told, asks only for what is new, and has it all for whoever comes', async () => {
  const sent: string[] = [];
  const asked: number[] = [];
  let second = 5;
  const read = (name: string, fromMicros: number) => {
    if (name === 'journey_attempts_total') asked.push(fromMicros);
    return Promise.resolve([points(name, { journey: 'vote' }, [second], [second])]);
  };
  const signals = new PublicSignals({ read, send: (text) => sent.push(text), delayMs: 3000, everyMs: 2000 });
  await vi.advanceTimersByTimeAsync(1000);
  second = 7;
  await vi.advanceTimersByTimeAsync(1999);
  expect([sent.length, signals.beginning]).toEqual([0, null]);
  await vi.advanceTimersByTimeAsync(2001);
  expect(asked.slice(0, 2)).toEqual([-120e6, 5e6 + 1]);
  expect(sent.map((text) => (JSON.parse(text) as { seconds: number[] }).seconds)).toEqual([[5], [7]]);
  expect(JSON.parse(signals.beginning ?? '')).toMatchObject({ seconds: [5, 7] });
  signals.end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(2);
});

it('asks again when the room could not answer', async () => {
  let times = 0;
  const read = () => (times++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve([]));
  const signals = new PublicSignals({ read, send: () => undefined, delayMs: 0, everyMs: 2000 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(times).toBe(6);
  signals.end();
});
