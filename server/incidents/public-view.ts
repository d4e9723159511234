/** What spectators see of a team: roles in place of people, and not what the team says to each other. */
import type { CommonView } from '@chaotic-good/engine/incident/common-view';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { SeatView, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { kindOfAct } from './kind-of-act.ts';
import { publicMembers } from './public-status.ts';
import { roleWriter } from './names-in-text.ts';
import { roleNames, withRoles } from './role-names.ts';

/** The view with roles in place of names. */
export function publicView(view: CommonView, incident: Incident): CommonView {
  const titles = roleNames(incident);
  const seats = JSON.parse(view.fields.get('seats') ?? '[]') as SeatView[];
  const shown = seats.map((seat) => ({ ...seat, name: titles.get(seat.seat) ?? '' }));
  return { ...view, fields: publicMembers(view.fields).set('seats', JSON.stringify(shown)) };
}

/** What people typed to each other, or for the team to keep. */
const TALK: ReadonlySet<IncidentEvent['type']> = new Set(['MessagePosted', 'NoteAdded', 'EvidencePinned']);

/** An event without the words that somebody typed into it; null when there is nothing else in it. */
function withoutTalk(event: IncidentEvent): IncidentEvent | null {
  if (TALK.has(event.type)) return null;
  if (event.type === 'PlanProposed') return { ...event, text: kindOfAct(event.line) };
  if (event.type === 'HypothesisAdded') return { ...event, expectation: '' };
  if (event.type === 'NextActionNamed') return null;
  if (event.type === 'HintTaken') return { ...event, text: 'taken' };
  return event;
}

/**
 * The timeline from a place in the log on, with roles in place of seats and without what people typed to
 * each other. Lines of terminals are told: they are what was done.
 */
export function publicTimeline(incident: Incident, fromEvent: number): TimelineEntry[] {
  const { state } = incident;
  const told = state.events.slice(fromEvent).flatMap((event) => withoutTalk(event) ?? []);
  if (told.length === 0) return [];
  const titles = roleNames(incident);
  return timelineOf(
    withRoles(told, titles, roleWriter(incident, titles)),
    { kind: 'public' },
    state.revealed,
  );
}
