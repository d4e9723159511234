/** What a post-mortem is made of: the frozen result of a game. */
import type { Debrief, DebriefSystem } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf, Happening, IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { FrozenSamples } from '../store/finished-game.ts';
import { clockAt } from './words.ts';

/** The frozen result, as far as a post-mortem reads it. */
export type PostMortemParts = {
  /** The debrief. */
  debrief: Debrief;
  /** The log, roles in place of names. */
  events: readonly IncidentEvent[];
  /** How users fared. */
  samples: FrozenSamples;
  /** The system under test. */
  system: DebriefSystem;
  /** Roles of the seats, in order of joining. */
  roles: readonly string[];
};

/** Events of one type, in order. */
export function ofType<Type extends Happening['type']>(
  { events }: Pick<PostMortemParts, 'events'>,
  type: Type,
): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

/** `14:06:21 UTC` of a moment in microseconds, on the clock of the exercise. */
export function clockOf({ debrief }: Pick<PostMortemParts, 'debrief'>, atMicros: number): string {
  return `${clockAt(debrief.startedAtUnixMs, atMicros)} UTC`;
}

/** Second at which it closed. */
export function closedSecond({ debrief }: Pick<PostMortemParts, 'debrief'>): number {
  return debrief.closedAtMicros / 1_000_000;
}

/** Changes of the cluster that went through; a request by hand changes nothing. */
export function changesOf(parts: Pick<PostMortemParts, 'events'>): EventOf<'ClusterCommandRan'>[] {
  return ofType(parts, 'ClusterCommandRan').filter(
    ({ outcome, command }) => outcome.ok && command.type !== 'SendRequest',
  );
}

/** The line of a change, or its kind when nothing was typed. */
export function lineOf({ line, command }: EventOf<'ClusterCommandRan'>): string {
  return line === '' ? command.type : line;
}
