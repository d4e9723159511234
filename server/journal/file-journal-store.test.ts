/** The files beside each other: extent, lock, room, what a crash leaves. */
import {
  appendFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FileJournalStore } from './file-journal-store.ts';
import type { FileJournalStoreOptions } from './file-journal-store.ts';
import type { Journal } from './journal.ts';
import { createFaultyDisk } from './testing/faulty-file.ts';
import { sampleCommand, sampleHeader } from './testing/sample-records.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

// Disks of busy machines can take seconds.
vi.setConfig({ testTimeout: 60_000 });

function openStore(
  folder: string,
  options: Partial<FileJournalStoreOptions> = {},
): Promise<FileJournalStore> {
  return FileJournalStore.open({ folder, newGameFreeBytes: 0, ballastBytes: 0, ...options });
}

/** The numbers of the commands in a journal. */
async function seqsOf(journal: Journal): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { record } of journal.read()) if (record.type === 'command') seqs.push(record.seq);
  return seqs;
}

/** A folder with one closed journal of ten commands. */
async function withTen(test: (folder: string, path: string) => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const store = await openStore(folder);
    const journal = await store.create('A', sampleHeader());
    for (let seq = 1; seq <= 10; seq++) await journal.append([sampleCommand(seq)]);
    await store.close();
    await test(folder, join(folder, 'A.journal'));
  });
}

it('drops a torn tail once, and goes on behind it', () =>
  withTen(async (folder, path) => {
    const whole = statSync(path).size;
    appendFileSync(path, readFileSync(path).subarray(8, 38));
    const store = await openStore(folder);
    const journal = await store.open('A');
    expect(statSync(path).size).toBe(whole);
    await journal.append([sampleCommand(11)]);
    expect(await seqsOf(journal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    await store.close();
  }));

it('refuses a journal that lost its acknowledged end, and leaves it as it is', () =>
  withTen(async (folder, path) => {
    const before = readFileSync(path);
    const last = statSync(path).size - 1;
    truncateSync(path, last);
    const store = await openStore(folder);
    await expect(store.open('A')).rejects.toMatchObject({
      code: 'damaged',
      kind: 'cut-short',
      recordNumber: 10,
    });
    expect(readFileSync(path).equals(before.subarray(0, last))).toBe(true);
    // Whoever brings a partial backup back says so by leaving the extent out.
    rmSync(join(folder, 'A.acked'));
    const journal = await store.open('A');
    expect(await seqsOf(journal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await store.close();
  }));

it('tells damage that comes while it is open when it reads', () =>
  withTen(async (folder, path) => {
    const store = await openStore(folder);
    const journal = await store.open('A');
    const bytes = readFileSync(path);
    bytes[bytes.length - 20] ^= 4;
    writeFileSync(path, bytes);
    await expect(seqsOf(journal)).rejects.toMatchObject({ code: 'damaged', kind: 'altered' });
    await store.close();
  }));

it('ignores a damaged extent', () =>
  withTen(async (folder) => {
    writeFileSync(join(folder, 'A.acked'), Buffer.alloc(28, 7));
    const store = await openStore(folder);
    expect(await seqsOf(await store.open('A'))).toHaveLength(10);
    await store.close();
  }));

it('keeps a journal from another writer of the file', () =>
  withTen(async (folder, path) => {
    const store = await openStore(folder);
    const journal = await store.open('A');
    appendFileSync(path, 'x');
    await expect(journal.append([sampleCommand(11)])).rejects.toMatchObject({ code: 'fenced' });
    await expect(journal.append([sampleCommand(12)])).rejects.toMatchObject({ code: 'poisoned' });
    await store.close();
  }));

it('removes what was never begun', () =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, 'A.journal.new'), 'CGJR');
    const store = await openStore(folder);
    expect(await store.list()).toEqual([]);
    expect(existsSync(join(folder, 'A.journal.new'))).toBe(false);
    await store.close();
  }));

it('syncs once for all appends of a moment', () =>
  withTemporaryFolder(async (folder) => {
    const disk = createFaultyDisk();
    const store = await openStore(folder, { openFile: disk.openFile });
    const journal = await store.create('A', sampleHeader());
    await Promise.all(Array.from({ length: 100 }, (_, at) => journal.append([sampleCommand(at + 1)])));
    expect(disk.syncs).toBe(1);
    await store.close();
  }));

it('refuses new games when little room is left, and lets the old ones go on', () =>
  withTen(async (folder) => {
    const store = await openStore(folder, { newGameFreeBytes: 500e6, measureFreeBytes: async () => 499e6 });
    expect(await store.mayCreate()).toBe(false);
    await expect(store.create('B', sampleHeader('B'))).rejects.toMatchObject({
      code: 'low-space',
      message: 'No new game: less than 500 MB of disk are free. Free some space.',
    });
    await (await store.open('A')).append([sampleCommand(11)]);
    await store.close();
  }));

it('gives the ballast up when the disk is full, and lays it again when there is room', () =>
  withTemporaryFolder(async (folder) => {
    const disk = createFaultyDisk();
    const ballast = join(folder, 'ballast');
    const options = { ballastBytes: 3_000_000, openFile: disk.openFile };
    const store = await openStore(folder, options);
    const journal = await store.create('A', sampleHeader());
    await journal.append([sampleCommand(1)]);
    disk.fault = { on: 'append', code: 'ENOSPC', bytesBefore: 50 };
    await expect(journal.append([sampleCommand(2)])).rejects.toMatchObject({
      code: 'disk-full',
      message: 'Could not write the journal of A: the disk is full. Free some space.',
    });
    await journal.close();
    await store.close();
    expect(existsSync(ballast)).toBe(false);

    const later = await openStore(folder, options);
    const again = await later.open('A');
    expect(await seqsOf(again)).toEqual([1]);
    await again.append([sampleCommand(2)]);
    await later.close();
    expect(statSync(ballast).size).toBe(3_000_000);
  }));
