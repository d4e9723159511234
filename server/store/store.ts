/**
 * The contract of the store: finished games with their post-mortems, and the catalogue of scenarios.
 * Adapters: PGlite and PostgreSQL, held to one suite (`store.contract.test.ts`).
 */
import type { BoardStore } from './board-store.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import type { GameStore } from './game-store.ts';
import type { PostMortemStore } from './post-mortem-store.ts';
import type { WitnessStore } from './witness-store.ts';

/** An open store. */
export interface Store {
  /** Finished games. */
  readonly games: GameStore;
  /** What people add to finished games: answers and post-mortems. */
  readonly postMortems: PostMortemStore;
  /** Boards and lists of them. */
  readonly boards: BoardStore;
  /** Who has met which of them. */
  readonly witnesses: WitnessStore;
  /** Scenarios that have been offered. */
  readonly catalogue: CatalogueStore;
  /** Lets go. */
  close(): Promise<void>;
}
