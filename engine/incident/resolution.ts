/**
 * How an incident ends.
 *
 * Recovered  After impact began and ended: the first second at which, over the last `holdSeconds`, every
 *            journey had traffic and was inside its objective.
 * Relapsed   After that, badness pooled over the last 30 s reaches 0.05 again.
 * Closes     When the team has declared it resolved and it is recovered; by the time limit; by the host.
 *            Declaring early is recorded and stands until a relapse.
 */
import type { JourneySpec } from '../cluster/system-spec.ts';
import { badnessBetween, IMPACT_BADNESS } from './impact.ts';
import { countsBetween, endSecond } from './journey-samples.ts';
import type { JourneySamples } from './journey-samples.ts';

/** Window over which a relapse is judged, seconds: short enough to notice, long enough against noise. */
const RELAPSE_WINDOW_SECONDS = 30;

/** How the end stands. */
export type ResolutionState = {
  /** True while recovered. */
  recovered: boolean;
  /** It has relapsed, and users are not known to be well since. */
  relapsed: boolean;
  /** True while a declaration stands. */
  declared: boolean;
};

/** True when every journey had traffic and met its objective over seconds [from, to). */
export function insideObjectives(
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
  from: number,
  to: number,
): boolean {
  return journeys.every((journey, at) => {
    const { completed, bad } = countsBetween(samples, at, from, to);
    // Compared as counts, since 1 − 0.99 is not 0.01 in binary.
    return completed > 0 && completed - bad >= journey.objectiveRatio * completed - 1e-9;
  });
}

/** What the newest sample tells about recovery, if anything. */
export type RecoveryTurn = 'recovered' | 'relapsed' | null;

/** Looks at the windows that end with the newest sample; `impactOver` = impact began and has ended. */
export function recoveryTurn(
  journeys: readonly JourneySpec[],
  samples: JourneySamples,
  options: { recovered: boolean; impactOver: boolean; holdSeconds: number },
): RecoveryTurn {
  const now = endSecond(samples);
  if (options.recovered) {
    const badness = badnessBetween(journeys, samples, now - RELAPSE_WINDOW_SECONDS, now);
    return badness >= IMPACT_BADNESS ? 'relapsed' : null;
  }
  if (!options.impactOver) return null;
  return insideObjectives(journeys, samples, now - options.holdSeconds, now) ? 'recovered' : null;
}
