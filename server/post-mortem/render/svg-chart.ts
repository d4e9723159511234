/** A chart as SVG of its own: lines, promise, marks, axes. Colours and type come from the page's style. */
import type { PostMortemChart } from '@chaotic-good/engine/protocol/post-mortem';
import { clockAt } from '../words.ts';
import { escaped } from './html-text.ts';

const WIDTH = 360;
const HEIGHT = 168;
const LEFT = 40;
const RIGHT = 8;
const TOP = 18;
const BOTTOM = 18;
/** Letters of marks; their words stand under the chart, where they cannot run into each other. */
const LETTERS = 'ABCDEFGH';

/** A value with about three digits. */
export function axisText(value: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)}k`;
  return value >= 10 || value === 0 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}

/** The end of the value axis: the next round number. */
function roundUp(value: number): number {
  let unit = 1;
  while (unit * 10 <= value) unit *= 10;
  while (unit > value) unit /= 10;
  return [1, 2, 2.5, 5, 10].map((factor) => factor * unit).find((round) => round >= value) ?? value;
}

type Scale = { x: (second: number) => number; y: (value: number) => number; most: number; until: number };

function scaleOf({ lines, fromSecond, stepSeconds, atLeast, objective }: PostMortemChart): Scale {
  const longest = Math.max(2, ...lines.map(({ values }) => values.length));
  const until = fromSecond + (longest - 1) * stepSeconds;
  const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = roundUp(Math.max(atLeast, objective ?? 0, ...known));
  const place = (value: number) => Math.round(value * 10) / 10;
  return {
    x: (second) => place(LEFT + ((WIDTH - LEFT - RIGHT) * (second - fromSecond)) / (until - fromSecond)),
    y: (value) => place(HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * Math.max(0, value)) / most),
    most,
    until,
  };
}

/** The strokes of a line; a gap is a gap. */
function pathOf(
  values: readonly (number | null)[],
  { fromSecond, stepSeconds }: PostMortemChart,
  { x, y }: Scale,
) {
  let path = '';
  let pen = 'M';
  values.forEach((value, at) => {
    if (value !== null) path += `${pen}${x(fromSecond + at * stepSeconds)} ${y(value)}`;
    pen = value === null ? 'M' : 'L';
  });
  return path;
}

/** Marks inside the span, with their letters. */
function lettered({ marks, fromSecond }: PostMortemChart, until: number) {
  return marks
    .filter(({ second }) => second >= fromSecond && second <= until)
    .slice(0, LETTERS.length)
    .map((mark, at) => ({ ...mark, letter: LETTERS[at] }));
}

function timeAxis(chart: PostMortemChart, { x, until }: Scale, startedAtUnixMs: number): string {
  const { fromSecond } = chart;
  const middle = Math.round((fromSecond + until) / 2);
  const ends = [
    [fromSecond, 'start'],
    [middle, 'middle'],
    [until, 'end'],
  ] as const;
  return ends
    .map(([second, anchor]) => {
      const text = clockAt(startedAtUnixMs, second * 1_000_000);
      return `<text x="${x(second)}" y="${HEIGHT - 5}" text-anchor="${anchor}">${text}</text>`;
    })
    .join('');
}

function valueAxis({ x, y, most, until }: Scale, fromSecond: number): string {
  return [0, most / 2, most]
    .map((value) => {
      const at = y(value);
      const line = `<path class="grid" d="M${x(fromSecond)} ${at}H${x(until)}"/>`;
      return `${line}<text x="${LEFT - 5}" y="${at + 3.5}" text-anchor="end">${axisText(value)}</text>`;
    })
    .join('');
}

/** The chart with its title, its key and its caption, as a figure. */
export function svgChart(chart: PostMortemChart, startedAtUnixMs: number): string {
  const { title, unit, caption, lines, objective } = chart;
  const scale = scaleOf(chart);
  const marks = lettered(chart, scale.until);
  const drawn = lines.map(
    ({ values }, at) => `<path class="line s${at % 8}" d="${pathOf(values, chart, scale)}"/>`,
  );
  const promise =
    objective === null ? '' : `<path class="promise" d="M${LEFT} ${scale.y(objective)}H${WIDTH - RIGHT}"/>`;
  const standing = marks.map(({ second, letter }) => {
    const at = scale.x(second);
    const line = `<path class="mark" d="M${at} ${TOP - 4}V${HEIGHT - BOTTOM}"/>`;
    return `${line}<text class="letter" x="${at}" y="10" text-anchor="middle">${letter}</text>`;
  });
  const key = [
    ...lines.map(({ name }, at) => `<li><i class="swatch s${at % 8}"></i>${escaped(name)}</li>`),
    ...(objective === null
      ? []
      : [`<li><i class="swatch dashed"></i>promised: at most ${axisText(objective)}</li>`]),
    ...marks.map(
      ({ second, letter, label }) =>
        `<li><b>${letter}</b> ${escaped(label)} ${clockAt(startedAtUnixMs, second * 1_000_000)}</li>`,
    ),
  ];
  return (
    `<figure><figcaption><strong>${escaped(title)}</strong> <span>${escaped(unit)}</span></figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`${title}, ${unit}`)}">` +
    valueAxis(scale, chart.fromSecond) +
    timeAxis(chart, scale, startedAtUnixMs) +
    promise +
    standing.join('') +
    drawn.join('') +
    `</svg><ul class="key">${key.join('')}</ul>` +
    `${caption === '' ? '' : `<p>${escaped(caption)}</p>`}</figure>`
  );
}
