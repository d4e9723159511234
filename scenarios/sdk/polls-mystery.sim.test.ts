/**
 * The scenario against what its author claims. Method: real incidents, no mocks; every move of every drawn
 * fault is typed at its times through the console and judged by the run-on.
 */
import { expect, it } from 'vitest';
import type { GateJob, GateRecord } from './moves/gate-record.ts';
import { problemsOfRecord } from './moves/gate-record.ts';
import { runGate } from './moves/run-gate.ts';
import { SCENARIOS } from './registry.ts';

const WORKERS = 2;
const MINUTE = 60_000;

/** Jobs of seeds `first` to `last`. */
function jobs(first: number, last: number, more: Pick<GateJob, 'loadScale' | 'twice'>): GateJob[] {
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    scenario: 'polls-mystery',
    seed: String(first + at),
    forced: null,
    ...more,
  }));
}

/** What is not as authored, with the command that shows it again. */
function complaints(records: readonly GateRecord[]): string[] {
  return records.flatMap((record) => {
    const { seed, loadScale } = record.job;
    const options = `--scenario polls-mystery --seed ${seed} --load-scale ${loadScale}`;
    const again = `npm run --silent moves -- ${options}`;
    return problemsOfRecord(record).map((problem) => `${problem} (${again})`);
  });
}

it(
  'ten seeds at full load: every move is as authored, and a second run has the same hash',
  async () => {
    expect(complaints(await runGate(jobs(1, 10, { loadScale: 1, twice: true }), WORKERS))).toEqual([]);
  },
  30 * MINUTE,
);

it(
  'two hundred seeds at a tenth of the load: every move is as authored, and every instance is drawn',
  async () => {
    const records = await runGate(jobs(1, 200, { loadScale: 0.1, twice: false }), WORKERS);
    expect(complaints(records)).toEqual([]);
    const drawn = new Set(records.map(({ fault, instance }) => `${fault}/${instance}`));
    const all = SCENARIOS[0].faults.flatMap(({ id, instances }) => instances.map((one) => `${id}/${one.id}`));
    expect([...drawn].sort()).toEqual(all.sort());
  },
  30 * MINUTE,
);
