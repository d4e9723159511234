/** Each move that hurt: what it was, what could be seen then, what would have told the trouble apart. */
import type { PostMortemWorse } from '@chaotic-good/engine/protocol/post-mortem';
import type { PostMortemParts } from './parts.ts';
import { lowerFirst, percent } from './words.ts';

/** The moves, in order of time; null when the debrief is older than that. */
export function madeItWorse({ debrief }: PostMortemParts): PostMortemWorse[] | null {
  if (debrief.worse === undefined) return null;
  return debrief.worse.map(({ title, second, role, line, harm, alerts, journeys, unseen }) => {
    const hurt = journeys
      .filter(({ goodRatio, objectiveRatio }) => goodRatio !== null && goodRatio < objectiveRatio)
      .map(({ title: name, goodRatio }) => `${lowerFirst(name)} worked for ${percent(goodRatio ?? 0)}`);
    return {
      atMicros: second * 1_000_000,
      who: role,
      title,
      line,
      harm,
      visible: [
        alerts.length === 0 ? 'no alert fired' : `firing: ${alerts.join(', ')}`,
        hurt.length === 0 ? 'users were well' : hurt.join(', '),
      ],
      apart: unseen.map(lowerFirst),
    };
  });
}
