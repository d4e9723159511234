import { expect, it } from 'vitest';
import { signalSeries } from './signal-series.ts';

const VOTE = { name: 'vote', attempts: [10, 20], failures: [0, 3], p99Ms: [null, 250] };

it('makes the series that charts of a room read, without what was not measured', () => {
  const [attempts, failures, p99] = signalSeries({ seconds: [1, 2], journeys: [VOTE] }, ['read', 'vote']);
  expect(attempts).toEqual({
    id: 3,
    name: 'journey_attempts_total',
    labels: { journey: 'vote' },
    atMicros: [1e6, 2e6],
    values: [10, 20],
  });
  expect([failures.id, failures.values]).toEqual([4, [0, 3]]);
  expect([p99.name, p99.atMicros, p99.values]).toEqual(['journey:duration_seconds:p99', [2e6], [0.25]]);
});

it('leaves out a journey that has no place', () => {
  expect(signalSeries({ seconds: [1, 2], journeys: [VOTE] }, ['read'])).toEqual([]);
});
