/** What spectators see of a team: roles in place of people, and not what the team says to each other. */
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { SeatView, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { CommonView } from './frame-text.ts';
import { publicMembers } from './public-status.ts';
import { roleNames, withRoles } from './role-names.ts';

/** The view with roles in place of names. */
export function publicView(view: CommonView, incident: Incident): CommonView {
  const titles = roleNames(incident);
  const seats = JSON.parse(view.fields.get('seats') ?? '[]') as SeatView[];
  const shown = seats.map((seat) => ({ ...seat, name: titles.get(seat.seat) ?? '' }));
  return { ...view, fields: publicMembers(view.fields).set('seats', JSON.stringify(shown)) };
}

/** The timeline from a place in the log on, with roles in place of seats and without the team's talk. */
export function publicTimeline(incident: Incident, fromEvent: number): TimelineEntry[] {
  const { state } = incident;
  const told = state.events.slice(fromEvent).filter((event: IncidentEvent) => event.type !== 'MessagePosted');
  if (told.length === 0) return [];
  return timelineOf(withRoles(told, roleNames(incident)), { kind: 'public' }, state.revealed);
}
