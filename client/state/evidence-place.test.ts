import { expect, it } from 'vitest';
import { cutTo, placeAddress, placeOf } from './evidence-place.ts';

it('leads back to where it was seen', () => {
  const place = placeOf('logs', { q: 'no route & back', pod: 'polls-1', level: '' });
  expect(place).toBe('?tab=logs&q=no+route+%26+back&pod=polls-1');
  expect(placeAddress('7KQ4M2XD', place)).toBe('#/room/7KQ4M2XD/logs?q=no+route+%26+back&pod=polls-1');
});

it('stays within the room, whatever a place says', () => {
  expect(placeAddress('7KQ4M2XD', 'https://elsewhere')).toBe('');
  expect(placeAddress('7KQ4M2XD', '?tab=../../games')).toBe('#/room/7KQ4M2XD/..%2F..%2Fgames');
});

it('is never longer than a pin may keep', () => {
  expect(placeOf('logs', { pod: 'polls-1', q: 'x'.repeat(600) })).toBe('?tab=logs&pod=polls-1');
  expect(cutTo('abcdef', 4)).toBe('abc…');
});
