/** Figures of a debrief that lists and boards sort and filter by; they stand in columns of their own. */
import type { Debrief, PhaseSeconds } from '@chaotic-good/engine/protocol/debrief';
import type { GameMode } from '@chaotic-good/engine/protocol/game-rules';
import type { ScorePart } from '@chaotic-good/engine/protocol/score';

/** The figures. */
export type FrozenFigures = {
  /** Code of its room. */
  roomCode: string;
  /** Which round of its room it was, from 1. */
  round: number;
  /** What the team calls itself, or ''. */
  team: string;
  /** How much was at stake. */
  mode: GameMode;
  /** Class of the fault, or ''. */
  faultClass: string;
  /** Seconds of total outage that users lost. */
  impactSeconds: number;
  /** Points of the recovery, before rescaling. */
  recoveryPoints: number;
  /** Points of the diagnosis, before rescaling. */
  diagnosisPoints: number;
  /** Hints that were taken. */
  hints: number;
  /** Second at which users were well for the last time, −1 when they were not. */
  recoveredSecond: number;
  /** How the time was spent; null when it was not kept. */
  phases: PhaseSeconds | null;
};

/** Reads them off a debrief. */
export function frozenFigures(debrief: Debrief): FrozenFigures {
  const { score, curves, timeline, hints = [] } = debrief;
  const points = (id: ScorePart['id']) => score.parts.find((part) => part.id === id)?.points ?? 0;
  const played = curves[0]?.values ?? [];
  const ended = timeline.findLast(({ kind }) => kind === 'impact-began' || kind === 'impact-ended');
  return {
    roomCode: debrief.roomCode ?? debrief.gameId,
    round: debrief.round ?? 1,
    team: debrief.team ?? '',
    mode: score.mode ?? 'practice',
    faultClass: debrief.faultClass ?? '',
    impactSeconds: played.reduce((sum, badness) => sum + Math.max(0, badness), 0),
    recoveryPoints: points('recovery'),
    diagnosisPoints: points('diagnosis'),
    hints: hints.length,
    recoveredSecond: ended?.kind === 'impact-ended' ? Math.floor(ended.atMicros / 1e6) : -1,
    phases: debrief.phases ?? null,
  };
}
