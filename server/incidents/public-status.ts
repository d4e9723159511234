/**
 * The team's work as the public may know it: what the status page says, by facts and without who posted it.
 * What people wrote to each other, what they pinned and who is at work on what stays in the room.
 */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { StatusView } from '@chaotic-good/engine/protocol/team-views';
import type { CommonView } from './frame-text.ts';

/** Members that only the team sees. */
const KEPT_INSIDE = [
  'plan',
  'next',
  'pins',
  'claims',
  'inbox',
  'hints',
  'warmUps',
] as const satisfies readonly (keyof IncidentFrame)[];

/** The members of a view with the team's work cut down to what the status page says. */
export function publicMembers(fields: CommonView['fields']): CommonView['fields'] {
  const shown = new Map(fields);
  for (const name of KEPT_INSIDE) shown.delete(name);
  const status = JSON.parse(fields.get('status') ?? '[]') as StatusView[];
  return shown.set('status', JSON.stringify(status.map((one) => ({ ...one, seat: '' }))));
}
