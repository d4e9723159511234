/**
 * The incident as one audience sees it: the only thing of it that leaves the server while it runs.
 *
 * Why  Built from what the viewer may know and from nothing else, so no screen can leak the truth: no seed,
 *      no draw, no hash, no secret event, not even its number.
 */
import type { Viewer } from '../protocol/audience.ts';
import { HOLD_SECONDS_DEFAULT } from '../protocol/scenario-spec.ts';
import type { AlertView, IncidentFrame, JourneyView, SeatView } from '../protocol/views.ts';
import { costBetween } from './impact.ts';
import type { Incident } from './incident.ts';
import type { IncidentState } from './incident-state.ts';
import { countsBetween, endSecond } from './journey-samples.ts';
import { rolesOfSeats } from './role-combination.ts';
import { teamView } from './team-view.ts';
import { timelineOf } from './timeline.ts';

/** Window of a journey's ratio on the overview, seconds. */
const JOURNEY_WINDOW_SECONDS = 60;

/** The seats as everyone sees them, in order of joining. */
export function seatViews(state: IncidentState): SeatView[] {
  const roles = rolesOfSeats(state);
  return [...state.seats.values()].map(
    ({ seat, name, kind, wish, ready, connected, away, goneSinceMicros }) => ({
      seat,
      name,
      kind,
      wish,
      roles: roles.get(seat) ?? [],
      ready,
      connected,
      awaySinceMicros: away ? goneSinceMicros : null,
      host: seat === state.host,
    }),
  );
}

function journeyViews({ setup, state }: Incident): JourneyView[] {
  const now = endSecond(state.samples);
  return setup.system.journeys.map(({ name, title, objectiveRatio }, at) => {
    const last = countsBetween(state.samples, at, now - 1, now);
    const minute = countsBetween(state.samples, at, now - JOURNEY_WINDOW_SECONDS, now);
    const goodRatio = minute.completed === 0 ? null : 1 - minute.bad / minute.completed;
    return { name, title, objectiveRatio, completed: last.completed, bad: last.bad, goodRatio };
  });
}

function newestFirst(state: IncidentState): AlertView[] {
  return [...state.alerts.values()].reverse().map((alert) => ({ ...alert }));
}

/**
 * The frame for a viewer. `fromEvent` = position in the log up to which earlier frames of the same stream
 * told the timeline; a cursor of the host's, never sent.
 */
export function frameFor(incident: Incident, viewer: Viewer, fromEvent: number): IncidentFrame {
  const { state, setup, world } = incident;
  const now = endSecond(state.samples);
  return {
    atMicros: world.cluster.nowMicros,
    phase: state.phase,
    speed: state.speed,
    timeLimitMicros: state.timeLimitMicros,
    severity: state.severity,
    closed: state.closed,
    revealed: state.revealed,
    rules: { ...state.rules },
    locked: state.locked,
    team: state.teamName,
    seats: seatViews(state),
    alerts: newestFirst(state),
    journeys: journeyViews(incident),
    impact: costBetween(setup.system.journeys, state.samples, 0, now),
    hypotheses: [...state.hypotheses.values()].map((hypothesis) => ({ ...hypothesis })),
    diagnosis: state.diagnosis === null ? null : { ...state.diagnosis },
    resolution: {
      recovered: state.resolution.recovered,
      declared: state.resolution.declared,
      holdSeconds: setup.scenario.holdSeconds ?? HOLD_SECONDS_DEFAULT,
    },
    ...teamView(incident),
    timeline: timelineOf(state.events.slice(fromEvent), viewer, state.revealed),
  };
}
