/** How an exercise ended: the change that did it, what the recovery was worth after it, what stays open. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf } from '@chaotic-good/engine/protocol/events';
import { changesOf, clockOf, lineOf } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { clockAt, lowerFirst } from './words.ts';

const CLOSE_SENTENCES = {
  resolved: 'The team declared the incident resolved.',
  'time-limit': 'The time of the exercise was up.',
  host: 'The host ended the exercise.',
  abandoned: 'Nobody was left, so the exercise was ended.',
};

/** Second at which users were well for the last time; −1 when hurt at the close, or never hurt. */
export function wellAgainSecond({ events }: Pick<PostMortemParts, 'events'>): number {
  const last = events.findLast(({ type }) => type === 'ImpactBegan' || type === 'ImpactEnded');
  return last?.type === 'ImpactEnded' ? last.second : -1;
}

/** The last change before users were well again; undefined when there was none, or they never were. */
export function changeThatEndedIt(parts: PostMortemParts): EventOf<'ClusterCommandRan'> | undefined {
  const untilMicros = wellAgainSecond(parts) * 1_000_000;
  const { onsetMicros } = parts.debrief.truth;
  return changesOf(parts).findLast(({ atMicros }) => atMicros >= onsetMicros && atMicros <= untilMicros);
}

/** What the recovery is worth, with the time of the relapse if there was one; a whole sentence. */
export function recoverySentence({ recovery, runOn, closedAtMicros, startedAtUnixMs }: Debrief): string {
  const after = runOn?.relapsedAfterSeconds ?? -1;
  const again = after < 0 ? '' : `${clockAt(startedAtUnixMs, closedAtMicros + after * 1_000_000)} UTC`;
  switch (recovery) {
    case 'durable':
      return (
        'The recovery is durable: the cause is gone, and thirty more minutes with nobody there ' +
        'stayed well.'
      );
    case 'contained':
      return (
        'The trouble is contained: the cause is still there, but thirty more minutes with nobody there ' +
        'stayed well.'
      );
    case 'masked':
      return again === ''
        ? 'The recovery was masked: in the thirty minutes after it, users were hurt again.'
        : `The recovery was masked: the cause was still there, and users were hurt again at ${again}.`;
    case 'none':
      return again === ''
        ? 'It did not recover: users were still hurt at the end.'
        : `It did not recover: users were well for a moment and hurt again at ${again}.`;
  }
}

/** The change that ended it, as part of a sentence with its time; '' when none did. */
export function endedByWords(parts: PostMortemParts): string {
  const change = changeThatEndedIt(parts);
  return change === undefined ? '' : `${lineOf(change)} at ${clockOf(parts, change.atMicros)}`;
}

/** What ended it, sentence by sentence. */
export function whatEndedIt(parts: PostMortemParts): string[] {
  const { debrief } = parts;
  const change = endedByWords(parts);
  const well = wellAgainSecond(parts);
  const lines: string[] = [];
  if (change !== '') lines.push(`The last change before users were well again: ${change}.`);
  else if (well >= 0) lines.push('Users were well again without a change by the team.');
  else if (debrief.truth.impactBeganSecond >= 0) lines.push('No change of the team ended it.');
  if (well >= 0) lines.push(`Users were well from ${clockOf(parts, well * 1_000_000)} on.`);
  return [...lines, CLOSE_SENTENCES[debrief.closed], recoverySentence(debrief)];
}

/** What stays open, sentence by sentence. */
export function whatStaysOpen({ debrief }: PostMortemParts): string[] {
  const { leftovers, broken, recovery, truth } = debrief;
  const cause =
    recovery === 'durable' ? [] : [`The cause is still in ${truth.component}: ${lowerFirst(truth.title)}.`];
  return [
    ...cause,
    ...broken.map((title) => `A promise was broken: “${title}”.`),
    ...leftovers.map(({ sentence, handedOver }) =>
      handedOver ? `${sentence.replace(/\.$/, '')} (handed over).` : sentence,
    ),
  ];
}
