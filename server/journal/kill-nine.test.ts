/**
 * Kill -9 at random moments: what was acknowledged is there, once.
 *
 * Method   A real process appends without end and prints each command that is durable. It is killed after a
 *          random number of acknowledgements and some microseconds; then the journal is read here, and the
 *          next process goes on with it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FileJournalStore } from './file-journal-store.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

const KILLS = 20;

/** Runs the process and kills it after so many acknowledgements; answers with the numbers it printed. */
async function ackedUntilKilled(folder: string, acks: number): Promise<number[]> {
  const script = join(import.meta.dirname, 'testing/append-until-killed.ts');
  const child = spawn(process.execPath, [script, folder, 'A'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.split('\nack ').length > acks && !child.killed) child.kill('SIGKILL');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBeNull();
  return [...said.matchAll(/^ack (\d+)$/gm)].map(([, seq]) => Number(seq));
}

/** The numbers of all commands in the journal, as the next process finds them. */
async function seqsIn(folder: string): Promise<number[]> {
  const store = await FileJournalStore.open({ folder, newGameFreeBytes: 0, ballastBytes: 0 });
  const seqs: number[] = [];
  if ((await store.list()).includes('A')) {
    const journal = await store.open('A');
    for await (const { record } of journal.read()) if (record.type === 'command') seqs.push(record.seq);
  }
  await store.close();
  return seqs;
}

it('20 kills lose no acknowledged command and double none', { timeout: 120_000 }, () =>
  withTemporaryFolder(async (folder) => {
    const acked = new Set<number>();
    let found: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      // Test code may use chance: whichever moment it is, the promise holds.
      for (const seq of await ackedUntilKilled(folder, Math.floor(Math.random() * 60))) acked.add(seq);
      found = await seqsIn(folder);
      const lost = [...acked].filter((seq) => !found.includes(seq));
      expect(lost).toEqual([]);
      expect(found).toEqual(found.map((_, at) => at + 1));
    }
    expect(acked.size).toBeGreaterThan(KILLS);
  }),
);
