import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';
import { contentHash } from './content-hash.ts';
import { engineVersion } from './engine-version.ts';
import { PrehistoryCache } from './prehistory-cache.ts';

const subject = findScenario('polls-mystery')!;
const key = { subject, loadScale: 1, variant: 3 };
const prehistory = { variant: 3, bytes: new Uint8Array([1, 2, 3, 250]) };

it('gives back what was kept, to the byte', () =>
  withTemporaryFolder(async (folder) => {
    const cache = new PrehistoryCache(folder, 'engine-a');
    expect(cache.load(key)).toBeUndefined();
    cache.save(key, prehistory);
    expect(cache.has(key)).toBe(true);
    expect(cache.load(key)).toEqual(prehistory);
  }));

it('has none for another engine, load, variant or scenario', () =>
  withTemporaryFolder(async (folder) => {
    new PrehistoryCache(folder, 'engine-a').save(key, prehistory);
    const cache = new PrehistoryCache(folder, 'engine-a');
    const scenario = { ...subject.scenario, prehistorySeconds: 1 };
    const others = [
      { ...key, loadScale: 0.5 },
      { ...key, variant: 4 },
      { ...key, subject: { ...subject, scenario } },
    ];
    expect(others.map((other) => cache.has(other))).toEqual([false, false, false]);
    const newer = new PrehistoryCache(folder, 'engine-b');
    expect(newer.has(key)).toBe(false);
    newer.dropForeign();
    expect(readdirSync(folder)).toEqual([]);
  }));

it('takes a damaged file for none', () =>
  withTemporaryFolder(async (folder) => {
    const cache = new PrehistoryCache(folder, 'engine-a');
    cache.save(key, prehistory);
    const path = join(folder, readdirSync(folder)[0]);
    const bytes = readFileSync(path);
    bytes[40] ^= 1;
    writeFileSync(path, bytes);
    expect(cache.load(key)).toBeUndefined();
  }));

it('names data by what is in it, whatever order its members have', () => {
  expect(contentHash({ a: 1, b: [2, { c: 3, d: undefined }] })).toBe(contentHash({ b: [2, { c: 3 }], a: 1 }));
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }));
});

it('tells engines apart by their sources, not by their tests', () =>
  withTemporaryFolder(async (folder) => {
    writeFileSync(join(folder, 'a.ts'), 'export const a = 1;');
    const before = engineVersion(folder);
    writeFileSync(join(folder, 'a.test.ts'), 'anything');
    expect(engineVersion(folder)).toBe(before);
    writeFileSync(join(folder, 'a.ts'), 'export const a = 2;');
    expect(engineVersion(folder)).not.toBe(before);
  }));
