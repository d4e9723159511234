/** What a room agrees on before it plays: how much is at stake, and how long it stays calm. */

/**
 * practice  nothing counts: no board, harm costs no points, hints are free, the host may stop the clock.
 * ranked    the same for all: no pause, no other speed, no more time; hints and harm cost points.
 */
export type GameMode = 'practice' | 'ranked';

/** The rules of a game; fixed when its room is made, and kept in the journal's header. */
export type GameRules = {
  /** How much is at stake. */
  mode: GameMode;
  /**
   * Calm before the trouble, seconds, 0 to 600; a whole number. The fault begins no earlier than that after
   * the start, unless everybody says that they are ready. Time limit and drawn onset count from its end.
   */
  calmSeconds: number;
};

/** A team that takes its time: 90 s of calm, nothing counts. */
export const TEAM_RULES: GameRules = { mode: 'practice', calmSeconds: 90 };
/** A booth with strangers all day: 30 s of calm, ranked. */
export const BOOTH_RULES: GameRules = { mode: 'ranked', calmSeconds: 30 };
/** No calm, nothing counts: for scripts, counterfactuals and tests. */
export const SCRIPT_RULES: GameRules = { mode: 'practice', calmSeconds: 0 };

/** Longest calm, seconds. */
export const CALM_SECONDS_MAX = 600;
