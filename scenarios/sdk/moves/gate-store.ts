/**
 * Records of the gate in a file, a line each, so that a run of hours can be taken up again. A file of other
 * sources is begun anew: its records say nothing about these.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { jobName } from './gate-record.ts';
import type { GateRecord } from './gate-record.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** What decides how a run goes. */
const SOURCES = ['engine', 'scenarios/systems', 'scenarios/library', 'scenarios/sdk/moves'];

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.ts') && !path.endsWith('.test.ts') ? [path] : [];
  });
}

/** A hash of all sources that decide how a run goes. */
function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((folder) => filesBelow(join(ROOT, folder))).sort()) {
    hash.update(`${path.slice(ROOT.length)}\n`).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}

/** A file of records. */
export type GateStore = {
  /** What it held when it was opened, by name of the job. */
  known: Map<string, GateRecord>;
  /** Adds a record. */
  add: (record: GateRecord) => void;
};

/** Opens a file, or begins it. */
export function openGateStore(file: string): GateStore {
  const sources = sourcesHash();
  const header = JSON.stringify({ sources });
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const known = new Map<string, GateRecord>();
  if (lines[0] === header) {
    // The last line may be torn; what does not end in a line end is not read.
    for (const line of lines.slice(1, -1)) {
      const record = JSON.parse(line) as GateRecord;
      known.set(jobName(record.job), record);
    }
  }
  mkdirSync(dirname(file), { recursive: true });
  const kept = [header, ...[...known.values()].map((record) => JSON.stringify(record))];
  writeFileSync(file, `${kept.join('\n')}\n`);
  return { known, add: (record) => appendFileSync(file, `${JSON.stringify(record)}\n`) };
}
