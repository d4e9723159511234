/**
 * The contract of the store: finished games and the catalogue of scenarios. Adapters: PGlite and PostgreSQL,
 * held to one suite (`store.contract.test.ts`).
 */
import type { CatalogueStore } from './catalogue-store.ts';
import type { GameStore } from './game-store.ts';

/** An open store. */
export interface Store {
  /** Finished games. */
  readonly games: GameStore;
  /** Scenarios that have been offered. */
  readonly catalogue: CatalogueStore;
  /** Lets go. */
  close(): Promise<void>;
}
