/**
 * Who may do what: one table, role × verb class, asked by every decision whatever carried the command.
 * Practice mode: everyone but observers may write. The host (start, pause, end, remove) and the
 * facilitator (sees the truth, cannot play) stand beside the table.
 */
import type { ClusterCommand } from '../protocol/cluster-commands.ts';
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import type { Rejection, RejectionCode } from '../protocol/rejection.ts';
import type { Role } from '../protocol/roles.ts';
import type { IncidentState } from './incident-state.ts';
import { rolesOfSeats } from './role-combination.ts';

/** Kinds of things that a seat does. */
export type VerbClass = 'read' | 'safeWrite' | 'riskyWrite' | 'exec' | 'social';

type Row = { readonly [verb in VerbClass]: boolean };
const PLAYS: Row = { read: true, safeWrite: true, riskyWrite: true, exec: true, social: true };
const WATCHES: Row = { read: true, safeWrite: false, riskyWrite: false, exec: false, social: false };

/** Practice: what each role may do. */
export const AUTHORITY: { readonly [role in Role]: Row } = {
  'incident-commander': PLAYS,
  deputy: PLAYS,
  ops: PLAYS,
  comms: PLAYS,
  scribe: PLAYS,
  observer: WATCHES,
};

/** Patches of these resources reach every user at once, or cannot be undone. */
const RISKY_RESOURCES = [
  'networkpolicies',
  'persistentvolumeclaims',
  'persistentvolumes',
  'nodes',
  'namespaces',
];

/** Which class a change of the cluster belongs to. */
export function verbClassOf(command: ClusterCommand): VerbClass {
  switch (command.type) {
    case 'RemoveFile':
    case 'TruncateFile':
    case 'SignalProcess':
    case 'RunSql':
    case 'SendRequest':
      return 'exec';
    case 'DeleteObject':
      return command.target.resource === 'pods' ? 'safeWrite' : 'riskyWrite';
    default:
      return RISKY_RESOURCES.includes(command.target.resource) ? 'riskyWrite' : 'safeWrite';
  }
}

function refusal(code: RejectionCode, sentence: string): Rejection {
  return { code, sentence };
}

/** Why a seat may not do something of this class, or null when it may. */
export function whyNot(state: IncidentState, seat: string, verb: VerbClass): Rejection | null {
  const known = state.seats.get(seat);
  if (known === undefined) return refusal('unknown-seat', 'Join the incident first.');
  if (known.kind === 'facilitator') {
    return refusal('facilitator-may-not-play', 'A facilitator sees the truth and cannot play: ask a player.');
  }
  const roles = rolesOfSeats(state).get(seat) ?? [];
  if (roles.some((role) => AUTHORITY[role][verb])) return null;
  if (roles.includes('observer')) {
    return refusal('observer-may-not', 'Observers only watch. Choose another role to take part.');
  }
  return refusal('role-may-not', 'Your role may not do this. Ask somebody in ops, or the commander.');
}

/** Why a seat may not do what only the host (or the server) may, or null when it may. */
export function whyNotHost(state: IncidentState, seat: string): Rejection | null {
  if (seat === SYSTEM_SEAT || seat === state.host) return null;
  if (!state.seats.has(seat)) return refusal('unknown-seat', 'Join the incident first.');
  return refusal('only-host', 'Only the host can do this. Ask the host.');
}
