/**
 * One suite, every store: what is said of finished games and the catalogue holds on PGlite, on PostgreSQL and
 * in memory. A store that cannot be had here is skipped with the reason.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPostMortem } from '../post-mortem/build-post-mortem.ts';
import { finishedParts } from '../post-mortem/finished-parts.ts';
import { createMemoryStore } from './memory-store.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import type { Store } from './store.ts';
import { sampleGame } from './testing/sample-game.ts';
import { startOwnPostgres } from './testing/own-postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const postgres = await startOwnPostgres();
afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
});
const why = 'why' in postgres ? `: skipped, ${postgres.why}` : '';
if (why !== '') console.warn(`PostgreSQL${why}`);

const STORES: [name: string, open: () => Promise<Store>, runs: boolean][] = [
  ['memory', async () => createMemoryStore(), true],
  ['PGlite', () => openPglite(folder), true],
  [`PostgreSQL${why}`, () => openPostgres('url' in postgres ? postgres.url : ''), why === ''],
];

// The first opening of PGlite makes a whole cluster, in WebAssembly.
const OPENING_MS = 90_000;

describe.each(STORES)('%s', (_name, open, runs) => {
  let store: Store;
  beforeAll(async () => {
    if (runs) store = await open();
  }, OPENING_MS);
  afterAll(() => store?.close());

  it.runIf(runs)('knows nothing of a game that was never played', async () => {
    expect(await store.games.debrief('NEVER000')).toBeUndefined();
    expect(await store.games.samples('NEVER000')).toBeUndefined();
    expect(await store.games.inputs('NEVER000')).toBeUndefined();
    expect(await store.games.seats('NEVER000')).toEqual([]);
    expect(await store.games.events('NEVER000')).toEqual([]);
  });

  it.runIf(runs)('gives a game back as it was frozen', async () => {
    const game = sampleGame('GAME0001');
    await store.games.save(game);
    expect(await store.games.debrief('GAME0001')).toEqual(game.debrief);
    expect(await store.games.events('GAME0001')).toEqual(game.events);
    expect(await store.games.samples('GAME0001')).toEqual(game.samples);
    expect(await store.games.inputs('GAME0001')).toEqual(game.inputs);
    expect(await store.games.seats('GAME0001')).toEqual(game.seats);
  });

  it.runIf(runs)('keeps the first of two results of one game', async () => {
    await store.games.save(sampleGame('GAME0002'));
    await store.games.save(sampleGame('GAME0002', { text: 'another result' }));
    expect(await store.games.events('GAME0002')).toEqual(sampleGame('GAME0002').events);
  });

  it.runIf(runs)('keeps whatever people write, but for characters that no database takes', async () => {
    await store.games.save(
      sampleGame('GAME0005', { text: `'; DROP TABLE games; -- "quoted" \\ ünï 🗳 \u0000\ud800` }),
    );
    const [, posted] = await store.games.events('GAME0005');
    expect(posted).toMatchObject({
      text: expect.stringMatching(/^'; DROP TABLE games; -- "quoted" \\ ünï 🗳 /),
    });
  });

  it.runIf(runs)('keeps the newest answer of each seat', async () => {
    const { postMortems } = store;
    await store.games.save(sampleGame('GAME0006'));
    expect(await postMortems.answers('GAME0006')).toEqual([]);
    const answer = { seat: 'seat-1', role: 'Ops', hard: 'a \u0000', change: '', answeredAtUnixMs: 1000 };
    await postMortems.saveAnswer('GAME0006', { ...answer, seat: 'seat-2', hard: 'b' });
    await postMortems.saveAnswer('GAME0006', answer);
    const changed = { ...answer, hard: 'c', change: 'd', answeredAtUnixMs: 2000 };
    await postMortems.saveAnswer('GAME0006', changed);
    expect(await postMortems.answers('GAME0006')).toEqual([
      changed,
      { ...answer, seat: 'seat-2', hard: 'b' },
    ]);
  });

  it.runIf(runs)(
    'keeps versions of a post-mortem one after the other, and none after the final one',
    async () => {
      const { postMortems } = store;
      await store.games.save(sampleGame('GAME0007'));
      const { debrief, events, samples, seats } = sampleGame('GAME0007');
      const document = buildPostMortem(finishedParts({ debrief, events, samples, seats }));
      const kept = (version: number, state: 'draft' | 'final' = 'draft') => {
        return { version, state, author: 'Ops', writtenAtUnixMs: 1000 + version, document };
      };
      expect(await postMortems.versions('GAME0007')).toEqual([]);
      expect(await postMortems.saveVersion('GAME0007', kept(2))).toBe(false);
      const raced = await Promise.all(
        [1, 1].map((version) => postMortems.saveVersion('GAME0007', kept(version))),
      );
      expect(raced.sort()).toEqual([false, true]);
      expect(await postMortems.saveVersion('GAME0007', kept(2, 'final'))).toBe(true);
      expect(await postMortems.saveVersion('GAME0007', kept(3))).toBe(false);
      expect(await postMortems.versions('GAME0007')).toEqual(
        [kept(1), kept(2, 'final')].map(({ document: _, ...version }) => version),
      );
      expect(await postMortems.version('GAME0007', 1)).toEqual(kept(1));
      expect(await postMortems.version('GAME0007', 3)).toBeUndefined();
    },
  );

  it.runIf(runs)('tells how far post-mortems are', async () => {
    await store.games.save(sampleGame('GAME0008'));
    const document = (await store.postMortems.version('GAME0007', 1))!.document;
    const draft = { version: 1, state: 'draft', author: 'Ops', writtenAtUnixMs: 1, document } as const;
    await store.postMortems.saveVersion('GAME0008', draft);
    const ids = ['GAME0001', 'GAME0006', 'GAME0007', 'GAME0008', 'NEVER000'];
    expect(await store.postMortems.states(ids)).toEqual({
      GAME0001: 'none',
      GAME0006: 'draft',
      GAME0007: 'final',
      GAME0008: 'edited',
      NEVER000: 'none',
    });
    expect(await store.postMortems.states([])).toEqual({});
  });

  it.runIf(runs)('notes each version of a scenario once', async () => {
    const scenario = { id: 's', contentHash: 'h1', title: 'T', level: 'intro', system: 'polls' };
    await store.catalogue.offer([scenario]);
    await store.catalogue.offer([scenario, { ...scenario, contentHash: 'h2' }]);
    await store.catalogue.offer([]);
    const hashes = (await store.catalogue.list()).map(({ contentHash }) => contentHash);
    expect(hashes.sort()).toEqual(['h1', 'h2']);
  });
});

describe('PGlite', () => {
  it('lets nobody else into a folder that is in use', { timeout: OPENING_MS }, async () => {
    const own = mkdtempSync(join(tmpdir(), 'chaotic-good-store-'));
    const first = await openPglite(own);
    await expect(openPglite(own)).rejects.toMatchObject({ code: 'locked' });
    await first.close();
    rmSync(own, { recursive: true, force: true });
  });
});
