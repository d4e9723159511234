/** The commands of a game with roles in place of people's names, as they may be kept and shown. */
import { NAME_CHARACTERS_MAX, textProblem } from '@chaotic-good/engine/incident/decide/text-limits';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import { writtenWithRoles } from './names-in-text.ts';
import type { RoleWriter } from './names-in-text.ts';

/**
 * A name that was refused is refused again, for the same reason: in its place a role would be accepted, and
 * the game would be another one. None of it can be read.
 */
function hidden(name: string, role: string): string {
  return textProblem(name, NAME_CHARACTERS_MAX) === null ? role : name.replaceAll(/\S/g, '·');
}

function withRole(command: Command, seat: string, roles: ReadonlyMap<string, string>): Command {
  const roleOf = (whose: string) => roles.get(whose) ?? 'Former member';
  switch (command.type) {
    case 'JoinSeat':
      return { ...command, name: hidden(command.name, roleOf(seat)) };
    case 'RenameSeat':
      return { ...command, name: hidden(command.name, roleOf(command.seat)) };
    default:
      return command;
  }
}

/** The records, changed in nothing but names of people, also in what people wrote. */
export function recordsWithRoles(
  records: readonly CommandRecord[],
  roles: ReadonlyMap<string, string>,
  write: RoleWriter,
): CommandRecord[] {
  return records.map((record) => {
    const { envelope } = record;
    const command = writtenWithRoles(withRole(envelope.command, envelope.seat, roles), write);
    return { ...record, envelope: { ...envelope, command } };
  });
}
