/**
 * A process to be killed: `node append-until-killed.ts FOLDER ID`. Opens or begins the journal and appends
 * commands without end, several at a time; prints `ack SEQ` when one is durable, `ready` at the start.
 */
import { writeSync } from 'node:fs';
import { FileJournalStore } from '../file-journal-store.ts';
import { sampleCommand, sampleHeader, sampleMark } from './sample-records.ts';

const [folder, incidentId] = process.argv.slice(2);
const store = await FileJournalStore.open({ folder, newGameFreeBytes: 0, ballastBytes: 0 });
const known = await store.list();
const journal = known.includes(incidentId)
  ? await store.open(incidentId)
  : await store.create(incidentId, sampleHeader(incidentId));
let seq = 0;
for await (const { record } of journal.read()) if (record.type === 'command') seq = record.seq;
writeSync(1, 'ready\n');

/** One command and a mark that nobody waits for, as a room does it. */
async function appendOne(): Promise<void> {
  const record = sampleCommand(++seq, 'x'.repeat((seq * 37) % 1500));
  void journal.append([sampleMark(record.atMicros / 1_000_000)]).catch(() => undefined);
  await journal.append([record]);
  writeSync(1, `ack ${record.seq}\n`);
}

for (;;) await Promise.all(Array.from({ length: 1 + (seq % 5) }, appendOne));
