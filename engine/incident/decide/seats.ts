/** Decides about seats: joining, leaving, names, roles, the host, presence. */
import { SYSTEM_SEAT } from '../../protocol/commands.ts';
import type { LockRoom, SeatCommand, TakeRole } from '../../protocol/commands.ts';
import type { NewEvent } from '../../protocol/events.ts';
import { whyNotHost } from '../authority.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { rolesOfSeats } from '../role-combination.ts';
import { decideNameTeam } from './team-name.ts';
import { NAME_CHARACTERS_MAX, textProblem } from './text-limits.ts';

type Joining = Extract<SeatCommand, { type: 'JoinSeat' }>;

function decideJoin(state: IncidentState, seat: string, command: Joining): Decision {
  if (seat === SYSTEM_SEAT || seat === '') return reject('seat-taken', 'Choose another seat.');
  if (state.seats.has(seat)) return reject('seat-taken', 'This seat is taken. Join with another one.');
  if (state.locked) return reject('room-locked', 'The host has locked the room. Ask the host to let you in.');
  const problem = textProblem(command.name, NAME_CHARACTERS_MAX);
  if (problem !== null) return { ok: false, rejection: problem };
  const joined: NewEvent = {
    type: 'SeatJoined',
    audience: 'everyone',
    seat,
    name: command.name.trim(),
    kind: command.kind,
  };
  return state.host === ''
    ? accept(joined, { type: 'HostPassed', audience: 'everyone', seat })
    : accept(joined);
}

/** The seat that becomes host when one goes: the longest-seated connected one, else the longest-seated. */
export function nextHost(state: IncidentState, without: string): string {
  const others = [...state.seats.values()].filter((seat) => seat.seat !== without);
  return (others.find((seat) => seat.connected) ?? others[0])?.seat ?? '';
}

function leave(state: IncidentState, seat: string, removed: boolean): Decision {
  const name = state.seats.get(seat)?.name ?? '';
  const left: NewEvent = { type: 'SeatLeft', audience: 'everyone', seat, name, removed };
  if (state.host !== seat) return accept(left);
  return accept(left, { type: 'HostPassed', audience: 'everyone', seat: nextHost(state, seat) });
}

const OWN_SEAT = reject(
  'own-seat',
  'You cannot remove yourself. Make somebody else the host first, who can then remove you; or end the game.',
);

/** Commands that name another seat: host, server, and for a name the seat itself. */
function decideOther(
  state: IncidentState,
  seat: string,
  command: Extract<SeatCommand, { type: 'RenameSeat' | 'RemoveSeat' | 'PassHost' }>,
): Decision {
  const own = command.seat === seat;
  const refused = own && command.type === 'RenameSeat' ? null : whyNotHost(state, seat);
  if (refused !== null) return { ok: false, rejection: refused };
  const named = state.seats.get(command.seat);
  if (named === undefined) return reject('unknown-seat', 'There is no such seat. Choose one of the list.');
  if (command.type === 'RemoveSeat') return own ? OWN_SEAT : leave(state, command.seat, true);
  if (command.type === 'PassHost')
    return accept({ type: 'HostPassed', audience: 'everyone', seat: command.seat });
  const problem = textProblem(command.name, NAME_CHARACTERS_MAX);
  if (problem !== null) return { ok: false, rejection: problem };
  return accept({
    type: 'SeatRenamed',
    audience: 'everyone',
    seat: command.seat,
    before: named.name,
    name: command.name.trim(),
  });
}

/** Presence is what the server saw, never what a client says. */
function decidePresence(
  state: IncidentState,
  seat: string,
  command: Extract<SeatCommand, { type: 'Connected' | 'Disconnected' }>,
): Decision {
  if (seat !== SYSTEM_SEAT) return reject('only-system', 'The server notes who is connected by itself.');
  if (!state.seats.has(command.seat)) return reject('unknown-seat', 'There is no such seat.');
  const { seat: named } = command;
  if (command.type === 'Disconnected') {
    return accept({ type: 'SeatDisconnected', audience: 'everyone', seat: named });
  }
  const back: NewEvent = { type: 'SeatConnected', audience: 'everyone', seat: named };
  if (state.hostAway !== named) return accept(back);
  return accept(back, { type: 'HostPassed', audience: 'everyone', seat: named });
}

/** May this seat's role be taken over? Only while it is away; its plan items and duties go with the role. */
function decideTakeRole(state: IncidentState, seat: string, command: TakeRole): Decision {
  const from = state.seats.get(command.seat);
  if (from === undefined || from.kind !== 'player') {
    return reject('unknown-seat', 'There is no such player. Choose one of the list.');
  }
  if (from.seat === seat) return reject('own-seat', 'This is your own role.');
  if (!from.away) return reject('not-away', `${from.name} is here. Ask for the role.`);
  // The first of several names them all: whoever commands a small team also speaks for it.
  const [role = 'ops'] = rolesOfSeats(state).get(from.seat) ?? [];
  return accept({ type: 'RoleTaken', audience: 'everyone', seat, from: from.seat, role });
}

/** May the room be locked, or opened? */
function decideLock(state: IncidentState, seat: string, command: LockRoom): Decision {
  const refused = whyNotHost(state, seat);
  if (refused !== null) return { ok: false, rejection: refused };
  const { locked } = command;
  if (state.locked === locked) {
    return reject('already-declared', locked ? 'The room is locked already.' : 'The room is open already.');
  }
  return accept({ type: 'RoomLocked', audience: 'everyone', locked });
}

/** How long it was away is what the server measured, never what a client says. */
function decideReturn(seat: string, awaySeconds: number): Decision {
  if (seat !== SYSTEM_SEAT) return reject('only-system', 'The server notes by itself that it was away.');
  if (!(awaySeconds >= 0)) return reject('out-of-range', 'It was away for no time at all.');
  return accept({ type: 'ServerReturned', audience: 'everyone', awaySeconds: Math.round(awaySeconds) });
}

/** May this be done with seats now? */
export function decideSeats(state: IncidentState, seat: string, command: SeatCommand): Decision {
  switch (command.type) {
    case 'JoinSeat':
      return decideJoin(state, seat, command);
    case 'RenameSeat':
    case 'RemoveSeat':
    case 'PassHost':
      return decideOther(state, seat, command);
    case 'Connected':
    case 'Disconnected':
      return decidePresence(state, seat, command);
    case 'ServerReturned':
      return decideReturn(seat, command.awaySeconds);
    case 'LockRoom':
      return decideLock(state, seat, command);
    case 'NameTeam':
      return decideNameTeam(state, seat, command);
    default: {
      const known = state.seats.get(seat);
      if (known === undefined) return reject('unknown-seat', 'Join the incident first.');
      if (command.type === 'LeaveSeat') return leave(state, seat, false);
      if (command.type === 'SetReady') {
        return accept({ type: 'ReadySet', audience: 'everyone', seat, ready: command.ready });
      }
      if (known.kind === 'facilitator') {
        return reject(
          'facilitator-may-not-play',
          'A facilitator holds no role. Join as a player to take one.',
        );
      }
      if (command.type === 'TakeRole') return decideTakeRole(state, seat, command);
      return accept({ type: 'RoleChosen', audience: 'everyone', seat, role: command.role });
    }
  }
}
