/** What every journal adapter promises. A new adapter adds one entry to ADAPTERS. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import { FileJournalStore } from './file-journal-store.ts';
import type { Journal, JournalEntry, JournalStore } from './journal.ts';
import { StoreError } from './store-error.ts';
import type { StoreErrorCode } from './store-error.ts';
import { createFaultyDisk } from './testing/faulty-file.ts';
import { sampleCommand, sampleHeader, sampleMark } from './testing/sample-records.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

// Disks of busy machines can take seconds.
vi.setConfig({ testTimeout: 60_000 });

/** An adapter on an empty place of its own. */
type Place = {
  /** Opens the place; a second time, after `close`, it is the same place. */
  open: () => Promise<JournalStore>;
  /** Makes the next write fail half-way, or the next sync. */
  breakNext: (on: 'append' | 'sync') => void;
};

/** An adapter under test. */
type Adapter = { name: string; with: (test: (place: Place) => Promise<void>) => Promise<void> };

const ADAPTERS: Adapter[] = [
  {
    name: 'files',
    with: (test) =>
      withTemporaryFolder(async (folder) => {
        const disk = createFaultyDisk();
        const { openFile } = disk;
        await test({
          open: () => FileJournalStore.open({ folder, newGameFreeBytes: 0, ballastBytes: 0, openFile }),
          breakNext: (on) => {
            disk.fault = on === 'sync' ? { on, code: 'EIO' } : { on, code: 'ENOSPC', bytesBefore: 41 };
          },
        });
      }),
  },
];

async function entriesOf(journal: Journal, from?: number): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const entry of journal.read(from)) entries.push(entry);
  return entries;
}

async function recordsOf(journal: Journal): Promise<JournalRecord[]> {
  return (await entriesOf(journal)).map(({ record }) => record);
}

/** The code with which something is refused. */
async function refusal(action: Promise<unknown>): Promise<StoreErrorCode | 'none'> {
  try {
    await action;
    return 'none';
  } catch (failure) {
    if (failure instanceof StoreError) return failure.code;
    throw failure;
  }
}

