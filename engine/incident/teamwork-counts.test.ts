import { expect, it } from 'vitest';
import type { Happening, IncidentEvent } from '../protocol/events.ts';
import { teamworkCounts } from './teamwork-counts.ts';

/** A log of what happened at which seconds; events of one second belong to one command. */
function log(...steps: [second: number, ...happenings: Happening[]][]): IncidentEvent[] {
  let seq = 0;
  return steps.flatMap(([second, ...happenings]) =>
    happenings.map((happening): IncidentEvent => ({
      ...happening,
      audience: 'everyone',
      seq: ++seq,
      atMicros: second * 1e6,
      commandSeq: second,
    })),
  );
}

const propose = (planId: string, seat = 'bo'): Happening => ({
  type: 'PlanProposed',
  seat,
  planId,
  text: 'Restart',
  line: '',
  component: '',
});
const answer = (planId: string): Happening => ({ type: 'PlanAnswered', seat: 'ana', planId, approved: true });
const status = (state: 'investigating' | 'resolved', nextUpdateMinutes = 2): Happening => ({
  type: 'StatusPosted',
  seat: 'di',
  journeys: [],
  severity: 'SEV2',
  state,
  nextUpdateMinutes,
});
const claim = (from: string): Happening => ({
  type: 'ComponentClaimed',
  seat: 'bo',
  component: 'deployment/polls',
  from,
});

it('tells proposals of the lead, those answered in time, and those that opened', () => {
  const events = log(
    [10, propose('plan-1', 'ana'), answer('plan-1')],
    [20, propose('plan-2')],
    [25, answer('plan-2')],
    [30, propose('plan-3')],
    [50, { type: 'PlanOpened', planId: 'plan-3' }],
    [60, answer('plan-3')],
    [70, { type: 'PlanFinished', seat: 'bo', planId: 'plan-2', done: true }],
    [71, { type: 'PlanFinished', seat: 'bo', planId: 'plan-3', done: false }],
  );
  expect(teamworkCounts(events, 100e6)).toMatchObject({
    proposals: 3,
    byLead: 1,
    answeredInTime: 1,
    openedUnanswered: 1,
    done: 1,
  });
});

it('counts a promise that nobody kept, also up to the close, but none after the all-clear', () => {
  const events = log(
    [10, status('investigating')],
    [140, status('investigating')],
    [200, status('resolved')],
  );
  expect(teamworkCounts(events, 900e6)).toMatchObject({ statusUpdates: 3, overdueUpdates: 1 });
  const silent = log([10, status('investigating')]);
  expect(teamworkCounts(silent, 900e6).overdueUpdates).toBe(1);
  expect(teamworkCounts(silent, 100e6).overdueUpdates).toBe(0);
});

it('calls an all-clear false while users are hurt, and when a customer contradicts it', () => {
  const hurt = log(
    [20, { type: 'ImpactBegan', second: 20 }],
    [30, status('resolved')],
    [90, { type: 'ImpactEnded', second: 80 }],
    [95, status('resolved')],
  );
  expect(teamworkCounts(hurt, 200e6).falseAllClears).toBe(1);
  const said: Happening = { type: 'PersonaSpoke', persona: 'customer', reason: 'false-all-clear', text: '' };
  expect(teamworkCounts([...hurt, ...log([99, said])], 200e6).falseAllClears).toBe(2);
});

it('counts claims apart from taking over, and sums up tickets', () => {
  const tickets: Happening = { type: 'TicketsOpened', journey: 'vote', title: 'Vote', count: 7 };
  const events = log([1, claim('')], [2, claim('cy')], [3, tickets], [4, tickets]);
  expect(teamworkCounts(events, 9e6)).toMatchObject({ claims: 1, takeOvers: 1, tickets: 14 });
  expect(Object.values(teamworkCounts([], 0)).every((count) => count === 0)).toBe(true);
});
