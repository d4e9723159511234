import { expect, it } from 'vitest';
import { SYSTEM_SEAT } from '../../protocol/commands.ts';
import type { NewEvent } from '../../protocol/events.ts';
import { runningWith, stateAfter } from '../../testing/fixtures.ts';
import type { IncidentState } from '../incident-state.ts';
import { recordEvents } from '../record.ts';
import { timelineEntry } from '../timeline.ts';
import { decide } from './decide.ts';

/** Ana, the host, and Ben, before the clock runs. */
function lobby(): IncidentState {
  const joined = ['ana', 'ben'].map((seat): NewEvent => {
    return { type: 'SeatJoined', audience: 'everyone', seat, name: seat, kind: 'player' };
  });
  return stateAfter(...joined, { type: 'HostPassed', audience: 'everyone', seat: 'ana' });
}

function refusal(state: IncidentState, seat: string, name: string): string {
  const decision = decide(state, seat, { type: 'NameTeam', name });
  return decision.ok ? '' : decision.rejection.code;
}

it('takes its name from the host or the server, on one line, and gives it back', () => {
  const state = lobby();
  for (const [seat, name, team] of [
    ['ana', ' Night\n\u200b shift ', 'Night shift'],
    [SYSTEM_SEAT, 'Night shift 2', 'Night shift 2'],
    ['ana', '  ', ''],
  ]) {
    const decision = decide(state, seat, { type: 'NameTeam', name });
    expect(decision).toMatchObject({ events: [{ type: 'TeamNamed', audience: 'everyone', seat, team }] });
    recordEvents(state, 0, 0, decision.ok ? decision.events : []);
    expect(state.teamName).toBe(team);
  }
  const told = state.events.flatMap((event) => {
    return event.type === 'TeamNamed' ? [timelineEntry(event)!.text] : [];
  });
  expect(told).toEqual([
    'The team is called Night shift',
    'The team is called Night shift 2',
    'The team has no name',
  ]);
});

it('keeps its name once the clock runs, and hears nobody else', () => {
  expect(refusal(lobby(), 'ben', 'Ours')).toBe('only-host');
  expect(refusal(lobby(), 'ana', 'x'.repeat(41))).toBe('too-long');
  expect(refusal(lobby(), 'ana', 'x'.repeat(40))).toBe('');
  expect(refusal(runningWith('ana'), 'ana', 'Late')).toBe('already-started');
});
