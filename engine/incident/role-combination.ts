/** Which roles each seat holds: they combine while the team is small (design.md §4). */
import type { Role } from '../protocol/roles.ts';
import type { IncidentState, Seat } from './incident-state.ts';

const EVERY_ROLE: readonly Role[] = ['incident-commander', 'deputy', 'ops', 'comms', 'scribe'];
const LEAD_ROLES: readonly Role[] = ['incident-commander', 'deputy', 'comms', 'scribe'];

/** Players who are not observers, in order of joining. */
function activePlayers(state: IncidentState): Seat[] {
  return [...state.seats.values()].filter((seat) => seat.kind === 'player' && seat.wish !== 'observer');
}

/** What a seat beside the leader holds: the role wished for, or ops. */
function roleBeside(seat: Seat): Role {
  // A second commander would leave nobody in charge: the wish then means deputy.
  return seat.wish === 'incident-commander' ? 'deputy' : (seat.wish ?? 'ops');
}

/** What the leader of two or three holds: all that nobody else does, ops only if nobody does. */
function rolesOfLead(others: readonly Seat[]): Role[] {
  const held = others.map(roleBeside);
  const own = LEAD_ROLES.filter((role) => role === 'incident-commander' || !held.includes(role));
  return held.includes('ops') ? own : [...own, 'ops'];
}

/**
 * The roles of every seat. One player holds all; of two or three, the others hold what they wished for, or
 * ops, and one leads and holds the rest; from four on everybody holds one. Whoever wished to command leads,
 * else the first.
 */
export function rolesOfSeats(state: IncidentState): Map<string, Role[]> {
  const roles = new Map<string, Role[]>();
  for (const seat of state.seats.values()) roles.set(seat.seat, seat.kind === 'player' ? ['observer'] : []);
  const team = activePlayers(state);
  const lead = team.find((seat) => seat.wish === 'incident-commander') ?? team[0];
  const others = team.filter((seat) => seat !== lead);
  for (const seat of others) roles.set(seat.seat, [roleBeside(seat)]);
  if (team.length === 1) roles.set(lead.seat, [...EVERY_ROLE]);
  else if (team.length > 3) roles.set(lead.seat, ['incident-commander']);
  else if (team.length > 1) roles.set(lead.seat, rolesOfLead(others));
  return roles;
}
