/** The contract of what people add to a finished game: answers, and versions of its post-mortem. */
import type {
  PostMortem,
  PostMortemState,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';

/** What a player answered after a game. */
export type GameAnswer = {
  /** Id of the seat. */
  seat: string;
  /** Its role as people read it. */
  role: string;
  /** What was hard, '' = nothing said. */
  hard: string;
  /** One thing to change, '' = nothing said. */
  change: string;
  /** When, Unix milliseconds. */
  answeredAtUnixMs: number;
};

/** A version of a post-mortem. */
export type KeptVersion = PostMortemVersion & {
  /** The whole document. */
  document: PostMortem;
};

/** Answers and post-mortems. The games themselves must be there. */
export interface PostMortemStore {
  /** Answers of a game in order of seats; empty when there are none. */
  answers(gameId: string): Promise<GameAnswer[]>;
  /** Keeps the answer of a seat in place of an earlier one. */
  saveAnswer(gameId: string, answer: GameAnswer): Promise<void>;
  /** Versions of a game's post-mortem without their documents, oldest first. */
  versions(gameId: string): Promise<PostMortemVersion[]>;
  /** One version, or undefined. */
  version(gameId: string, version: number): Promise<KeptVersion | undefined>;
  /**
   * Keeps a version. False, and nothing changes, when it is not the next one or the last one is final:
   * somebody else was quicker.
   */
  saveVersion(gameId: string, kept: KeptVersion): Promise<boolean>;
  /** How far the post-mortem of each of these games is. */
  states(gameIds: readonly string[]): Promise<{ [gameId: string]: PostMortemState }>;
}
