import { expect, it } from 'vitest';
import { NAME_CHARACTERS_MAX, textProblem } from '@chaotic-good/engine/incident/decide/text-limits';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { recordsWithRoles } from './records-with-roles.ts';

const ROLES = new Map([['s1', 'Ops']]);
const LONG = 'Adalinda '.repeat(10);

/** What a name becomes. */
function kept(command: Command): string {
  const envelope = { commandId: 'c', seat: 's1', command };
  const [record] = recordsWithRoles(
    [{ type: 'command', seq: 1, atMicros: 0, envelope }],
    ROLES,
    (text) => text,
  );
  return (record.envelope.command as { name: string }).name;
}

it('names become roles; one that was refused stays refused, and cannot be read', () => {
  const named = (name: string): Command[] => [
    { type: 'JoinSeat', name, kind: 'player' },
    { type: 'RenameSeat', seat: 's1', name },
  ];
  for (const command of named('Adalinda')) expect(kept(command)).toBe('Ops');
  for (const name of ['', '  ', LONG]) {
    for (const command of named(name)) {
      expect(kept(command)).not.toContain('Adalinda');
      expect(textProblem(kept(command), NAME_CHARACTERS_MAX)).toEqual(textProblem(name, NAME_CHARACTERS_MAX));
    }
  }
});
