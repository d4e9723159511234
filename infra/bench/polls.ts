/**
 * How fast the small system `polls` runs at 200 requests a second, request by request, with everything
 * on; as simulated seconds per CPU second, and as a ratio to the bare event list in the same rounds.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MM4_KERNEL } from './event-kernel.ts';
import type { FigureResult } from './figure.ts';
import { alternate, median, medianRatio } from './rounds.ts';

/** Runs `polls` for so many simulated seconds at 200 requests a second, and counts events of such a run. */
export type PollsWorld = {
  runPolls: (seed: number, simulatedSeconds: number) => { requests: number };
  countPollsEvents: (seed: number, simulatedSeconds: number) => number;
};

/** The module that exports what `PollsWorld` says. */
export const POLLS_WORLD = join(import.meta.dirname, '../../scenarios/sdk/polls-bench.ts');

/** A whole game: 20 minutes. */
const SECONDS = '1200';
/**
 * Run before it, so that the code is compiled as on a server that has played a game before: compiling takes
 * a quarter second of CPU, as much as 150 simulated seconds, and happens once in the life of a process.
 */
const WARM_UP_SECONDS = '300';

/** Runs the rounds; without the module it says so and promises nothing. */
export function benchPolls(rounds: number): FigureResult {
  if (!existsSync(POLLS_WORLD)) {
    return { lines: ['not measured: scenarios/sdk/polls-bench.ts does not exist'], gates: [] };
  }
  const script = join(import.meta.dirname, 'contenders/polls.ts');
  const polls = {
    name: 'polls at 200 requests/s',
    command: (round: number) => [process.execPath, script, String(round), SECONDS, WARM_UP_SECONDS],
  };
  const [ours, kernel] = alternate([polls, MM4_KERNEL], rounds);
  const seconds = ours.answer;
  const rate = (rates: number[]) => `${(median(rates) / 1e3).toFixed(0)} k events per CPU second`;
  return {
    lines: [
      `${ours.name}: ${seconds.toFixed(0)} simulated seconds and ${rate(ours.rates)}`,
      `the bare event list: ${rate(kernel.rates)}`,
    ],
    gates: [
      { says: 'simulated seconds per CPU second', value: seconds, atLeast: 300 },
      { says: 'model events / bare event list', value: medianRatio(ours, kernel), atLeast: 0.15 },
    ],
  };
}
