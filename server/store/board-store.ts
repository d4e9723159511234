/** The contract of what boards and lists read of finished games. */
import type { GamesChoices, ListedGame } from '@chaotic-good/engine/protocol/boards';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { GameMode } from '@chaotic-good/engine/protocol/game-rules';

/** A finished game by the figures that boards sort by. */
export type BoardGame = {
  id: string;
  scenarioId: string;
  title: string;
  /** 32 hex digits; stays on the server until a debrief tells it. */
  seed: string;
  /** Day whose common seed that is, or null. */
  seedDay: string | null;
  team: string;
  players: number;
  mode: GameMode;
  /** Whether somebody of the team had met the seed before. */
  practised: boolean;
  total: number;
  scoringVersion: number;
  recovery: Debrief['recovery'];
  /** Seconds of total outage that users lost. */
  impactSeconds: number;
  recoveryPoints: number;
  diagnosisPoints: number;
  hints: number;
  /** Second at which users were well for the last time, −1 when they were not. */
  recoveredSecond: number;
  faultClass: string;
  playedAtUnixMs: number;
};

/** A seed with ranked games. */
export type PlayedSeed = {
  seed: string;
  /** Day whose common seed it is, or null. */
  day: string | null;
  /** Id of the first game on it. */
  firstGame: string;
  /** Ranked games on it. */
  games: number;
  newestUnixMs: number;
};

/** Before whom what is not to be told: classes of faults of a day's seed, unless the person has met it. */
export type SpoilerGuard = {
  /** The day that is not over, `YYYY-MM-DD`. */
  day: string;
  /** Who asks, '' for somebody unknown. */
  person: string;
};

/** Which finished games. '' asks for any. */
export type GamesQuery = {
  scenarioId: string;
  /** A part of the team's name, in any case of letters. */
  team: string;
  faultClass: string;
  /** First and last moment of opening, Unix milliseconds; null = open. */
  fromUnixMs: number | null;
  toUnixMs: number | null;
  /** The last game of the page before, or null. */
  after: { startedAtUnixMs: number; id: string } | null;
  limit: number;
  guard: SpoilerGuard;
};

/** What boards and lists read. */
export interface BoardStore {
  /** Seeds of a scenario with ranked games, the newest game first. */
  seeds(scenarioId: string, limit: number): Promise<PlayedSeed[]>;
  /** Ranked games on a seed, the most points first; at most 2,000. */
  onSeed(scenarioId: string, seed: string): Promise<BoardGame[]>;
  /** The figures of one finished game, or undefined. */
  game(id: string): Promise<BoardGame | undefined>;
  /** Finished games, newest first. */
  list(query: GamesQuery): Promise<ListedGame[]>;
  /** What the list can be narrowed to. */
  choices(guard: SpoilerGuard): Promise<GamesChoices>;
}
