/**
 * The score of a closed and judged incident: 350 + 200 + 200 points less harm, rescaled to 1000.
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

/** The score with its parts. */
export function scoreIncident(input: ScoringInput): Score {
  const parts = [scoreImpact(input), scoreDiagnosis(input), scoreRecovery(input), scoreHarm(input)];
  const rawPoints = roundPoints(parts.reduce((sum, part) => sum + part.points, 0));
  const rawMax = IMPACT_POINTS + DIAGNOSIS_POINTS + RECOVERY_POINTS;
  const total = Math.min(1000, Math.max(0, Math.round((rawPoints * 1000) / rawMax))) + 0;
  return { scoringVersion: 1, total, rawPoints, rawMax, parts };
}
