/** Whose eyes a seat looks with: they decide which events it may know. */
import type { Viewer } from '../protocol/audience.ts';
import type { IncidentState } from './incident-state.ts';
import { rolesOfSeats } from './role-combination.ts';

/** The viewer that a seat is now; a seat that is not there sees what the public sees. */
export function viewerOfSeat(state: IncidentState, seat: string): Viewer {
  const known = state.seats.get(seat);
  if (known === undefined) return { kind: 'public' };
  if (known.kind === 'facilitator') return { kind: 'facilitator' };
  return { kind: 'seat', seat, roles: rolesOfSeats(state).get(seat) ?? [] };
}
