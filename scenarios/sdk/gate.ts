/**
 * `npm run --silent sim:full`: every move of 200 seeds at full load, each run twice, over worker processes;
 * takes hours, can be stopped and taken up again, and ends in a table.
 */
import { parseArgs } from 'node:util';
import { drawOf } from './moves/run-draw.ts';
import { jobName, problemsOfRecord } from './moves/gate-record.ts';
import type { GateJob } from './moves/gate-record.ts';
import { openGateStore } from './moves/gate-store.ts';
import { gateTable } from './moves/gate-table.ts';
import { runGate } from './moves/run-gate.ts';
import { loadScaleOf, scenarioOf } from './sim-options.ts';
import { UsageError, unknownWord } from './usage-error.ts';

const HELP = `npm run --silent sim:full -- [options]   runs every authored move of many seeds

  --scenario ID      which scenario (default polls-mystery)
  --seeds N          seeds 1 to N (default 200)
  --first N          first seed (default 1)
  --faults A,B       only seeds that draw one of these
  --load-scale N     share of the load, 0.01 to 1 (default 1)
  --once             runs each move once; without it twice, comparing hashes
  --workers N        processes (default 2)
  --out FILE         where records are kept, to be taken up again (default .cache/sim-full.jsonl)
`;

const OPTIONS = {
  scenario: { type: 'string', default: 'polls-mystery' },
  seeds: { type: 'string', default: '200' },
  first: { type: 'string', default: '1' },
  faults: { type: 'string' },
  'load-scale': { type: 'string', default: '1' },
  once: { type: 'boolean', default: false },
  workers: { type: 'string', default: '2' },
  out: { type: 'string', default: '.cache/sim-full.jsonl' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof readValues>;

function readValues(argv: string[]) {
  return parseArgs({ args: argv, options: OPTIONS }).values;
}

/** A whole number of at least 1. */
function countOf(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError(`--${name} ${text}: a whole number of at least 1`);
}

function jobsOf(values: Values): GateJob[] {
  const subject = scenarioOf(values.scenario);
  const known = subject.scenario.faults.map(({ id }) => id);
  const faults = values.faults?.split(',') ?? known;
  for (const fault of faults) if (!known.includes(fault)) throw unknownWord('fault', fault, known);
  const loadScale = loadScaleOf(values['load-scale']);
  const first = countOf('first', values.first);
  const seeds = Array.from({ length: countOf('seeds', values.seeds) }, (_, at) => String(first + at));
  return seeds
    .filter((seed) => faults.includes(drawOf({ subject, seed, loadScale }).fault))
    .map((seed) => ({ scenario: values.scenario, seed, forced: null, loadScale, twice: !values.once }));
}

/** Tells on standard error how far it is. */
function progress(total: number, before: number) {
  const began = performance.now();
  let done = 0;
  let problems = 0;
  return (wrong: number) => {
    done++;
    problems += wrong;
    const left = total - before - done;
    const minutes = Math.ceil(((performance.now() - began) / done / 60_000) * left);
    const line = `${before + done} of ${total} seeds, ${problems} not as authored, about ${minutes} min left`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}   ` : `${line}\n`);
  };
}

async function main(argv: string[]): Promise<number> {
  const values = readValues(argv);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const jobs = jobsOf(values);
  const store = openGateStore(values.out);
  const old = jobs.flatMap((job) => store.known.get(jobName(job)) ?? []);
  const left = jobs.filter((job) => !store.known.has(jobName(job)));
  const tell = progress(jobs.length, old.length);
  const fresh = await runGate(left, countOf('workers', values.workers), (record) => {
    store.add(record);
    tell(problemsOfRecord(record).length);
  });
  const records = [...old, ...fresh];
  process.stdout.write(gateTable(records));
  return records.some((record) => problemsOfRecord(record).length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`sim:full: ${error.message}\n`);
  process.exitCode = 2;
}
