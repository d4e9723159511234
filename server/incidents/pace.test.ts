import { expect, it } from 'vitest';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import { stateFixture } from '@chaotic-good/engine/testing/fixtures';
import { Pace } from './pace.ts';
import { PresenceWatch } from './presence-watch.ts';

const PAUSED = { type: 'IncidentPaused', audience: 'everyone', seq: 1, atMicros: 0, commandSeq: 4 } as const;

it('lets simulated time pass like real time, times the speed', () => {
  const pace = new Pace(0);
  expect(pace.take(100, 1)).toBe(100_000);
  expect(pace.take(200, 2)).toBe(200_000);
  expect(pace.take(300, 0)).toBe(0);
});

it('does not catch up with a computer that slept', () => {
  const pace = new Pace(0);
  expect(pace.take(3_600_000, 1)).toBe(1_000_000);
  pace.skip(3_700_000);
  expect(pace.take(3_700_100, 1)).toBe(100_000);
});

it('pauses when nobody has been there for a minute, and goes on when somebody is back', () => {
  const state = stateFixture();
  state.seats.set('ana', {
    seat: 'ana',
    name: 'Ana',
    kind: 'player',
    wish: null,
    ready: false,
    connected: false,
    goneSinceMicros: 0,
    away: false,
  });
  const watch = new PresenceWatch();
  state.phase = 'running';
  expect(watch.look(state, 0)).toBeNull();
  expect(watch.look(state, 59_999)).toBeNull();
  expect(watch.look(state, 60_000)).toEqual({ type: 'Pause' });
  state.phase = 'paused';
  state.events.push({ ...PAUSED, seat: SYSTEM_SEAT });
  state.receipts.set('system-1-1', {
    commandId: 'system-1-1',
    seq: 4,
    atMicros: 0,
    outcome: { ok: true, output: null },
  });
  expect(watch.look(state, 70_000)).toBeNull();
  state.seats.get('ana')!.connected = true;
  expect(watch.look(state, 80_000)).toEqual({ type: 'Resume' });
});

it('leaves a pause alone that the host made', () => {
  const state = stateFixture();
  const watch = new PresenceWatch();
  state.phase = 'paused';
  state.events.push({ ...PAUSED, seat: 'ana' });
  state.receipts.set('ana/c4', {
    commandId: 'ana/c4',
    seq: 4,
    atMicros: 0,
    outcome: { ok: true, output: null },
  });
  expect(watch.look(state, 0)).toBeNull();
  state.seats.set('ana', {
    seat: 'ana',
    name: 'Ana',
    kind: 'player',
    wish: null,
    ready: false,
    connected: true,
    goneSinceMicros: 0,
    away: false,
  });
  expect(watch.look(state, 1000)).toBeNull();
});

it('ends what nobody came back to for a day', () => {
  const state = stateFixture();
  const watch = new PresenceWatch();
  state.phase = 'paused';
  watch.look(state, 0);
  expect(watch.look(state, 24 * 3_600_000)).toEqual({ type: 'EndIncident' });
});
