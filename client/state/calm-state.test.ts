import { expect, it } from 'vitest';
import type { SeatView } from '@chaotic-good/engine/protocol/views';
import { calmState } from './calm-state.ts';
import { mayTakeOver } from './may-take-over.ts';

function seat(id: string, over: Partial<SeatView> = {}): SeatView {
  const here = { wish: null, roles: ['ops' as const], ready: true, connected: true, awaySinceMicros: null };
  return { seat: id, name: id, kind: 'player', host: false, ...here, ...over };
}

const seats = [seat('ana'), seat('bo'), seat('cy', { wish: 'observer' }), seat('di', { connected: false })];
const calm = { ended: false, endsMicros: 90e6, ready: ['bo', 'di'] };

it('counts those who are here and play', () => {
  const view = { calm, seats, atMicros: 30.4e6, phase: 'running' } as const;
  const stands = { isCalm: true, secondsLeft: 60, ready: 1, asked: 2 };
  expect(calmState(view, 'ana')).toEqual({ ...stands, waitsForMe: true });
  expect(calmState(view, 'bo')).toEqual({ ...stands, waitsForMe: false });
  expect(calmState(view, 'cy').waitsForMe).toBe(false);
});

it('is none before the start and after its end', () => {
  expect(calmState({ calm, seats, atMicros: 0, phase: 'lobby' }, 'ana').isCalm).toBe(false);
  const over = { calm: { ...calm, ended: true }, seats, atMicros: 95e6, phase: 'running' } as const;
  expect(calmState(over, 'ana')).toMatchObject({ isCalm: false, secondsLeft: 0, waitsForMe: false });
});

it('offers the role of who is away to players who do not hold it', () => {
  const away = seat('eve', { awaySinceMicros: 5e6, roles: ['incident-commander'] });
  const me = seat('ana');
  expect(mayTakeOver(away, me)).toBe(true);
  expect(mayTakeOver({ ...away, awaySinceMicros: null }, me)).toBe(false);
  expect(mayTakeOver({ ...away, roles: ['ops'] }, me)).toBe(false);
  expect(mayTakeOver(away, away)).toBe(false);
  expect(mayTakeOver(away, seat('fay', { kind: 'facilitator' }))).toBe(false);
});
