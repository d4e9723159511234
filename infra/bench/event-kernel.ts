/**
 * The event list on an M/M/4 queue, against the same loop in C++ and the fastest simulation library
 * on npm.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureResult, Gate } from './figure.ts';
import { SERVERS, erlangMeanSojourn } from './mm4-model.ts';
import { alternate, median, medianRatio } from './rounds.ts';
import type { Contender, Standing } from './rounds.ts';

const CUSTOMERS = '3000000';
/** simjs is slow; fewer customers keep the rounds of about equal length. */
const CUSTOMERS_SIMJS = '500000';
const WARM_UP = '100000';
/**
 * The library is measured at 1.3 to 1.5 M events per CPU second and C++ at 13 times that, so a ratio above 13
 * would mean an event list faster than the C++ one; half of C++ is the gate above.
 */
const LIBRARY_RATIO_MIN = 6;
/** How far the mean time in the system may be from Erlang's formula. */
const ANSWER_TOLERANCE = 0.03;

/** Our event list alone, the measure for whole worlds too. */
export const MM4_KERNEL: Contender = script('our event list', 'mm4-kernel.ts', CUSTOMERS);

/** Runs the rounds and checks every answer. */
export function benchEventKernel(rounds: number): FigureResult {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const reference = compileReference(folder);
    const contenders = [
      ...(reference ? [reference] : []),
      MM4_KERNEL,
      script('simjs 2.0.3', 'mm4-simjs.ts', CUSTOMERS_SIMJS),
    ];
    const standings = alternate(contenders, rounds);
    return { lines: describe(standings, reference !== undefined), gates: gatesOf(standings) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The C++ contender, when a compiler is at hand. */
function compileReference(folder: string): Contender | undefined {
  if (spawnSync('g++', ['--version']).status !== 0) return undefined;
  const program = join(folder, 'mm4');
  execFileSync('g++', ['-O2', '-o', program, join(import.meta.dirname, 'contenders/mm4.cc')]);
  return {
    name: 'C++ std::priority_queue -O2',
    command: (round) => [program, String(round), CUSTOMERS, WARM_UP],
  };
}

function script(name: string, file: string, customers: string): Contender {
  const path = join(import.meta.dirname, 'contenders', file);
  return { name, command: (round) => [process.execPath, path, String(round), customers, WARM_UP] };
}

function describe(standings: readonly Standing[], hasReference: boolean): string[] {
  const expected = erlangMeanSojourn(SERVERS, 3.6);
  return [
    ...standings.map(({ name, rates, answer }) => {
      const millions = (median(rates) / 1e6).toFixed(2);
      const off = (100 * (answer / expected - 1)).toFixed(2);
      const rate = `${name.padEnd(28)} ${millions.padStart(6)} M events per CPU second`;
      return `${rate}, mean ${answer.toFixed(4)} (${off} %)`;
    }),
    `Erlang C says a mean of ${expected.toFixed(4)} service times in the system`,
    ...(hasReference ? [] : ['no g++ here, so no C++ reference: install g++ for that ratio']),
  ];
}

function gatesOf(standings: readonly Standing[]): Gate[] {
  const expected = erlangMeanSojourn(SERVERS, 3.6);
  const find = (start: string) => standings.find(({ name }) => name.startsWith(start));
  const [reference, ours, library] = [find('C++'), find('our'), find('simjs')];
  const answers = standings.map(({ name, answer }) => ({
    says: `${name} answers within ${ANSWER_TOLERANCE * 100} % of Erlang C`,
    value: 1 - Math.abs(answer / expected - 1),
    atLeast: 1 - ANSWER_TOLERANCE,
  }));
  return [
    ...answers,
    ...(reference && ours ? [{ says: 'ours / C++', value: medianRatio(ours, reference), atLeast: 0.5 }] : []),
    ...(library && ours
      ? [{ says: 'ours / simjs', value: medianRatio(ours, library), atLeast: LIBRARY_RATIO_MIN }]
      : []),
  ];
}
