/** Which roles each seat holds: they combine while the team is small (design.md §4). */
import type { Role } from '../protocol/roles.ts';
import type { IncidentState, Seat } from './incident-state.ts';

const EVERY_ROLE: readonly Role[] = ['incident-commander', 'deputy', 'ops', 'comms', 'scribe'];
const LEAD_ROLES: readonly Role[] = ['incident-commander', 'deputy', 'comms', 'scribe'];

/** Players who are not observers, in order of joining. */
function activePlayers(state: IncidentState): Seat[] {
  return [...state.seats.values()].filter((seat) => seat.kind === 'player' && seat.wish !== 'observer');
}

/**
 * The roles of every seat. One player holds all; of two or three, one leads and speaks, the others are ops;
 * from four on everybody holds the role wished for, or ops. Whoever wished to command leads, else the first.
 */
export function rolesOfSeats(state: IncidentState): Map<string, Role[]> {
  const roles = new Map<string, Role[]>();
  for (const seat of state.seats.values()) roles.set(seat.seat, seat.kind === 'player' ? ['observer'] : []);
  const team = activePlayers(state);
  const lead = team.find((seat) => seat.wish === 'incident-commander') ?? team[0];
  for (const seat of team) {
    if (team.length === 1) roles.set(seat.seat, [...EVERY_ROLE]);
    else if (seat === lead) roles.set(seat.seat, team.length <= 3 ? [...LEAD_ROLES] : ['incident-commander']);
    else if (team.length <= 3) roles.set(seat.seat, ['ops']);
    // A second commander would leave nobody in charge: the wish then means deputy.
    else if (seat.wish === 'incident-commander') roles.set(seat.seat, ['deputy']);
    else roles.set(seat.seat, [seat.wish ?? 'ops']);
  }
  return roles;
}
