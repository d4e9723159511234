/** What a line of the timeline is made of. */
import type { EventOf, Happening } from '../protocol/events.ts';
import type { TimelineEntry } from '../protocol/views.ts';

/** What happened, in words, and how it should strike the eye. */
export type Line = readonly [text: string, tone: TimelineEntry['tone']];

/** Tells one type of event. */
export type Teller<Type extends Happening['type']> = (event: EventOf<Type>) => Line;
