/** A finished game as it is kept: frozen, nothing of it is computed again. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';

/** One-second samples of the journeys. */
export type FrozenSamples = {
  /** Second of the first sample; prehistory is negative. */
  firstSecond: number;
  /** Number of journeys. */
  journeys: number;
  /** Counts by second, journey and field (completed, bad, failed, slow, lost). */
  counts: number[];
};

/** A finished game. */
export type FinishedGame = {
  /** What players read. */
  debrief: Debrief;
  /** The post-mortem, Markdown. */
  postMortem: string;
  /** When it was opened, by the wall clock. */
  playedAtUnixMs: number;
  /** The log, roles in place of names. */
  events: IncidentEvent[];
  /** How users fared. */
  samples: FrozenSamples;
};

/** A finished game in a list. */
export type GameSummary = {
  id: string;
  scenarioId: string;
  title: string;
  /** When it was played, Unix milliseconds. */
  startedAtUnixMs: number;
  players: number;
  /** Points of 1000. */
  total: number;
  recovery: Debrief['recovery'];
  /** Version of the rules of scoring. */
  scoringVersion: number;
};