describe.each(ADAPTERS)('a journal in $name', (adapter) => {
  it('gives back what was appended, in order, now and after it was opened again', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      await journal.append([sampleCommand(1), sampleCommand(2)]);
      const last = await journal.append([sampleMark(1)]);
      const written = [sampleHeader(), sampleCommand(1), sampleCommand(2), sampleMark(1)];
      expect(await recordsOf(journal)).toEqual(written);
      expect(journal.position).toEqual(last);
      await store.close();

      const later = await place.open();
      const again = await later.open('A');
      expect(again.header).toEqual(sampleHeader());
      expect(again.position).toEqual(last);
      const entries = await entriesOf(again);
      expect(entries.map(({ record }) => record)).toEqual(written);
      expect(entries.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
      expect(new Set(entries.map(({ hash }) => hash)).size).toBe(4);
      expect(entries.at(-1)).toMatchObject(last);
      expect(await entriesOf(again, 2)).toEqual(entries.slice(2));
      await later.close();
    }));

  it('goes on where it stopped, each opening with a higher epoch', () =>
    adapter.with(async (place) => {
      const epochs: number[] = [];
      for (let round = 1; round <= 4; round++) {
        const store = await place.open();
        const journal = round === 1 ? await store.create('A', sampleHeader()) : await store.open('A');
        // An opening that writes nothing is nothing to tell apart later.
        if (round !== 3) await journal.append([sampleCommand(round)]);
        epochs.push(journal.epoch);
        await store.close();
      }
      const store = await place.open();
      const entries = await entriesOf(await store.open('A'));
      expect(entries.map(({ record }) => (record.type === 'command' ? record.seq : 0))).toEqual([0, 1, 2, 4]);
      for (const { epoch } of entries) expect(epochs).toContain(epoch);
      const found = entries.map(({ epoch }) => epoch);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(new Set(found).size).toBe(3);
      await store.close();
    }));

  it('keeps the order of appends that nobody waited for, and answers each', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      const seqs = Array.from({ length: 200 }, (_, at) => at + 1);
      const answers = await Promise.all(seqs.map((seq) => journal.append([sampleCommand(seq)])));
      expect(answers.map(({ number }) => number)).toEqual(seqs);
      expect(await recordsOf(journal)).toEqual([sampleHeader(), ...seqs.map((seq) => sampleCommand(seq))]);
      expect(await journal.append([])).toEqual(answers.at(-1));
      await store.close();
    }));

  it('keeps any text exactly', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      let count = 0;
      const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.json());
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 6 }), async (batches) => {
          const id = `text-${++count}`;
          const journal = await store.create(id, sampleHeader(id));
          let seq = 0;
          const records = batches.map((texts) => texts.map((said) => sampleCommand(++seq, said)));
          await Promise.all(records.map((batch) => journal.append(batch)));
          await journal.close();
          const again = await store.open(id);
          expect(await recordsOf(again)).toEqual([sampleHeader(id), ...records.flat()]);
          await again.close();
        }),
        { numRuns: 12 },
      );
      await store.close();
    }));

  it('keeps lone surrogates and members named like parts of objects', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      const patch: unknown = JSON.parse('{"__proto__": {"a": 1}, "constructor": null, "7": "\\ud800"}');
      const record = { ...sampleCommand(1), envelope: patch } as unknown as JournalRecord;
      await journal.append([record, sampleCommand(2, 'half \ud83d')]);
      const [, first, second] = await recordsOf(journal);
      expect(JSON.stringify(first)).toBe(JSON.stringify(record));
      expect(second).toEqual(sampleCommand(2, 'half \ud83d'));
      await store.close();
    }));

  it('keeps journals apart and lists them', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const ids = ['b2', 'A1', 'c-3'];
      const journals = await Promise.all(ids.map((id) => store.create(id, sampleHeader(id))));
      await Promise.all(journals.map((journal, at) => journal.append([sampleCommand(at + 1)])));
      expect(await store.list()).toEqual(['A1', 'b2', 'c-3']);
      expect(await recordsOf(journals[1])).toEqual([sampleHeader('A1'), sampleCommand(2)]);
      await store.close();
    }));

  it('refuses what cannot be', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      expect(await refusal(store.create('A', sampleHeader()))).toBe('open-already');
      expect(await refusal(store.open('A'))).toBe('open-already');
      expect(await refusal(store.open('B'))).toBe('missing');
      for (const id of ['', '../A', 'a/b', '.', 'a\0', 'x'.repeat(65)]) {
        expect(await refusal(store.create(id, sampleHeader()))).toBe('unfit');
        expect(await refusal(store.open(id))).toBe('unfit');
      }
      await journal.close();
      await journal.close();
      expect(await refusal(journal.append([sampleCommand(1)]))).toBe('closed');
      expect(await refusal(store.create('A', sampleHeader()))).toBe('exists');
      await store.close();
      expect(await refusal(store.open('A'))).toBe('closed');
    }));

  it('refuses a record that is too long, whole batch, and goes on', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      const tooLong = sampleCommand(2, 'x'.repeat(5_000_000));
      expect(await refusal(journal.append([sampleCommand(1), tooLong]))).toBe('unfit');
      await journal.append([sampleCommand(1)]);
      expect(await recordsOf(journal)).toEqual([sampleHeader(), sampleCommand(1)]);
      await store.close();
    }));

  it('lets no two owners write', () =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      let second: JournalStore | undefined;
      try {
        second = await place.open();
        await (await second.open('A')).append([sampleMark(1)]);
      } catch (failure) {
        expect((failure as StoreError).code).toBe('locked');
      }
      // Either the second one was refused, or the first one is.
      const first = await refusal(journal.append([sampleCommand(1)]));
      expect(first).toBe(second === undefined ? 'none' : 'fenced');
      await store.close();
      await second?.close();
    }));

  it.each(['append', 'sync'] as const)('after a failed %s takes nothing until it is opened again', (on) =>
    adapter.with(async (place) => {
      const store = await place.open();
      const journal = await store.create('A', sampleHeader());
      await journal.append([sampleCommand(1)]);
      const durable = journal.position;
      place.breakNext(on);
      const failing = [journal.append([sampleCommand(2)]), journal.append([sampleCommand(3)])];
      void journal.append([sampleMark(1)]);
      const codes = await Promise.all(failing.map(refusal));
      expect(codes).toEqual(Array(2).fill(on === 'append' ? 'disk-full' : 'io'));
      expect(await refusal(journal.append([sampleCommand(4)]))).toBe('poisoned');
      expect(journal.position).toEqual(durable);
      expect(await recordsOf(journal)).toEqual([sampleHeader(), sampleCommand(1)]);
      await journal.close();

      const again = await store.open('A');
      const found = await recordsOf(again);
      // Of what was never answered, any first part may be there; never a gap, never more.
      const unanswered = [sampleCommand(2), sampleCommand(3), sampleMark(1)];
      const offered = [sampleHeader(), sampleCommand(1), ...unanswered];
      expect(found.length).toBeGreaterThanOrEqual(2);
      expect(found).toEqual(offered.slice(0, found.length));
      await again.append([sampleCommand(5)]);
      expect(await recordsOf(again)).toEqual([...found, sampleCommand(5)]);
      await store.close();
    }),
  );
});
