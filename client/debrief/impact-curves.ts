/** The curves of the debrief as charts: lost so far, and how bad each second was. */
import type { DebriefCurve } from '@chaotic-good/engine/protocol/debrief';
import type { ChartLine } from '../charts/chart-data.ts';

/** Names and colours of the runs, in the order of the debrief; bound to the run. */
const RUNS: readonly [title: string, color: number][] = [
  ['You', 0],
  ['Nobody acts', 5],
  ['Best known script', 2],
];

function runOf(name: string, at: number): [string, number] {
  return RUNS[at] ?? [name, at];
}

/** Seconds that all curves have. */
export function curveSeconds(curves: readonly DebriefCurve[]): number[] {
  const length = Math.max(0, ...curves.map(({ values }) => values.length));
  return Array.from({ length }, (_none, second) => second);
}

/** What was lost up to each second, as seconds of a total outage. */
export function lostSoFar(curves: readonly DebriefCurve[]): ChartLine[] {
  return curves.map(({ name, values }, at) => {
    const [title, color] = runOf(name, at);
    let lost = 0;
    return { name: title, color, values: values.map((value) => (lost += value)) };
  });
}

/** How bad each second was, per cent. */
export function badNow(curves: readonly DebriefCurve[]): ChartLine[] {
  return curves.map(({ name, values }, at) => {
    const [title, color] = runOf(name, at);
    return { name: title, color, values: values.map((value) => 100 * value) };
  });
}
