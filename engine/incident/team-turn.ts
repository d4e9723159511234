/** What each second does for the team: the calm, open proposals, forgotten claims, the world outside. */
import type { NewEvent } from '../protocol/events.ts';
import { endCalm, everybodyReady } from './calm.ts';
import type { Incident } from './incident.ts';
import { outsideTurn } from './outside.ts';
import { recordEvents } from './record.ts';

/** Without a connection for so long, a seat counts as away, microseconds. */
const AWAY_MICROS = 20_000_000;
/** A proposal that nobody answers is open to all after so long, microseconds. */
const UNANSWERED_MICROS = 20_000_000;
/** A claim that is not renewed lapses after so long, microseconds: people forget. */
const CLAIM_MICROS = 240_000_000;

/** The team's part of the end of a second. */
export function teamTurn(incident: Incident): void {
  const { state, world } = incident;
  const now = world.cluster.nowMicros;
  if (!state.team.calm.ended && everybodyReady(incident)) endCalm(incident, true);
  const turns: NewEvent[] = [];
  for (const { seat, connected, away, goneSinceMicros } of state.seats.values()) {
    if (connected || away || now - goneSinceMicros < AWAY_MICROS) continue;
    turns.push({ type: 'SeatAway', audience: 'everyone', seat });
  }
  for (const item of state.team.plan.values()) {
    if (item.state !== 'proposed' || now - item.proposedAtMicros < UNANSWERED_MICROS) continue;
    turns.push({ type: 'PlanOpened', audience: 'everyone', planId: item.planId });
  }
  for (const { component, seat, atMicros } of state.team.claims.values()) {
    if (now - atMicros < CLAIM_MICROS) continue;
    turns.push({ type: 'ClaimReleased', audience: 'everyone', seat, component, expired: true });
  }
  recordEvents(state, now, 0, [...turns, ...outsideTurn(incident)]);
}
