import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { JournalEntry } from './journal.ts';
import { SnapshotCache } from './snapshot-cache.ts';
import type { Snapshot } from './snapshot-cache.ts';
import { sampleMark } from './testing/sample-records.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

// Disks of busy machines can take seconds.
vi.setConfig({ testTimeout: 60_000 });

/** A history of ten records; another `branch` is another history. */
function history(branch = 'a'): JournalEntry[] {
  return Array.from({ length: 10 }, (_, number) => {
    const hash = `${branch}${number}`.padStart(32, '0');
    return { number, hash, epoch: 1, record: sampleMark(number) };
  });
}

function snapshotAt(number: number): Snapshot {
  const { hash } = history()[number];
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 31) & 255);
  return {
    engineVersion: 'e1',
    position: { number, hash },
    atMicros: 7_000_000,
    stateHash: 'f'.repeat(32),
    bytes,
  };
}

it('gives the newest snapshot back to the engine that made it', () =>
  withTemporaryFolder(async (folder) => {
    const cache = new SnapshotCache(folder);
    const wanted = { engineVersion: 'e1', entries: history() };
    expect(await cache.load('A', wanted)).toBeUndefined();
    await cache.save('A', snapshotAt(3));
    await cache.save('A', snapshotAt(7));
    const found = await cache.load('A', wanted);
    expect({ ...found, bytes: [...found!.bytes] }).toEqual({
      ...snapshotAt(7),
      bytes: [...snapshotAt(7).bytes],
    });
    expect(Object.getPrototypeOf(found!.bytes)).toBe(Uint8Array.prototype);
    await cache.drop('A');
    expect(await cache.load('A', wanted)).toBeUndefined();
  }));

it('knows none of another engine, of another history, or from beyond the journal', () =>
  withTemporaryFolder(async (folder) => {
    const cache = new SnapshotCache(folder);
    await cache.save('A', snapshotAt(7));
    expect(await cache.load('A', { engineVersion: 'e2', entries: history() })).toBeUndefined();
    expect(await cache.load('A', { engineVersion: 'e1', entries: history('b') })).toBeUndefined();
    expect(await cache.load('A', { engineVersion: 'e1', entries: history().slice(0, 7) })).toBeUndefined();
    expect(await cache.load('B', { engineVersion: 'e1', entries: history() })).toBeUndefined();
  }));

it('knows none that is damaged: any bit, any length', () =>
  withTemporaryFolder(async (folder) => {
    const cache = new SnapshotCache(folder);
    await cache.save('A', snapshotAt(7));
    const path = join(folder, 'A.snapshot');
    const whole = readFileSync(path);
    const wanted = { engineVersion: 'e1', entries: history() };
    for (let at = 0; at < whole.length; at += 3) {
      const copy = Buffer.from(whole);
      copy[at] ^= 1 << (at & 7);
      writeFileSync(path, copy);
      expect(await cache.load('A', wanted)).toBeUndefined();
      writeFileSync(path, whole.subarray(0, at));
      expect(await cache.load('A', wanted)).toBeUndefined();
    }
    writeFileSync(path, whole);
    expect(await cache.load('A', wanted)).toBeDefined();
  }));
