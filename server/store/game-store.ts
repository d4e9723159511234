/** The contract of the store of finished games. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { FinishedGame, FrozenSamples, GameInputs, GameSeat } from './finished-game.ts';

/** Finished games. What is kept is never changed. */
export interface GameStore {
  /**
   * Keeps a game, whole or not at all, and decides whether it was practised: whether one of its players had
   * met its seed in another game before its truth was told. One that is there already stays as it is: a
   * debrief may be computed twice, after a crash.
   */
  save(game: FinishedGame): Promise<void>;
  /** The debrief of a game, or undefined. */
  debrief(id: string): Promise<Debrief | undefined>;
  /** Its log, in order; empty when there is no such game. */
  events(id: string): Promise<IncidentEvent[]>;
  /** How users fared, or undefined. */
  samples(id: string): Promise<FrozenSamples | undefined>;
  /** What it was played with, or undefined; games of older servers have none. */
  inputs(id: string): Promise<GameInputs | undefined>;
  /** Its seats in order of their ids; empty when there is no such game. */
  seats(id: string): Promise<GameSeat[]>;
}
