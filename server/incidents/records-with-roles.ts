/** The commands of a game with roles in place of people's names, as they may be kept and shown. */
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';

function withRole(command: Command, seat: string, roles: ReadonlyMap<string, string>): Command {
  const roleOf = (whose: string) => roles.get(whose) ?? 'Former member';
  switch (command.type) {
    case 'JoinSeat':
      return { ...command, name: roleOf(seat) };
    case 'RenameSeat':
      return { ...command, name: roleOf(command.seat) };
    default:
      return command;
  }
}

/** The records, changed in nothing but names of people. What people wrote stays as they wrote it. */
export function recordsWithRoles(
  records: readonly CommandRecord[],
  roles: ReadonlyMap<string, string>,
): CommandRecord[] {
  return records.map((record) => {
    const { envelope } = record;
    return {
      ...record,
      envelope: { ...envelope, command: withRole(envelope.command, envelope.seat, roles) },
    };
  });
}
