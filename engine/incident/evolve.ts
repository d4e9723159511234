/** Folds an event into the state: the only way in which what was decided changes an incident. */
import type { IncidentEvent } from '../protocol/events.ts';
import { evolveTeamwork } from './evolve-team.ts';
import type { IncidentState } from './incident-state.ts';

/** Seats and presence. */
function evolveSeats(state: IncidentState, event: IncidentEvent): void {
  if (event.type === 'SeatJoined') {
    const { seat, name, kind } = event;
    state.seats.set(seat, {
      seat,
      name,
      kind,
      wish: null,
      ready: false,
      connected: true,
      goneSinceMicros: event.atMicros,
      away: false,
    });
    return;
  }
  if (event.type === 'HostPassed') {
    const before = state.seats.get(state.host);
    // Whoever lost it by being away gets it back; whoever gave it away does not.
    state.hostAway = before !== undefined && !before.connected ? before.seat : '';
    state.host = event.seat;
    return;
  }
  if (event.type === 'RoomLocked') {
    state.locked = event.locked;
    return;
  }
  if (event.type === 'TeamNamed') {
    state.teamName = event.team;
    return;
  }
  if (event.type === 'SeatLeft') {
    state.seats.delete(event.seat);
    return;
  }
  if (!('seat' in event)) return;
  const seat = state.seats.get(event.seat);
  if (seat === undefined) return;
  if (event.type === 'SeatRenamed') seat.name = event.name;
  else if (event.type === 'RoleChosen') seat.wish = event.role;
  else if (event.type === 'ReadySet') seat.ready = event.ready;
  else if (event.type === 'SeatConnected') {
    seat.connected = true;
    seat.away = false;
  } else if (event.type === 'SeatAway') seat.away = true;
  else if (event.type === 'SeatDisconnected') {
    seat.connected = false;
    seat.goneSinceMicros = event.atMicros;
  }
}

/** Time and the end. */
function evolveClock(state: IncidentState, event: IncidentEvent): void {
  switch (event.type) {
    case 'IncidentStarted':
    case 'IncidentResumed':
      state.phase = 'running';
      break;
    case 'IncidentPaused':
      state.phase = 'paused';
      break;
    case 'SpeedSet':
      state.speed = event.speed;
      break;
    case 'TimeExtended':
      state.timeLimitMicros = event.timeLimitMicros;
      break;
    case 'IncidentClosed':
      state.phase = 'closed';
      state.closed = event.reason;
      state.closedAtMicros = event.atMicros;
      state.revealed = state.diagnosis !== null;
      break;
    case 'TruthRevealed':
      state.revealed = true;
      break;
    default:
  }
}

/** What the team knows and decides. */
function evolveTeam(state: IncidentState, event: IncidentEvent): void {
  switch (event.type) {
    case 'IncidentDeclared':
      state.severity = event.severity;
      break;
    case 'HypothesisAdded': {
      const { hypothesisId, seat, component, mechanism, expectation } = event;
      state.hypotheses.set(hypothesisId, {
        hypothesisId,
        seat,
        component,
        mechanism,
        expectation,
        verdict: null,
      });
      break;
    }
    case 'HypothesisClosed': {
      const hypothesis = state.hypotheses.get(event.hypothesisId);
      if (hypothesis !== undefined) hypothesis.verdict = event.verdict;
      break;
    }
    case 'DiagnosisFiled':
      state.diagnosis = { seat: event.seat, component: event.component, mechanism: event.mechanism };
      break;
    case 'ResolutionDeclared':
      state.resolution.declared = true;
      break;
    default:
  }
}

/** What the monitoring said. */
function evolveAlerts(state: IncidentState, event: IncidentEvent): void {
  if (event.type === 'AlertFired') {
    const { alertId, title, severity, subject, value } = event;
    state.alerts.set(alertId, {
      alertId,
      title,
      severity,
      subject,
      value,
      firedAtMicros: event.atMicros,
      resolvedAtMicros: null,
      acknowledgedBy: null,
    });
    return;
  }
  if (event.type !== 'AlertResolved' && event.type !== 'AlertAcknowledged') return;
  const alert = state.alerts.get(event.alertId);
  if (alert === undefined) return;
  if (event.type === 'AlertResolved') alert.resolvedAtMicros = event.atMicros;
  else alert.acknowledgedBy = event.seat;
}

/** What users met, and what only the referee knows. */
function evolveTruth(state: IncidentState, event: IncidentEvent): void {
  switch (event.type) {
    case 'ImpactBegan':
      if (state.impact.beganSecond < 0) state.impact.beganSecond = event.second;
      state.impact.endedSecond = -1;
      break;
    case 'ImpactEnded':
      state.impact.endedSecond = event.second;
      state.resolution.relapsed = false;
      break;
    case 'IncidentRecovered':
      state.resolution.recovered = true;
      state.resolution.relapsed = false;
      break;
    case 'IncidentRelapsed':
      state.resolution.recovered = false;
      state.resolution.relapsed = true;
      state.resolution.declared = false;
      break;
    case 'FaultStarted':
      state.onsetPassed = true;
      break;
    case 'InvariantBroken':
      state.brokenInvariants.push(event.invariantId);
      break;
    case 'InvariantRestored':
      state.brokenInvariants = state.brokenInvariants.filter((id) => id !== event.invariantId);
      break;
    default:
  }
}

/** Changes the state by one event; the log itself is kept by `record.ts`. */
export function evolve(state: IncidentState, event: IncidentEvent): void {
  evolveSeats(state, event);
  evolveClock(state, event);
  evolveTeam(state, event);
  evolveTeamwork(state, event);
  evolveAlerts(state, event);
  evolveTruth(state, event);
}
