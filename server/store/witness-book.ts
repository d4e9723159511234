/**
 * Writes down who meets which game, behind the backs of those who play: nobody waits for it, and what the
 * store cannot take now is tried again with whatever comes next, at the latest before a game is kept.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BegunGame, Meeting, WitnessStore } from './witness-store.ts';

/** So long the book gathers before it writes, milliseconds. */
const GATHER_MS = 200;
/** And so long it waits when the store did not take it. */
const RETRY_MS = 5000;
/** So long closing waits for a store that may not even be open. */
const CLOSING_MS = 1500;
/** Meetings that it remembers to have written, so that a page that is reloaded writes nothing. */
const KNOWN_MAX = 20_000;

/** The book of witnesses. */
export class WitnessBook {
  readonly #store: WitnessStore;
  readonly #nowMs: () => number;
  /** What is written or waits to be. */
  readonly #known = new Set<string>();
  #meetings: Meeting[] = [];
  #begun: BegunGame[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(store: WitnessStore, nowMs: () => number = () => Date.now()) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Somebody plays a game, or sees what it is about. */
  met(gameId: string, person: string, how: Meeting['how']): void {
    const key = `${gameId} ${person} ${how}`;
    if (this.#known.has(key)) return;
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.add(key);
    this.#meetings.push({ gameId, person, how, metAtUnixMs: this.#nowMs() });
    this.#soon(GATHER_MS);
  }

  /** The trouble of a game has begun. */
  began(game: BegunGame): void {
    this.#begun.push(game);
    this.#soon(GATHER_MS);
  }

  /**
   * Writes what waits.
   *
   * @throws Error of the store; what it did not take waits on.
   */
  flush(): Promise<void> {
    const written = this.#writing.then(() => this.#write());
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** Writes what waits, if the store takes it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (this.#meetings.length + this.#begun.length === 0) return;
    const written = this.flush().catch(() => undefined);
    await Promise.race([written, sleep(CLOSING_MS, undefined, { ref: false })]);
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [meetings, begun] = [this.#meetings, this.#begun];
    this.#meetings = [];
    this.#begun = [];
    try {
      await this.#store.begin(begun);
      await this.#store.meet(meetings);
    } catch (error) {
      // Both writes are safe to repeat.
      this.#meetings = [...meetings, ...this.#meetings];
      this.#begun = [...begun, ...this.#begun];
      this.#soon(RETRY_MS);
      throw error;
    }
  }

  #soon(ms: number): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), ms);
  }
}
