import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { WitnessBook } from './witness-book.ts';
import type { Meeting, WitnessStore } from './witness-store.ts';

/** A store that fails as often as it is told to. */
function failing(times: number): { store: WitnessStore; kept: Meeting[]; writes: () => number } {
  const kept: Meeting[] = [];
  let writes = 0;
  const store: WitnessStore = {
    begin: async () => undefined,
    meet: async (meetings) => {
      if (++writes <= times) throw new Error('The database is away.');
      kept.push(...meetings);
    },
    hasMet: async () => false,
  };
  return { store, kept, writes: () => writes };
}

it('writes who met what by itself, once, and with the moment at which they met', async () => {
  const { store, kept, writes } = failing(0);
  let nowMs = 1000;
  const book = new WitnessBook(store, () => nowMs);
  book.met('GAME0001', 'ana', 'played');
  nowMs = 2000;
  book.met('GAME0001', 'ana', 'played');
  book.met('GAME0001', 'ana', 'watched');
  await expect.poll(() => kept.length).toBe(2);
  expect(kept.map(({ how, metAtUnixMs }) => [how, metAtUnixMs])).toEqual([
    ['played', 1000],
    ['watched', 2000],
  ]);
  book.met('GAME0001', 'ana', 'played');
  await book.close();
  expect(writes()).toBe(1);
});

it('keeps what the store did not take, and says so to whoever needs it written', async () => {
  const { store, kept } = failing(1);
  const book = new WitnessBook(store);
  book.met('GAME0001', 'ana', 'played');
  await expect(book.flush()).rejects.toThrow('away');
  book.met('GAME0001', 'bo', 'played');
  await book.flush();
  expect(kept.map(({ person }) => person)).toEqual(['ana', 'bo']);
  await sleep(0);
  await book.close();
});

it('calls players those who sat there and did not only look on to the end', async () => {
  const { store, kept } = failing(0);
  const book = new WitnessBook(store);
  book.sits('GAME0001', 'seat-1', 'host');
  book.sits('GAME0001', 'seat-2', 'ana');
  book.sits('GAME0001', 'seat-3', 'left-early');
  book.sits('GAME0002', 'seat-2', 'bo');
  book.ended('GAME0001', ['seat-1']);
  await book.flush();
  const played = kept.filter(({ how }) => how === 'played').map(({ person }) => person);
  expect(played).toEqual(['ana', 'left-early']);
  expect(kept.filter(({ how }) => how === 'watched')).toHaveLength(4);
  await book.close();
});
