/** When users were hurt while it was played, and how each journey fared then. */
import type { PostMortemImpact } from '@chaotic-good/engine/protocol/post-mortem';
import { closedSecond } from './parts.ts';
import type { PostMortemParts } from './parts.ts';

/** Numbers of a sample of one journey; the first two are ended and bad ones. */
const FIELDS = 5;

/** Spans in which users were hurt, seconds of incident time, end exclusive. */
export function hurtSpans(parts: PostMortemParts): PostMortemImpact['hurt'] {
  const spans: PostMortemImpact['hurt'] = [];
  let from: number | null = null;
  for (const event of parts.events) {
    if (event.type === 'ImpactBegan') from ??= event.second;
    if (event.type !== 'ImpactEnded' || from === null) continue;
    spans.push({ fromSecond: from, untilSecond: event.second });
    from = null;
  }
  if (from !== null) spans.push({ fromSecond: from, untilSecond: Math.ceil(closedSecond(parts)) });
  return spans.filter(({ fromSecond, untilSecond }) => untilSecond > fromSecond);
}

/** Seconds of all spans together. */
export function secondsOf(spans: PostMortemImpact['hurt']): number {
  return spans.reduce((sum, { fromSecond, untilSecond }) => sum + untilSecond - fromSecond, 0);
}

/** Ended and bad actions of a journey from a second up to another. */
export function countsBetween(
  { samples }: PostMortemParts,
  journey: number,
  fromSecond: number,
  untilSecond: number,
): { completed: number; bad: number } {
  const { firstSecond, journeys, counts } = samples;
  const width = journeys * FIELDS;
  const sums = { completed: 0, bad: 0 };
  const end = Math.min(untilSecond, firstSecond + Math.floor(counts.length / width));
  for (let second = Math.max(fromSecond, firstSecond); second < end; second++) {
    const at = (second - firstSecond) * width + journey * FIELDS;
    sums.completed += counts[at];
    sums.bad += counts[at + 1];
  }
  return sums;
}

/** How each journey fared over the spans. */
export function journeysHurt(
  parts: PostMortemParts,
  spans: PostMortemImpact['hurt'],
): PostMortemImpact['journeys'] {
  return parts.system.journeys.map(({ title, objectiveRatio }, at) => {
    const sums = spans.map(({ fromSecond, untilSecond }) =>
      countsBetween(parts, at, fromSecond, untilSecond),
    );
    const completed = sums.reduce((sum, one) => sum + one.completed, 0);
    const failedActions = sums.reduce((sum, one) => sum + one.bad, 0);
    const goodRatio = completed === 0 ? null : 1 - failedActions / completed;
    return { title, goodRatio, objectiveRatio, failedActions };
  });
}
