/** A process of the gate: takes jobs as messages, answers each with a record, ends when its parent does. */
import type { GateJob } from './gate-record.ts';
import type { PrehistoryCache } from './run-draw.ts';
import { runJob } from './run-job.ts';

const cache: PrehistoryCache = new Map();

process.on('message', (job: GateJob) => {
  process.send?.(runJob(job, cache));
});
