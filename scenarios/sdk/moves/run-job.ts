/** Does one job of the gate. */
import { findScenario } from '../registry.ts';
import { authoredMoves } from './authored-moves.ts';
import type { GateJob, GateRecord } from './gate-record.ts';
import { judgeRuns } from './judge-runs.ts';
import { drawOf, runDraw, runDrawApart } from './run-draw.ts';
import type { PrehistoryCache } from './run-draw.ts';

/**
 * Runs every move of a draw, with `twice` once more without any snapshot, and judges.
 *
 * @throws Error when there is no such scenario.
 */
export function runJob(job: GateJob, cache: PrehistoryCache): GateRecord {
  const subject = findScenario(job.scenario);
  if (subject === undefined) throw new Error(`no scenario ${job.scenario}`);
  const { seed, loadScale } = job;
  const draw = { subject, seed, loadScale, forced: job.forced ?? undefined };
  const { fault, instance } = drawOf(draw);
  const runs = runDraw(draw, cache);
  const again = job.twice ? runDrawApart(draw, cache) : runs;
  const hashMismatches = runs.filter((run, at) => run.hash !== again[at].hash).map(({ id }) => id);
  const moves = authoredMoves(subject.scenario, { fault, instance });
  return { job, fault, instance, runs: judgeRuns(runs, moves), hashMismatches };
}
