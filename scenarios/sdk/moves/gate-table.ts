/** The table of the gate: for each move of each instance, how it went over all seeds. */
import { problemsOfRecord } from './gate-record.ts';
import type { GateRecord } from './gate-record.ts';
import type { JudgedRun } from './judge-runs.ts';
import { textTable } from './text-table.ts';

const HEAD = [
  'fault/instance',
  'kind',
  'move',
  'runs',
  'recovered',
  'as authored',
  'classes',
  '× nobody',
  '× golden',
  'hashes differ',
];

/** Runs of one move of one instance over seeds. */
type Row = { draw: string; kind: string; id: string; runs: JudgedRun[]; mismatches: number };

function rowsOf(records: readonly GateRecord[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { fault, instance, runs, hashMismatches } of records) {
    for (const run of runs) {
      const key = `${fault}/${instance} ${run.kind} ${run.id}`;
      const row = rows.get(key) ?? {
        draw: `${fault}/${instance}`,
        kind: run.kind,
        id: run.id,
        runs: [],
        mismatches: 0,
      };
      row.runs.push(run);
      if (hashMismatches.includes(run.id)) row.mismatches++;
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** Least, middle and largest of ratios. */
function spread(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return '–';
  const middle = known[known.length >> 1];
  return [known[0], middle, known[known.length - 1]].map((value) => value.toFixed(2)).join(' / ');
}

function classes(runs: readonly JudgedRun[]): string {
  const counts = new Map<string, number>();
  for (const { recovery } of runs) counts.set(recovery, (counts.get(recovery) ?? 0) + 1);
  return [...counts].map(([recovery, count]) => `${recovery} ${count}`).join(', ');
}

/** The table, then everything that is not as authored. */
export function gateTable(records: readonly GateRecord[]): string {
  const sorted = [...records].sort((a, b) => {
    const [left, right] = [`${a.fault}/${a.instance}`, `${b.fault}/${b.instance}`];
    return left < right ? -1 : left > right ? 1 : Number(a.job.seed) - Number(b.job.seed) || 0;
  });
  const rows = rowsOf(sorted).map(({ draw, kind, id, runs, mismatches }) => [
    draw,
    kind,
    id,
    String(runs.length),
    String(runs.filter(({ recovered }) => recovered).length),
    String(runs.filter(({ problems }) => problems.length === 0).length),
    classes(runs),
    spread(runs.map(({ toDoNothing }) => toDoNothing)),
    spread(runs.map(({ toGolden }) => toGolden)),
    String(mismatches),
  ]);
  const problems = sorted.flatMap(problemsOfRecord);
  return `${textTable(HEAD, rows)}\n${problems.map((problem) => `${problem}\n`).join('')}`;
}
