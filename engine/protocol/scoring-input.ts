/** Everything that a score is computed from: events and one-second samples, nothing live. */
import type { IncidentEvent } from './events.ts';
import type { GameMode } from './game-rules.ts';
import type { ScenarioSpec } from './scenario-spec.ts';

/** The input of scoring. */
export type ScoringInput = {
  /** How much was at stake: harm and hints cost points in a ranked game only. */
  mode: GameMode;
  /** The scenario with its truth. */
  scenario: ScenarioSpec;
  /** Id of the drawn fault choice. */
  fault: string;
  /** Id of the drawn instance. */
  instance: string;
  /** When the fault began, microseconds. */
  onsetMicros: number;
  /** The log of a closed and judged incident. */
  events: readonly IncidentEvent[];
  /** Seconds over which impact counts, from time 0: up to the time limit, even when it closed earlier. */
  horizonSeconds: number;
  /** Badness (0–1) of each second from 0 to the horizon: as played, with nobody, with the golden script. */
  badness: { actual: Float64Array; doNothing: Float64Array; golden: Float64Array };
};
