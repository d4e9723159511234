import { expect, it } from 'vitest';
import { newRoomCode, readRoomCode } from './room-code.ts';

it('makes codes that can be read back, each another', () => {
  const codes = new Set(Array.from({ length: 1000 }, newRoomCode));
  expect(codes.size).toBe(1000);
  for (const code of codes) expect(readRoomCode(code)).toBe(code);
});

it.each([
  ['ab12 cd34', 'AB12CD34'],
  ['AB12-CD34', 'AB12CD34'],
  ['oil0oil0', '01100110'],
])('reads %s as %s', (typed, code) => expect(readRoomCode(typed)).toBe(code));

it.each(['', 'AB12CD3', 'AB12CD345', 'AB12CD3U', '../../etc', 'A'.repeat(5000), 'ÄB12CD34'])(
  'reads %j as no code',
  (typed) => expect(readRoomCode(typed)).toBeNull(),
);
