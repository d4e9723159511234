/**
 * A store that is opened after the server listens: whoever asks earlier waits. One that could not be opened
 * is tried again by the next who asks.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BoardStore } from './board-store.ts';
import type { GameStore } from './game-store.ts';
import type { PostMortemStore } from './post-mortem-store.ts';
import type { Store } from './store.ts';
import type { WitnessStore } from './witness-store.ts';

/** So long closing waits for an opening under way, milliseconds; an embedded database can take far longer. */
const OPENING_MS = 2000;

/** A store to be opened later. */
export class LaterStore {
  readonly #open: () => Promise<Store>;
  readonly #patienceMs: number;
  #opened: Promise<Store> | null = null;
  #isOpen = false;
  #isClosed = false;

  /** Finished games, as soon as the store is open. */
  readonly games: GameStore = {
    save: async (game) => (await this.ready()).games.save(game),
    debrief: async (id) => (await this.ready()).games.debrief(id),
    events: async (id) => (await this.ready()).games.events(id),
    samples: async (id) => (await this.ready()).games.samples(id),
    inputs: async (id) => (await this.ready()).games.inputs(id),
    seats: async (id) => (await this.ready()).games.seats(id),
  };

  /** Boards and lists of them. */
  readonly boards: BoardStore = {
    seeds: async (scenarioId, limit) => (await this.ready()).boards.seeds(scenarioId, limit),
    onSeed: async (scenarioId, seed) => (await this.ready()).boards.onSeed(scenarioId, seed),
    game: async (id) => (await this.ready()).boards.game(id),
    list: async (query) => (await this.ready()).boards.list(query),
    choices: async (guard) => (await this.ready()).boards.choices(guard),
  };

  /** Who has met which of them. */
  readonly witnesses: WitnessStore = {
    meet: async (meetings) => (await this.ready()).witnesses.meet(meetings),
    begin: async (games) => (await this.ready()).witnesses.begin(games),
    hasMet: async (person, scenarioId, seed) =>
      (await this.ready()).witnesses.hasMet(person, scenarioId, seed),
  };

  /** Answers and post-mortems, as soon as the store is open. */
  readonly postMortems: PostMortemStore = {
    answers: async (id) => (await this.ready()).postMortems.answers(id),
    saveAnswer: async (id, answer) => (await this.ready()).postMortems.saveAnswer(id, answer),
    versions: async (id) => (await this.ready()).postMortems.versions(id),
    version: async (id, version) => (await this.ready()).postMortems.version(id, version),
    saveVersion: async (id, kept) => (await this.ready()).postMortems.saveVersion(id, kept),
    states: async (ids) => (await this.ready()).postMortems.states(ids),
  };

  constructor(open: () => Promise<Store>, patienceMs = OPENING_MS) {
    this.#open = open;
    this.#patienceMs = patienceMs;
  }

  /** Opens it, if it is not open. */
  ready(): Promise<Store> {
    if (this.#isClosed) return Promise.reject(new Error('The store is closed.'));
    this.#opened ??= this.#open().then(
      (opened) => {
        this.#isOpen = true;
        return opened;
      },
      (error: unknown) => {
        this.#opened = null;
        throw error;
      },
    );
    return this.#opened;
  }

  /** Lets go. Nothing has been saved in a store that is not open yet, so the server does not wait for it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const closed = this.#opened?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    if (this.#isOpen) return closed;
    await Promise.race([closed, sleep(this.#patienceMs, undefined, { ref: false })]);
  }
}
