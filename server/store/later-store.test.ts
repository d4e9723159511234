/** A store that is not there yet must hold up neither whoever asks for nothing nor the end of the server. */
import { expect, it } from 'vitest';
import { LaterStore } from './later-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { Store } from './store.ts';

/** A memory store that tells when it has been closed. */
function watched(): { store: Store; closings: () => number } {
  let closings = 0;
  const store = { ...createMemoryStore(), close: async () => void closings++ };
  return { store, closings: () => closings };
}

it('closing does not wait for an opening that takes long, but closes what it opened', async () => {
  const { store, closings } = watched();
  let opened: (store: Store) => void = () => undefined;
  const later = new LaterStore(() => new Promise((resolve) => (opened = resolve)), 20);
  void later.ready();
  await later.close();
  expect(closings()).toBe(0);
  opened(store);
  await expect.poll(closings).toBe(1);
});

it('closing an open store waits for its end, and nobody gets it any more', async () => {
  const { store, closings } = watched();
  const later = new LaterStore(async () => store);
  expect(await later.games.seats('GAME0001')).toEqual([]);
  await later.close();
  expect(closings()).toBe(1);
  await expect(later.games.seats('GAME0001')).rejects.toThrow('closed');
});

it('a store that could not be opened is tried again by the next who asks', async () => {
  const { store } = watched();
  let attempts = 0;
  const later = new LaterStore(async () => {
    if (++attempts === 1) throw new Error('The disk is away.');
    return store;
  });
  await expect(later.games.seats('GAME0001')).rejects.toThrow('away');
  expect(await later.games.seats('GAME0001')).toEqual([]);
  await later.close();
});
