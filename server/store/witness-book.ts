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

/** Games whose seats it remembers. */
const SEATED_MAX = 2000;

/** The book of witnesses. */
export class WitnessBook {
  readonly #store: WitnessStore;
  readonly #nowMs: () => number;
  /** What is written or waits to be. */
  readonly #known = new Set<string>();
  /** Game → seat → person, of games that go on. */
  readonly #seated = new Map<string, Map<string, string>>();
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

  /** Somebody takes a seat: they see what it is about; whether they play is known when it is over. */
  sits(gameId: string, seat: string, person: string): void {
    const seated = this.#seated.get(gameId) ?? new Map<string, string>();
    // Whoever takes a seat to read a debrief stays here; a few thousand games back they are forgotten.
    if (this.#seated.size > SEATED_MAX) this.#seated.delete([...this.#seated.keys()][0]);
    this.#seated.set(gameId, seated.set(seat, person));
    this.met(gameId, person, 'watched');
  }

  /**
   * A game is over: whoever sat there has played it, but for seats that only looked on to the end, as the
   * host of a booth does. Who left before counts as a player: nobody knows what they told.
   */
  ended(gameId: string, onlookers: readonly string[]): void {
    for (const [seat, person] of this.#seated.get(gameId) ?? []) {
      if (!onlookers.includes(seat)) this.met(gameId, person, 'played');
    }
    this.#seated.delete(gameId);
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
