/** The team's work as every seat sees it. */
import { HOLD_SECONDS_DEFAULT } from '../protocol/scenario-spec.ts';
import type { ObservationPattern } from '../protocol/observation-pattern.ts';
import type { ClosingView, TeamView } from '../protocol/team-views.ts';
import { hintsView } from './hints.ts';
import type { Incident } from './incident.ts';
import { endSecond } from './journey-samples.ts';
import { findLeftovers } from './leftovers.ts';
import { insideObjectives } from './resolution.ts';

/** Entries of each list that a frame carries at most. */
const NEWEST = { plan: 40, status: 20, inbox: 20 };

/**
 * Seconds that every journey must still stay inside its objective; null while impact goes on or has not
 * begun. The longest stretch up to now that is inside counts; what is outside leaves it second by second.
 */
function holdLeftSeconds(incident: Incident): number | null {
  const { state, setup } = incident;
  const { beganSecond, endedSecond } = state.impact;
  if (beganSecond < 0 || endedSecond < 0) return null;
  if (state.resolution.recovered) return 0;
  const hold = setup.scenario.holdSeconds ?? HOLD_SECONDS_DEFAULT;
  const now = endSecond(state.samples);
  const since = Math.max(endedSecond, now - hold);
  for (let from = since; from < now; from++) {
    if (insideObjectives(setup.system.journeys, state.samples, from, now)) return hold - (now - from);
  }
  return hold;
}

function closingView(incident: Incident): ClosingView {
  const { state, world } = incident;
  const hold = holdLeftSeconds(incident);
  const latest = state.team.status.at(-1);
  return {
    holdLeftSeconds: hold,
    diagnosisFiled: state.diagnosis !== null,
    openHypotheses: [...state.hypotheses.values()].filter(({ verdict }) => verdict === null).length,
    // Looked up only when it is asked for: reading all objects each second of a storm would be a waste.
    leftovers:
      hold === null
        ? []
        : findLeftovers(world, state.baseline, state.events)
            .filter(({ handedOver }) => !handedOver)
            .map(({ sentence }) => sentence),
    allClear: latest?.state === 'resolved',
  };
}

/** The chart that one of these asks to be read, or ''. */
function chartOf(any: readonly ObservationPattern[]): string {
  for (const pattern of any) if (pattern.tool === 'chart') return pattern.title ?? '';
  return '';
}

/** The team's work. */
export function teamView(incident: Incident): TeamView {
  const { state, setup } = incident;
  const { team } = state;
  return {
    calm: { ended: team.calm.ended, endsMicros: team.calm.endsMicros, ready: [...team.calm.ready] },
    warmUps: (setup.scenario.warmUps ?? []).map(({ id, title, how, tab, any }) => ({
      warmUpId: id,
      title,
      how,
      tab,
      chart: chartOf(any),
      doneBy: [...(team.warmUps.get(id) ?? [])],
    })),
    hints: hintsView(incident),
    plan: [...team.plan.values()].slice(-NEWEST.plan).map((item) => ({ ...item })),
    next: team.next === null ? null : { ...team.next },
    status: team.status.slice(-NEWEST.status).map((one) => ({ ...one, journeys: [...one.journeys] })),
    pins: team.pins.map((pin) => ({ ...pin })),
    claims: [...team.claims.values()].map((claim) => ({ ...claim })),
    inbox: team.inbox.slice(-NEWEST.inbox).map((message) => ({ ...message })),
    tickets: setup.system.journeys.flatMap(({ name, title }, at) => {
      const count = team.outside.tickets[at];
      return count > 0 ? [{ journey: name, title, count }] : [];
    }),
    closing: closingView(incident),
  };
}
