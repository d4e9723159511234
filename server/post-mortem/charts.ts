/** The whole incident in two charts: what users lost against what would have been, and each journey. */
import type { PostMortemChart } from '@chaotic-good/engine/protocol/post-mortem';
import { countsBetween } from './hurt-spans.ts';
import { wellAgainSecond } from './ending.ts';
import { closedSecond, ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';

/** Values of a line at most: a page has no more pixels to spare. */
const VALUES_MAX = 200;
/** Counts of less than this many seconds are too few to be a share. */
const SHARE_SECONDS = 10;
/** What would have been is drawn a little longer than it was played. */
const LOOK_AHEAD = 1.6;

/** Names of the three runs, in the order of the debrief's curves. */
export const RUN_NAMES = ['As played', 'Nobody acting', 'Best known course'] as const;

/** Three places suffice for a chart of a document. */
export function short(value: number): number {
  return Number(value.toPrecision(4));
}

function step(seconds: number, least = 1): number {
  return Math.max(least, Math.ceil(seconds / VALUES_MAX));
}

/** Moments that every chart of the whole shows. */
function marksOf(parts: PostMortemParts): PostMortemChart['marks'] {
  const { truth } = parts.debrief;
  const page = ofType(parts, 'AlertFired').find(
    ({ severity, atMicros }) => severity === 'page' && atMicros >= truth.onsetMicros,
  );
  const well = wellAgainSecond(parts);
  return [
    { second: Math.round(truth.onsetMicros / 1_000_000), label: 'fault began' },
    ...(page === undefined ? [] : [{ second: Math.round(page.atMicros / 1_000_000), label: 'first page' }]),
    ...(well < 0 ? [] : [{ second: well, label: 'well again' }]),
    { second: Math.round(closedSecond(parts)), label: 'closed' },
  ];
}

function lostChart(parts: PostMortemParts): PostMortemChart {
  const { curves } = parts.debrief;
  const longest = Math.max(0, ...curves.map(({ values }) => values.length));
  const seconds = Math.min(longest, Math.ceil(closedSecond(parts) * LOOK_AHEAD));
  const stepSeconds = step(seconds);
  const lines = curves.map(({ name, values }, at) => {
    let lost = 0;
    const sums: number[] = [];
    for (let second = 0; second < seconds; second++) {
      if (second % stepSeconds === 0) sums.push(short(lost));
      lost += Math.max(0, values[second] ?? 0);
    }
    return { name: RUN_NAMES[at] ?? name, values: sums };
  });
  return {
    title: 'What users lost',
    unit: 'seconds in which nothing worked for anybody, added up',
    caption: 'After the close it is drawn as it would have gone on without further changes.',
    fromSecond: 0,
    stepSeconds,
    lines,
    objective: null,
    atLeast: 10,
    marks: marksOf(parts),
  };
}

/** Share of the actions of each journey that failed, per cent, in steps from a second up to another. */
function failedShares(
  parts: PostMortemParts,
  fromSecond: number,
  untilSecond: number,
  stepSeconds: number,
): PostMortemChart['lines'] {
  return parts.system.journeys.map(({ title }, journey) => {
    const values: (number | null)[] = [];
    for (let second = fromSecond; second < untilSecond; second += stepSeconds) {
      const end = Math.min(untilSecond, second + stepSeconds);
      const { completed, bad } = countsBetween(parts, journey, second, end);
      values.push(completed === 0 ? null : short((100 * bad) / completed));
    }
    return { name: title, values };
  });
}

/** The loosest promise as the share that may fail, per cent; null without journeys. */
function mayFail({ system }: PostMortemParts): number | null {
  const objectives = system.journeys.map(({ objectiveRatio }) => objectiveRatio);
  return objectives.length === 0 ? null : short(100 * (1 - Math.min(...objectives)));
}

function journeyChart(parts: PostMortemParts): PostMortemChart {
  const seconds = Math.ceil(closedSecond(parts));
  const stepSeconds = step(seconds, SHARE_SECONDS);
  return {
    title: 'User actions that failed, by journey',
    unit: `% of those that ended, ${stepSeconds} s each`,
    caption: '',
    fromSecond: 0,
    stepSeconds,
    lines: failedShares(parts, 0, seconds, stepSeconds),
    objective: mayFail(parts),
    atLeast: 10,
    marks: marksOf(parts),
  };
}

/** The charts of the whole. */
export function wholeCharts(parts: PostMortemParts): PostMortemChart[] {
  return [lostChart(parts), journeyChart(parts)].filter(({ lines }) =>
    lines.some(({ values }) => values.length > 1),
  );
}
