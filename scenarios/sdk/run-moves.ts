/**
 * `npm run --silent moves -- --scenario polls-mystery --seed 7 [--every-draw]`: runs every authored move and
 * prints a row for each, for calibration.
 */
import { parseArgs } from 'node:util';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import { authoredMoves } from './moves/authored-moves.ts';
import { judgeRuns } from './moves/judge-runs.ts';
import type { JudgedRun } from './moves/judge-runs.ts';
import { drawOf, runDraw, runDrawApart } from './moves/run-draw.ts';
import type { DrawToRun, PrehistoryCache } from './moves/run-draw.ts';
import { textTable } from './moves/text-table.ts';
import { forcedOf, loadScaleOf, scenarioOf, seedOf } from './sim-options.ts';
import type { ScenarioWithSystem } from './registry.ts';
import { UsageError } from './usage-error.ts';

const HELP = `npm run --silent moves -- --scenario ID [options]     runs every authored move, a row for each

  --scenario ID               which scenario
  --seed TEXT                 seed (default 7); several with commas, or a range such as 1-5
  --fault ID --instance ID    takes these in place of what the seed draws
  --every-draw                every fault and instance in turn
  --move TEXT                 only moves whose id holds this, besides do-nothing and golden
  --load-scale N              share of the load, 0.01 to 1 (default 1)
  --twice                     runs each again from the beginning and compares hashes

Under the rows stands why a move is not as authored. A curve
shows how badly users are hurt, a digit for 20 seconds from time 0: . = not at all, 9 = entirely.
`;

const OPTIONS = {
  scenario: { type: 'string' },
  seed: { type: 'string', default: '7' },
  fault: { type: 'string' },
  instance: { type: 'string' },
  'every-draw': { type: 'boolean', default: false },
  move: { type: 'string' },
  'load-scale': { type: 'string', default: '1' },
  twice: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const HEAD = [
  'seed',
  'draw',
  'kind',
  'move',
  'ok',
  'class',
  'rec',
  'rel',
  'impact',
  '×none',
  '×gold',
  'broke',
  'curve',
];

/** Seeds as written: `7`, `1,2,9` or `1-5`. */
function seedsOf(text: string): string[] {
  return text.split(',').flatMap((part) => {
    const range = /^(\d+)-(\d+)$/.exec(part);
    if (range === null) return [seedOf(part)];
    const [first, last] = [Number(range[1]), Number(range[2])];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => String(first + at));
  });
}

function drawsOf({ scenario }: ScenarioWithSystem): ForcedDraw[] {
  return scenario.faults.flatMap((choice) =>
    choice.instances.map((instance) => ({ fault: choice.id, instance: instance.id })),
  );
}

function cells(seed: string, draw: string, run: JudgedRun, sameHash: boolean): string[] {
  const number = (value: number | null) => value?.toFixed(2) ?? '–';
  const { kind, id, recovery, recoveredAfterSeconds, relapsedAfterSeconds, impact, curve } = run;
  const ok = !sameHash ? 'HASH' : run.problems.length === 0 ? 'ok' : 'NO';
  const seconds = (value: number) => (value < 0 ? '–' : String(value));
  return [
    seed,
    draw,
    kind,
    id,
    ok,
    recovery,
    seconds(recoveredAfterSeconds),
    seconds(relapsedAfterSeconds),
    impact.toFixed(1),
    number(run.toDoNothing),
    number(run.toGolden),
    run.brokenInvariants.join(','),
    curve,
  ];
}

/** Runs one draw and prints its rows; the answer is whether all is as authored. */
function printDraw(draw: DrawToRun, cache: PrehistoryCache, twice: boolean): boolean {
  const drawn = drawOf(draw);
  const moves = authoredMoves(draw.subject.scenario, drawn).filter(draw.only ?? (() => true));
  const runs = judgeRuns(runDraw(draw, cache), moves);
  const again = twice ? runDrawApart(draw, cache) : runs;
  const name = `${drawn.fault}/${drawn.instance}`;
  const rows = runs.map((run, at) => cells(draw.seed, name, run, run.hash === again[at].hash));
  process.stdout.write(textTable(HEAD, rows));
  for (const { kind, id, problems } of runs) {
    for (const problem of problems) process.stdout.write(`    ${kind} ${id}: ${problem}\n`);
  }
  process.stdout.write('\n');
  return rows.every((row) => row[4] === 'ok');
}

function main(argv: string[]): number {
  const { values } = parseArgs({ args: argv, options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const subject = scenarioOf(values.scenario);
  const forced = forcedOf(subject, values.fault, values.instance);
  const draws = values['every-draw'] ? drawsOf(subject) : [forced];
  const part = values.move;
  const cache: PrehistoryCache = new Map();
  let allGood = true;
  for (const seed of seedsOf(values.seed)) {
    for (const one of draws) {
      const draw: DrawToRun = {
        subject,
        seed,
        forced: one,
        loadScale: loadScaleOf(values['load-scale']),
        only: ({ kind, id }) =>
          part === undefined || kind === 'do-nothing' || kind === 'golden' || id.includes(part),
      };
      allGood = printDraw(draw, cache, values.twice) && allGood;
    }
  }
  return allGood ? 0 : 1;
}

if (import.meta.main) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`moves: ${error.message}\n`);
    process.exitCode = 2;
  }
}
