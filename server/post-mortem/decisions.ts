/** Charts around the decisions that mattered: what was decided, and how users fared before and after. */
import type { EventOf } from '@chaotic-good/engine/protocol/events';
import type { PostMortemChart } from '@chaotic-good/engine/protocol/post-mortem';
import { RUN_NAMES, short } from './charts.ts';
import { changeThatEndedIt } from './ending.ts';
import { changesOf, clockOf, closedSecond, lineOf, ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { percent } from './words.ts';

/** Charts at most. */
const DECISIONS_MAX = 6;
/** What is drawn before and after a decision, seconds. */
const AROUND_SECONDS = 90;
/** How long before and after are compared in words, seconds. */
const COMPARED_SECONDS = 30;
/** Changes so close together are one decision, seconds. */
const TOGETHER_SECONDS = 20;
const STEP_SECONDS = 3;

/** A decision: when, what, by which role; the heavier are kept when there are too many. */
type Decision = { atMicros: number; what: string; who: string; weight: number };

function changeDecisions(parts: PostMortemParts): Decision[] {
  const ended = changeThatEndedIt(parts);
  const worse = new Set((parts.debrief.worse ?? []).map(({ second }) => second));
  const groups: EventOf<'ClusterCommandRan'>[][] = [];
  for (const change of changesOf(parts)) {
    const last = groups.at(-1);
    const near = last !== undefined && change.atMicros - last[0].atMicros < TOGETHER_SECONDS * 1_000_000;
    if (near && last[0].seat === change.seat) last.push(change);
    else groups.push([change]);
  }
  return groups.map((group) => {
    const [first] = group;
    const more = group.length === 1 ? '' : ` (and ${group.length - 1} more)`;
    const hurt = group.some(({ atMicros }) => worse.has(Math.floor(atMicros / 1_000_000)));
    const helped = ended !== undefined && group.includes(ended);
    const { atMicros, seat } = first;
    return { atMicros, what: `${lineOf(first)}${more}`, who: seat, weight: helped ? 3 : hurt ? 2 : 1 };
  });
}

function decisionsOf(parts: PostMortemParts): Decision[] {
  const { onsetMicros } = parts.debrief.truth;
  const declared = ofType(parts, 'ResolutionDeclared')
    .filter(({ early }) => early)
    .map(({ atMicros, seat }) => ({ atMicros, what: 'Declared it resolved', who: seat, weight: 2 }));
  return [...changeDecisions(parts), ...declared]
    .filter(({ atMicros }) => atMicros >= onsetMicros)
    .sort((left, right) => right.weight - left.weight || left.atMicros - right.atMicros)
    .slice(0, DECISIONS_MAX)
    .sort((left, right) => left.atMicros - right.atMicros);
}

/** Mean badness (0–1) of a curve over some seconds; null when nothing is known. */
function mean(values: readonly number[], fromSecond: number, untilSecond: number): number | null {
  const known = values.slice(Math.max(0, fromSecond), Math.max(0, untilSecond));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + Math.max(0, value), 0) / known.length;
}

function compared(values: readonly number[], second: number, until: number): string {
  const before = mean(values, second - COMPARED_SECONDS, second);
  const after = mean(values, second + COMPARED_SECONDS, Math.min(until, second + 2 * COMPARED_SECONDS));
  if (before === null || after === null) return '';
  return (
    `Users hurt in the ${COMPARED_SECONDS} s before: ${percent(before)}; ` +
    `${COMPARED_SECONDS} to ${2 * COMPARED_SECONDS} s after: ${percent(after)}.`
  );
}

function chartOf(parts: PostMortemParts, { atMicros, what, who }: Decision): PostMortemChart {
  const { curves } = parts.debrief;
  const second = Math.floor(atMicros / 1_000_000);
  const fromSecond = Math.max(0, second - AROUND_SECONDS);
  const until = Math.min(curves[0]?.values.length ?? 0, second + AROUND_SECONDS);
  const lines = curves.slice(0, 2).map(({ name, values }, at) => {
    const shares: (number | null)[] = [];
    for (let from = fromSecond; from < until; from += STEP_SECONDS) {
      const share = mean(values, from, Math.min(until, from + STEP_SECONDS));
      shares.push(share === null ? null : short(100 * share));
    }
    return { name: RUN_NAMES[at] ?? name, values: shares };
  });
  const by = who === '' ? '' : `${who}, `;
  return {
    title: what,
    unit: '% of users hurt',
    caption: `${by}${clockOf(parts, atMicros)}. ${compared(curves[0]?.values ?? [], second, until)}`.trim(),
    fromSecond,
    stepSeconds: STEP_SECONDS,
    lines,
    objective: null,
    atLeast: 10,
    marks: [
      { second, label: 'decided' },
      ...(closedSecond(parts) < until ? [{ second: Math.round(closedSecond(parts)), label: 'closed' }] : []),
    ],
  };
}

/** The charts, in order of time. */
export function decisionCharts(parts: PostMortemParts): PostMortemChart[] {
  return decisionsOf(parts)
    .map((decision) => chartOf(parts, decision))
    .filter(({ lines }) => lines.some(({ values }) => values.length > 1));
}
