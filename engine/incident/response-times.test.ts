import { expect, it } from 'vitest';
import type { IncidentEvent, NewEvent } from '../protocol/events.ts';
import { responseTimes } from './response-times.ts';

function logOf(...happened: [second: number, event: NewEvent][]): IncidentEvent[] {
  return happened.map(([second, event], at) => ({
    ...event,
    seq: at + 1,
    atMicros: second * 1_000_000,
    commandSeq: 0,
  }));
}
const everyone = { audience: 'everyone' } as const;
const fired = (severity: 'page' | 'ticket'): NewEvent => ({
  type: 'AlertFired',
  ...everyone,
  alertId: 'alert-1',
  ruleId: 'r',
  title: 'T',
  severity,
  subject: '',
  value: 1,
});

it('counts from impact start, which is known later than it was', () => {
  const log = logOf(
    [1, fired('ticket')],
    [120, { type: 'ImpactBegan', audience: 'referee', second: 100 }],
    [160, fired('page')],
    [190, { type: 'AlertAcknowledged', ...everyone, seat: 'ana', alertId: 'alert-1', title: 'T' }],
    [420, { type: 'ImpactEnded', audience: 'referee', second: 400 }],
    [500, { type: 'IncidentClosed', ...everyone, reason: 'resolved', recovered: true }],
  );
  expect(responseTimes(log)).toEqual({
    impactBeganSecond: 100,
    timeToDetectMs: 60_000,
    timeToAcknowledgeMs: 90_000,
    timeToMitigateMs: 300_000,
    timeToResolveMs: 400_000,
  });
});

it('leaves open what never happened', () => {
  const log = logOf(
    [120, { type: 'ImpactBegan', audience: 'referee', second: 100 }],
    [1200, { type: 'IncidentClosed', ...everyone, reason: 'time-limit', recovered: false }],
  );
  expect(responseTimes(log)).toMatchObject({
    timeToDetectMs: null,
    timeToMitigateMs: null,
    timeToResolveMs: null,
  });
  expect(responseTimes([])).toMatchObject({ impactBeganSecond: null, timeToDetectMs: null });
});
