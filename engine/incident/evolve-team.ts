/** Folds an event of teamwork into the state. */
import type { IncidentEvent } from '../protocol/events.ts';
import type { PlanState } from '../protocol/team-views.ts';
import { observationKind } from './curiosity.ts';
import type { IncidentState } from './incident-state.ts';
import type { TeamState } from './team-state.ts';

function evolveCalm(state: IncidentState, team: TeamState, event: IncidentEvent): void {
  switch (event.type) {
    case 'TroubleAwaited':
      team.calm.ready.push(event.seat);
      break;
    case 'CalmEnded':
      team.calm.ended = true;
      team.calm.endsMicros = event.atMicros;
      state.timeLimitMicros = event.timeLimitMicros;
      break;
    case 'OnsetMoved':
      state.draw.onsetMicros = event.onsetMicros;
      break;
    case 'WarmUpDone':
      team.warmUps.set(event.warmUpId, [...(team.warmUps.get(event.warmUpId) ?? []), event.seat]);
      break;
    default:
  }
}

function changePlan(team: TeamState, event: { planId: string; atMicros: number }, to: PlanState): void {
  const item = team.plan.get(event.planId);
  if (item === undefined) return;
  item.state = to;
  item.changedAtMicros = event.atMicros;
}

function evolvePlan(team: TeamState, event: IncidentEvent): void {
  switch (event.type) {
    case 'PlanProposed': {
      const { planId, seat, text, line, component, atMicros } = event;
      team.plan.set(planId, {
        planId,
        seat,
        text,
        line,
        component,
        state: 'proposed',
        proposedAtMicros: atMicros,
        answeredBy: '',
        changedAtMicros: atMicros,
      });
      break;
    }
    case 'PlanAnswered': {
      changePlan(team, event, event.approved ? 'approved' : 'refused');
      const item = team.plan.get(event.planId);
      if (item !== undefined) item.answeredBy = event.seat;
      break;
    }
    case 'PlanOpened':
      changePlan(team, event, 'open');
      break;
    case 'PlanFinished':
      changePlan(team, event, event.done ? 'done' : 'dropped');
      break;
    case 'NextActionNamed': {
      const { seat, text, atMicros } = event;
      team.next = text === '' ? null : { seat, text, atMicros };
      break;
    }
    default:
  }
}

function evolveKnowledge(team: TeamState, event: IncidentEvent): void {
  switch (event.type) {
    case 'ObservationMade': {
      const kind = observationKind(event.observation);
      if (team.curiosity.kinds.includes(kind)) break;
      team.curiosity.kinds.push(kind);
      team.curiosity.newestMicros = event.atMicros;
      break;
    }
    case 'HintTaken': {
      const { level, seat, text, priceShare, atMicros } = event;
      team.hints.push({ level, seat, atMicros, text, priceShare });
      break;
    }
    case 'EvidencePinned': {
      const { pinId, seat, kind, title, text, place, atMicros } = event;
      team.pins.push({ pinId, seat, atMicros, kind, title, text, place });
      break;
    }
    case 'ComponentClaimed':
      team.claims.delete(event.component);
      team.claims.set(event.component, {
        component: event.component,
        seat: event.seat,
        atMicros: event.atMicros,
      });
      break;
    case 'ClaimReleased':
      team.claims.delete(event.component);
      break;
    default:
  }
}

function evolveOutside(state: IncidentState, team: TeamState, event: IncidentEvent): void {
  switch (event.type) {
    case 'StatusPosted': {
      const { seat, journeys, severity, state: word, atMicros } = event;
      const nextDueMicros = atMicros + event.nextUpdateMinutes * 60_000_000;
      team.status.push({ seat, atMicros, journeys: [...journeys], severity, state: word, nextDueMicros });
      break;
    }
    case 'PersonaSpoke': {
      const { persona, reason, text, atMicros } = event;
      team.inbox.push({ persona, reason, atMicros, text });
      team.outside.spokeMicros.set(persona, atMicros);
      break;
    }
    case 'TicketsOpened': {
      const at = state.journeyNames.indexOf(event.journey);
      team.outside.tickets[at] += event.count;
      break;
    }
    default:
  }
}

/** Takes a role over: the two seats swap what they wished for, so that nobody is left without one. */
function evolveRoles(state: IncidentState, event: IncidentEvent): void {
  if (event.type === 'SeatLeft') {
    for (const claim of [...state.team.claims.values()]) {
      if (claim.seat === event.seat) state.team.claims.delete(claim.component);
    }
  }
  if (event.type !== 'RoleTaken') return;
  const taker = state.seats.get(event.seat);
  const away = state.seats.get(event.from);
  if (taker === undefined || away === undefined) return;
  away.wish = taker.wish === null || taker.wish === event.role ? 'ops' : taker.wish;
  taker.wish = event.role;
}

/** Changes the team's part of the state by one event. */
export function evolveTeamwork(state: IncidentState, event: IncidentEvent): void {
  const { team } = state;
  evolveCalm(state, team, event);
  evolvePlan(team, event);
  evolveKnowledge(team, event);
  evolveOutside(state, team, event);
  evolveRoles(state, event);
}
