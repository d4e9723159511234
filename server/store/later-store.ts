/**
 * A store that is opened after the server listens: whoever asks earlier waits. One that could not be opened
 * is tried again by the next who asks.
 */
import type { GameStore } from './game-store.ts';
import type { Store } from './store.ts';

/** A store to be opened later. */
export class LaterStore {
  readonly #open: () => Promise<Store>;
  #opened: Promise<Store> | null = null;
  #isClosed = false;

  /** Finished games, as soon as the store is open. */
  readonly games: GameStore = {
    save: async (game) => (await this.ready()).games.save(game),
    debrief: async (id) => (await this.ready()).games.debrief(id),
    postMortem: async (id) => (await this.ready()).games.postMortem(id),
    events: async (id) => (await this.ready()).games.events(id),
    samples: async (id) => (await this.ready()).games.samples(id),
    list: async (limit) => (await this.ready()).games.list(limit),
  };

  constructor(open: () => Promise<Store>) {
    this.#open = open;
  }

  /** Opens it, if it is not open. */
  ready(): Promise<Store> {
    if (this.#isClosed) return Promise.reject(new Error('The store is closed.'));
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  /** Lets go. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.close();
  }
}
