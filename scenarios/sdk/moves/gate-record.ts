/** One draw of one seed with all its moves, as the gate keeps it: plain data, one line of JSON. */
import type { JudgedRun } from './judge-runs.ts';

/** What a worker is asked for. */
export type GateJob = {
  /** Id of the scenario. */
  scenario: string;
  /** The seed as typed. */
  seed: string;
  /** A choice in place of chance, or null. */
  forced: { fault: string; instance: string } | null;
  /** Share of the load. */
  loadScale: number;
  /** Whether each move is run again from the beginning. */
  twice: boolean;
};

/** What a worker answers. */
export type GateRecord = {
  /** What was asked. */
  job: GateJob;
  /** What was drawn. */
  fault: string;
  instance: string;
  /** Every move. */
  runs: JudgedRun[];
  /** Moves whose second run has another hash. */
  hashMismatches: string[];
};

/** Names a job; equal jobs have equal names. */
export function jobName(job: GateJob): string {
  const draw = job.forced === null ? 'drawn' : `${job.forced.fault}/${job.forced.instance}`;
  return `${job.scenario} ${job.seed} ${draw} ${job.loadScale} ${job.twice ? 'twice' : 'once'}`;
}

/** Everything that is not as authored, in words. */
export function problemsOfRecord({ job, fault, instance, runs, hashMismatches }: GateRecord): string[] {
  const where = `seed ${job.seed} ${fault}/${instance}`;
  return [
    ...runs.flatMap(({ kind, id, problems }) =>
      problems.map((problem) => `${where} ${kind} ${id}: ${problem}`),
    ),
    ...hashMismatches.map((id) => `${where} ${id}: two runs have two hashes`),
  ];
}
