/**
 * The contract of the store of finished games. Adapters: PGlite and PostgreSQL, held to one suite
 * (`game-store.contract.test.ts`).
 */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { FinishedGame, GameSummary } from './finished-game.ts';

/** Finished games. What is kept is never changed. */
export interface GameStore {
  /**
   * Keeps a game. One that is there already stays as it is: a debrief may be computed twice, after a crash.
   *
   * @throws StoreError when the store does not work now.
   */
  save(game: FinishedGame): Promise<void>;
  /** The debrief of a game, or undefined. */
  debrief(id: string): Promise<Debrief | undefined>;
  /** Its post-mortem, Markdown, or undefined. */
  postMortem(id: string): Promise<string | undefined>;
  /** Games, newest first. */
  list(limit: number): Promise<GameSummary[]>;
  /** Lets go. */
  close(): Promise<void>;
}
