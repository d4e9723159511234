import { expect, it } from 'vitest';
import { isCode, readAddress, readCode, roomAddress, watchAddress } from './address.ts';

it('reads a room with its tab and what is asked of it', () => {
  const { page, query } = readAddress('#/room/7kq4m2xd/logs?q=timeout');
  expect(page).toEqual({ page: 'room', code: '7KQ4M2XD', tab: 'logs' });
  expect(query.get('q')).toBe('timeout');
});

it('reads who watches which room', () => {
  expect(readAddress('#/watch/7kq4-m2xd').page).toEqual({ page: 'watch', code: '7KQ4M2XD' });
  expect(readAddress(watchAddress('7KQ4M2XD')).page).toEqual({ page: 'watch', code: '7KQ4M2XD' });
});

it('reads codes as people type them', () => {
  expect(readCode(' 7kq4-m2xd ')).toBe('7KQ4M2XD');
  expect(readCode('oil00000')).toBe('01100000');
  expect([isCode('7KQ4M2XD'), isCode('7KQ4M2X'), isCode('7KQ4M2XU')]).toEqual([true, false, false]);
});

it('leaves out what is not asked', () => {
  expect(roomAddress('7KQ4M2XD', 'logs', { q: 'a b', level: '' })).toBe('#/room/7KQ4M2XD/logs?q=a+b');
});

it('says what it does not know', () => {
  expect(readAddress('#/nowhere').page).toEqual({ page: 'unknown', path: 'nowhere' });
});
