/** How an exercise ended: the change that did it, and what the recovery was worth in the run-on after it. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf } from '@chaotic-good/engine/protocol/events';
import type { PostMortemParts } from './post-mortem.ts';
import { clockAt } from './post-mortem-words.ts';

/** The last change before users were well again; undefined when there was none, or they never were. */
export function changeThatEndedIt({
  events,
}: Pick<PostMortemParts, 'events'>): EventOf<'ClusterCommandRan'> | undefined {
  const ended = events.findLast((event) => event.type === 'ImpactEnded');
  if (ended?.type !== 'ImpactEnded') return undefined;
  const untilMicros = ended.second * 1_000_000;
  return events
    .filter((event) => event.type === 'ClusterCommandRan')
    .findLast(({ outcome, atMicros }) => outcome.ok && atMicros <= untilMicros);
}

/** What the recovery is worth, with the time of the relapse if there was one; a whole sentence. */
export function recoverySentence({ recovery, runOn, closedAtMicros, startedAtUnixMs }: Debrief): string {
  const after = runOn?.relapsedAfterSeconds ?? -1;
  const again = after < 0 ? '' : clockAt(startedAtUnixMs, closedAtMicros + after * 1_000_000);
  switch (recovery) {
    case 'durable':
      return 'The recovery is durable: the cause is gone, and thirty more minutes stayed well.';
    case 'contained':
      return 'The trouble is contained: the cause is still there, but thirty more minutes stayed well.';
    case 'masked':
      return again === ''
        ? 'The recovery was masked: in the thirty minutes after it, users were hurt again.'
        : `The recovery was masked: the cause was still there, and users were hurt again at ${again} UTC.`;
    case 'none':
      return again === ''
        ? 'It did not recover: users were still hurt at the end.'
        : `It did not recover: users were well for a moment and hurt again at ${again} UTC.`;
  }
}
