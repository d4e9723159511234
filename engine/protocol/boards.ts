/** Boards and lists of finished games, as the HTTP API answers. A seed is never in them as text. */
import type { PhaseSeconds } from './debrief.ts';
import type { GameMode } from './game-rules.ts';
import type { PostMortemState } from './post-mortem.ts';
import type { RecoveryClass } from './recovery.ts';

/** How many people played: alone, two or three, four or more. Boards never mix them. */
export type SizeBracket = '1' | '2-3' | '4-up';

/** Every bracket, smallest first. */
export const SIZE_BRACKETS: readonly SizeBracket[] = ['1', '2-3', '4-up'];

/** The bracket of a team of so many people. */
export function bracketOf(players: number): SizeBracket {
  if (players <= 1) return '1';
  return players <= 3 ? '2-3' : '4-up';
}

/** A seed on which ranked games were played. */
export type BoardSeed = {
  /** How the API names it: its day, `YYYY-MM-DD`, or the id of the first game that was played on it. */
  key: string;
  /** Day for which it is the same for all, or null. */
  day: string | null;
  /** Ranked games on it. */
  games: number;
  /** When the newest of them was played, Unix milliseconds. */
  newestUnixMs: number;
};

/** A game on a board. */
export type BoardRow = {
  /** Id of the game. */
  gameId: string;
  /** Its place from 1; null when somebody of the team had met the seed before. */
  place: number | null;
  /** Whether others share the place. */
  tied: boolean;
  /** What the team called itself, or ''. */
  team: string;
  /** How many people played. */
  players: number;
  /** Points of 1000. */
  total: number;
  /** Seconds of total outage that users lost. */
  impactSeconds: number;
  /** What the recovery is worth. */
  recovery: RecoveryClass;
  /** Points of the recovery and of the diagnosis, before rescaling. */
  recoveryPoints: number;
  diagnosisPoints: number;
  /** Hints that were taken. */
  hints: number;
  /** Second at which users were well for the last time, −1 when they were not. */
  recoveredSecond: number;
  /** When it was opened, Unix milliseconds. */
  playedAtUnixMs: number;
};

/** The board of one seed and one bracket of a scenario. */
export type Board = {
  /** Id and title of the scenario. */
  scenarioId: string;
  title: string;
  /** Today, `YYYY-MM-DD` (UTC). */
  today: string;
  /** Seeds to choose from, the newest first. */
  seeds: BoardSeed[];
  /** The chosen one; null when no ranked game has been played. */
  seed: BoardSeed | null;
  /** Class of its fault; null until it may be told to whoever asks. */
  faultClass: string | null;
  /** The chosen bracket. */
  bracket: SizeBracket;
  /** Games of each bracket on this seed, also those without a place. */
  brackets: { bracket: SizeBracket; games: number }[];
  /** Version of the rules of scoring of all that is listed; 0 when nothing is. */
  scoringVersion: number;
  /** Best first. */
  ranked: BoardRow[];
  /** Those of teams that had met the seed before, newest first. */
  practised: BoardRow[];
};

/** Why a game has no place. */
export type WhyNoPlace = 'practice' | 'practised' | 'older-rules';

/** The place of a finished game in its bracket. */
export type GamePlace = {
  /** Id of its scenario, the key of its seed and its bracket: where its board is. */
  scenarioId: string;
  seedKey: string;
  bracket: SizeBracket;
  /** From 1, or null. */
  place: number | null;
  /** Whether others share it. */
  tied: boolean;
  /** How many games have a place there. */
  of: number;
  /** Why it has none, or null. */
  why: WhyNoPlace | null;
};

/** A finished game in the list of all. */
export type ListedGame = {
  /** Its id. */
  id: string;
  /** Id and title of its scenario. */
  scenarioId: string;
  title: string;
  /** When it was opened, Unix milliseconds. */
  startedAtUnixMs: number;
  /** What the team called itself, or ''. */
  team: string;
  /** How many people played. */
  players: number;
  /** How much was at stake. */
  mode: GameMode;
  /** Whether somebody of the team had met the seed before. */
  practised: boolean;
  /** Points of 1000. */
  total: number;
  /** What the recovery is worth. */
  recovery: RecoveryClass;
  /** Class of its fault, '' when it was not kept; null while it may not be told to whoever asks. */
  faultClass: string | null;
  /** How the time was spent; null when it was not kept. */
  phases: PhaseSeconds | null;
  /** How far its post-mortem is. */
  postMortem: PostMortemState;
};

/** A page of the list. */
export type GamesPage = {
  /** Newest first. */
  games: ListedGame[];
  /** What to ask for the next page with; null on the last. */
  next: string | null;
};

/** What the list can be narrowed to. */
export type GamesChoices = {
  /** Scenarios that were played. */
  scenarios: { id: string; title: string }[];
  /** Classes of faults that may be told, in order of the alphabet. */
  faultClasses: string[];
};
