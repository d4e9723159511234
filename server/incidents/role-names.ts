/** Roles in place of names: what leaves the room says who did something by role only. */
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { rolesOfSeats } from '@chaotic-good/engine/incident/role-combination';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import { ROLES } from '@chaotic-good/engine/protocol/roles';
import { writtenWithRoles } from './names-in-text.ts';
import type { RoleWriter } from './names-in-text.ts';

const LEFT = 'Former member';

/** Seat → role as people read it, numbered where several hold the same. */
export function roleNames({ state }: Incident): Map<string, string> {
  const titles = new Map<string, string>([[SYSTEM_SEAT, 'Server']]);
  for (const [seat, [role]] of rolesOfSeats(state)) {
    const isFacilitator = state.seats.get(seat)?.kind === 'facilitator';
    const title = ROLES.find((one) => one.role === role)?.title ?? 'Observer';
    titles.set(seat, isFacilitator ? 'Facilitator' : title);
  }
  for (const event of state.events) {
    if (event.type === 'SeatJoined' && !titles.has(event.seat)) titles.set(event.seat, LEFT);
  }
  const all = [...titles.values()];
  const counted = new Map<string, number>();
  for (const [seat, title] of titles) {
    if (all.filter((one) => one === title).length === 1) continue;
    const number = (counted.get(title) ?? 0) + 1;
    counted.set(title, number);
    titles.set(seat, `${title} ${number}`);
  }
  return titles;
}

/**
 * The log with roles in place of seats and names, also in what people wrote. That somebody is called
 * something else now says nothing to those who see roles, so it is left out.
 */
export function withRoles(
  events: readonly IncidentEvent[],
  titles: ReadonlyMap<string, string>,
  write: RoleWriter,
): IncidentEvent[] {
  const titleOf = (seat: string) => titles.get(seat) ?? (seat === '' ? '' : LEFT);
  return events.flatMap((told) => {
    if (told.type === 'SeatRenamed') return [];
    const event = writtenWithRoles(told, write);
    const audience =
      typeof event.audience === 'object' && 'seat' in event.audience
        ? { seat: titleOf(event.audience.seat) }
        : event.audience;
    if (!('seat' in event)) return { ...event, audience };
    const known = { ...event, audience, seat: titleOf(event.seat) };
    return 'name' in known ? { ...known, name: titleOf(event.seat) } : known;
  });
}
