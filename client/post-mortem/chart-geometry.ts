/** Where the parts of a document's chart are drawn, in units of its picture. */
import type { PostMortemChart } from '@chaotic-good/engine/protocol/post-mortem';

/** The picture; small, so that its type keeps its size on a phone. */
export const BOX = { width: 360, height: 168, left: 40, right: 8, top: 18, bottom: 18 };
const LETTERS = 'ABCDEFGH';

/** Everything that is drawn. */
export type ChartGeometry = {
  paths: { name: string; path: string }[];
  /** Lines of the value axis. */
  values: { y: number; text: string }[];
  /** Moments of the time axis, seconds. */
  times: { x: number; second: number; anchor: 'start' | 'middle' | 'end' }[];
  marks: { x: number; letter: string; label: string; second: number }[];
  /** Height of the promise, or null. */
  promise: { y: number; text: string } | null;
};

/** A value with about three digits, without zeros that say nothing. */
function axisText(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)}k`;
  return String(Number(value.toPrecision(3)));
}

/** The next round number. */
function roundUp(value: number): number {
  let unit = 1;
  while (unit * 10 <= value) unit *= 10;
  while (unit > value) unit /= 10;
  return [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((round) => round >= value) ?? value;
}

/** The geometry of a chart. */
export function chartGeometry(chart: PostMortemChart): ChartGeometry {
  const { lines, fromSecond, stepSeconds, atLeast, objective, marks } = chart;
  const longest = Math.max(2, ...lines.map(({ values }) => values.length));
  const until = fromSecond + (longest - 1) * stepSeconds;
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = roundUp(Math.max(atLeast, objective ?? 0, ...known));
  const place = (value: number) => Math.round(value * 10) / 10;
  const wide = BOX.width - BOX.left - BOX.right;
  const high = BOX.height - BOX.top - BOX.bottom;
  const x = (second: number) => place(BOX.left + (wide * (second - fromSecond)) / (until - fromSecond));
  const y = (value: number) => place(BOX.height - BOX.bottom - (high * Math.max(0, value)) / most);
  const pathOf = (values: readonly (number | null)[]) => {
    let path = '';
    let pen = 'M';
    values.forEach((value, at) => {
      if (value !== null) path += `${pen}${x(fromSecond + at * stepSeconds)} ${y(value)}`;
      pen = value === null ? 'M' : 'L';
    });
    return path;
  };
  const middle = Math.round((fromSecond + until) / 2);
  return {
    paths: lines.map(({ name, values }) => ({ name, path: pathOf(values) })),
    values: [0, most / 2, most].map((value) => ({ y: y(value), text: axisText(value) })),
    times: [
      { x: x(fromSecond), second: fromSecond, anchor: 'start' },
      { x: x(middle), second: middle, anchor: 'middle' },
      { x: x(until), second: until, anchor: 'end' },
    ],
    marks: marks
      .filter(({ second }) => second >= fromSecond && second <= until)
      .slice(0, LETTERS.length)
      .map((mark, at) => ({ ...mark, x: x(mark.second), letter: LETTERS[at] })),
    promise: objective === null ? null : { y: y(objective), text: axisText(objective) },
  };
}
