/**
 * The score of a closed and judged incident: 350 + 200 + 200 points less harm, rescaled to 1000, less the
 * share that hints cost.
 *
 * Reads   events and one-second badness, nothing live.
 * Why     Every point names the event, check or window that earned it; nothing is judged by text or time.
 */
import type { Score } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { DIAGNOSIS_POINTS, scoreDiagnosis } from './diagnosis-part.ts';
import { scoreHarm } from './harm-part.ts';
import { IMPACT_POINTS, scoreImpact } from './impact-part.ts';
import { RECOVERY_POINTS, scoreRecovery } from './recovery-part.ts';
import { roundPoints } from './round-points.ts';

/** Version of these rules. */
const SCORING_VERSION = 2;

/** Share of the points that the hints taken cost, 0 to 1. */
function hintShareOf(input: ScoringInput): number {
  return input.events.reduce((sum, event) => sum + (event.type === 'HintTaken' ? event.priceShare : 0), 0);
}

/** The score with its parts. In practice harm is told with its points and not charged. */
export function scoreIncident(input: ScoringInput): Score {
  const parts = [scoreImpact(input), scoreDiagnosis(input), scoreRecovery(input), scoreHarm(input)];
  const charged = parts.filter((part) => part.id !== 'harm' || input.mode === 'ranked');
  const rawPoints = roundPoints(charged.reduce((sum, part) => sum + part.points, 0));
  const rawMax = IMPACT_POINTS + DIAGNOSIS_POINTS + RECOVERY_POINTS;
  const hintShare = hintShareOf(input);
  const rescaled = Math.min(1000, Math.max(0, (rawPoints * 1000) / rawMax));
  const total = Math.round(rescaled * (1 - hintShare)) + 0;
  return { scoringVersion: SCORING_VERSION, mode: input.mode, hintShare, total, rawPoints, rawMax, parts };
}
