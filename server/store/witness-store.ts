/** The contract of who has met which game: a seed that somebody has met before is practised. */

/** Somebody met a game. */
export type Meeting = {
  gameId: string;
  /** Keyed digest of a session. */
  person: string;
  how: 'played' | 'watched';
  metAtUnixMs: number;
};

/** A game whose trouble has begun: from then on whoever meets it knows its seed. */
export type BegunGame = { gameId: string; scenarioId: string; seed: string };

/** Who has met what. */
export interface WitnessStore {
  /** Notes meetings; the first of one person with one game stays. */
  meet(meetings: readonly Meeting[]): Promise<void>;
  /** Notes games that have begun; those known already stay as they are. */
  begin(games: readonly BegunGame[]): Promise<void>;
  /** Whether somebody has met a finished game of this scenario and seed. */
  hasMet(person: string, scenarioId: string, seed: string): Promise<boolean>;
}
