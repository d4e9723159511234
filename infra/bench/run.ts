/**
 * `npm run bench [-- FIGURE…]`: runs the figures, prints them with the load of the machine, and exits
 * with 1 when a gate is missed.
 */
import { benchEventKernel } from './event-kernel.ts';
import { holds, printGate } from './figure.ts';
import type { FigureResult } from './figure.ts';
import { benchPolls } from './polls.ts';
import { benchSpectators } from './spectators.ts';
import { loadLine } from './rounds.ts';
import { benchTheory } from './theory.ts';
import { benchWire } from './wire.ts';

const ROUNDS = 5;

const FIGURES: Readonly<Record<string, (rounds: number) => FigureResult>> = {
  polls: benchPolls,
  'event-kernel': benchEventKernel,
  wire: benchWire,
  spectators: benchSpectators,
  theory: benchTheory,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in FIGURES));
if (unknown.length > 0) {
  console.error(`no figure ${unknown.join(', ')}; there are ${Object.keys(FIGURES).join(', ')}`);
  process.exit(2);
}

let missed = 0;
for (const name of wanted.length > 0 ? wanted : Object.keys(FIGURES)) {
  console.log(`\n${name}: at most ${ROUNDS} alternating rounds, medians; ${loadLine()}`);
  const { lines, gates } = FIGURES[name](ROUNDS);
  for (const line of [...lines, ...gates.map(printGate)]) console.log(`  ${line}`);
  console.log(`  ${loadLine()} at the end`);
  missed += gates.filter((gate) => !holds(gate)).length;
}
process.exitCode = missed > 0 ? 1 : 0;
