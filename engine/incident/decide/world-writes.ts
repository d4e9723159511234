/** Decides whether a change of world or cluster may be tried; what comes of it, the world says. */
import { SYSTEM_SEAT } from '../../protocol/commands.ts';
import type { RunCluster } from '../../protocol/commands.ts';
import type { Rejection } from '../../protocol/rejection.ts';
import { verbClassOf, whyNot } from '../authority.ts';
import type { IncidentState } from '../incident-state.ts';
import { whyNotRunning } from '../time-checks.ts';

/** Why a player may not try this change now, or null. */
export function whyNotRunCluster(state: IncidentState, seat: string, command: RunCluster): Rejection | null {
  return whyNotRunning(state) ?? whyNot(state, seat, verbClassOf(command.command));
}

/** Why the world may not be changed by this seat now, or null: facilitators and the server only. */
export function whyNotWriteWorld(state: IncidentState, seat: string): Rejection | null {
  const refused = whyNotRunning(state);
  if (refused !== null) return refused;
  if (seat === SYSTEM_SEAT || state.seats.get(seat)?.kind === 'facilitator') return null;
  return { code: 'only-facilitator', sentence: 'Only a facilitator can change the world. Use the terminal.' };
}
