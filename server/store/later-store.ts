/**
 * A store that is opened after the server listens: whoever asks earlier waits. One that could not be opened
 * is tried again by the next who asks.
 */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { FinishedGame, GameSummary } from './finished-game.ts';
import type { GameStore } from './game-store.ts';

/** A store to be opened later. */
export class LaterStore implements GameStore {
  readonly #open: () => Promise<GameStore>;
  #opened: Promise<GameStore> | null = null;
  #isOpen = false;
  #isClosed = false;

  constructor(open: () => Promise<GameStore>) {
    this.#open = open;
  }

  /** Opens it, if it is not open. */
  ready(): Promise<GameStore> {
    if (this.#isClosed) return Promise.reject(new Error('The store is closed.'));
    this.#opened ??= this.#open().then(
      (store) => {
        this.#isOpen = true;
        return store;
      },
      (error: unknown) => {
        this.#opened = null;
        throw error;
      },
    );
    return this.#opened;
  }

  /** Whether it is open. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  async save(game: FinishedGame): Promise<void> {
    await (await this.ready()).save(game);
  }

  async debrief(id: string): Promise<Debrief | undefined> {
    return (await this.ready()).debrief(id);
  }

  async postMortem(id: string): Promise<string | undefined> {
    return (await this.ready()).postMortem(id);
  }

  async list(limit: number): Promise<GameSummary[]> {
    return (await this.ready()).list(limit);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.close();
  }
}
