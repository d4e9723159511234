/**
 * Presence as bytes.
 *
 * Method   A room of any coming, going, looking and pointing; what a reader has must be what the room told,
 *          for one who heard everything and for one who came at any moment.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeatLook, ServerMessage } from '../protocol/wire.ts';
import { createFrameReader } from './frame-message.ts';
import { createPresenceTable, packAllLooks, packHere, packLooks } from './presence-delta.ts';
import { readSeatMessage } from './seat-message.ts';

const LOOK: SeatLook = { seat: 'seat-1', tab: 'logs', thing: 'deployment/polls', running: '' };

const text = fc.constantFrom('', 'logs', 'node/worker-1', 'kubectl get pods -w', 'ä—🎈');
const look = fc.record({
  seat: fc.constantFrom('a', 'b', 'c', 'd'),
  tab: text,
  thing: text,
  running: text,
});
const room = fc.uniqueArray(look, { selector: ({ seat }) => seat, maxLength: 4 });

function looksOf(message: ServerMessage): Map<string, SeatLook> {
  if (message.type !== 'looks') throw new Error(`no looks but ${message.type}`);
  return new Map(message.looks.map((one) => [one.seat, one]));
}

it('tells everybody the same looks, those who come later too', () => {
  fc.assert(
    fc.property(fc.array(room, { minLength: 1, maxLength: 12 }), (steps) => {
      const table = createPresenceTable();
      const readers = [createFrameReader()];
      for (const looks of steps) {
        const bytes = packLooks(table, looks);
        const late = createFrameReader();
        const seen = readers.map((reader) => (bytes ? readSeatMessage(reader, bytes) : null));
        const whole = readSeatMessage(late, packAllLooks(table));
        readers.push(late);
        for (const message of [...seen, whole]) {
          if (message) expect(looksOf(message)).toEqual(new Map(looks.map((one) => [one.seat, one])));
        }
      }
    }),
  );
});

it('says nothing when nothing changed', () => {
  const table = createPresenceTable();
  expect(packLooks(table, [LOOK])).not.toBeNull();
  expect(packLooks(table, [{ ...LOOK }])).toBeNull();
});

it('a look somewhere that was named before takes three bytes, a point at a known chart six', () => {
  const table = createPresenceTable();
  packLooks(table, [LOOK]);
  packLooks(table, [{ ...LOOK, tab: 'overview' }]);
  expect(packLooks(table, [LOOK])).toHaveLength(3);
  const here = {
    type: 'here',
    seat: 'seat-1',
    chart: 'User actions that fail',
    focus: '',
    second: 0,
  } as const;
  packHere(table, here);
  expect(packHere(table, { ...here, second: 612.4 })).toHaveLength(6);
});

it('begins anew before the texts become too many, without anybody losing a look', () => {
  const table = createPresenceTable();
  const reader = createFrameReader();
  for (let at = 0; at < 2000; at++) {
    const now = { ...LOOK, thing: `pod/polls-${at}` };
    expect(readSeatMessage(reader, packLooks(table, [now]) as Uint8Array)).toEqual({
      type: 'looks',
      looks: [now],
    });
  }
  expect(reader.presence.texts.length).toBeLessThan(600);
});

it('points at the tenth of a second that was pointed at, before the start too', () => {
  for (const second of [12.5, -840, 0, 1e6]) {
    const here = { type: 'here', seat: 'b', chart: 'Load', focus: 'node/worker-1', second } as const;
    expect(readSeatMessage(createFrameReader(), packHere(createPresenceTable(), here))).toEqual(here);
  }
});
