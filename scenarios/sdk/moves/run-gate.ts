/** Runs jobs of the gate over worker processes; answers come in the order in which they end. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import type { GateJob, GateRecord } from './gate-record.ts';

const WORKER = `${import.meta.dirname}/gate-worker.ts`;

/** Jobs of one prehistory stand together, so that each worker builds few of them. */
function byVariant(jobs: readonly GateJob[]): GateJob[] {
  const keyed = jobs.map((job, at) => ({ job, at, variant: drawVariant(seedFromText(job.seed)) }));
  keyed.sort((a, b) => a.variant - b.variant || a.at - b.at);
  return keyed.map(({ job }) => job);
}

/** One worker takes jobs until none is left. */
function work(worker: ChildProcess, take: () => GateJob | undefined, done: (record: GateRecord) => void) {
  return new Promise<void>((resolve, reject) => {
    const next = () => {
      const job = take();
      if (job !== undefined) worker.send(job);
      else {
        worker.disconnect();
        resolve();
      }
    };
    worker.on('message', (record: GateRecord) => {
      done(record);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`a worker of the gate ended with ${code}`));
    });
    next();
  });
}

/** Runs the jobs; `onRecord` sees each record as it comes. */
export async function runGate(
  jobs: readonly GateJob[],
  workers: number,
  onRecord: (record: GateRecord) => void = () => {},
): Promise<GateRecord[]> {
  const left = byVariant(jobs);
  const records: GateRecord[] = [];
  const done = (record: GateRecord) => {
    records.push(record);
    onRecord(record);
  };
  const forked = Array.from({ length: Math.min(workers, left.length) }, () => fork(WORKER, { execArgv: [] }));
  try {
    await Promise.all(forked.map((worker) => work(worker, () => left.shift(), done)));
  } finally {
    for (const worker of forked) worker.kill();
  }
  return records;
}
