/**
 * Alternating rounds: A B C, A B C, …, each run in a process of its own, CPU time counted inside it.
 *
 * Why   The machine is shared, so a figure means something only as a ratio to a reference that ran in
 *       the same minute. Ratios are taken within a round and the median round counts.
 */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import type { Measured } from './contenders/contender.ts';

/** One program that does the work of a figure; `run` answers with what its process printed. */
export type Contender = {
  name: string;
  /** The process for a round; rounds count from 1 and serve as seeds. */
  command: (round: number) => readonly string[];
};

/** What one contender did in all rounds. */
export type Standing = {
  name: string;
  /** Events per CPU second, one entry a round. */
  rates: number[];
  /** Mean of the answers of all rounds. */
  answer: number;
};

/** Runs every contender once a round, one after the other. */
export function alternate(contenders: readonly Contender[], rounds: number): Standing[] {
  const measured = contenders.map((): Measured[] => []);
  for (let round = 1; round <= rounds; round++) {
    contenders.forEach(({ command }, index) => {
      const [program, ...args] = command(round);
      measured[index].push(JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as Measured);
    });
  }
  return contenders.map(({ name }, index) => ({
    name,
    rates: measured[index].map(({ events, cpuSeconds }) => events / cpuSeconds),
    answer: measured[index].reduce((sum, { answer }) => sum + answer, 0) / rounds,
  }));
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median over rounds of how many times faster `a` was than `b` in the same round. */
export function medianRatio(a: Standing, b: Standing): number {
  return median(a.rates.map((rate, round) => rate / b.rates[round]));
}

/** The load of the machine, to be printed beside every figure. */
export function loadLine(): string {
  return `load average ${loadavg()
    .map((load) => load.toFixed(2))
    .join(' ')}`;
}
