/** How an incident stands, for the carriers. */
import { seatViews } from '@chaotic-good/engine/incident/frame';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { IncidentSummary } from './incident-host.ts';

/** Reads off how it stands. */
export function summarize(
  incident: Incident,
  room: RoomInfo,
  now: { rate: number; trouble: string },
): IncidentSummary {
  const { state, world } = incident;
  const removed = state.events.flatMap((event) =>
    event.type === 'SeatLeft' && event.removed ? [event.seat] : [],
  );
  return {
    incidentId: room.incidentId,
    room,
    phase: state.phase,
    revealed: state.revealed,
    atMicros: world.cluster.nowMicros,
    seats: seatViews(state),
    removed: [...new Set(removed)],
    rules: state.rules,
    locked: state.locked,
    team: state.teamName,
    ...now,
  };
}
