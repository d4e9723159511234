/**
 * One suite, every store: boards, lists of finished games and who has met a seed, on PGlite, on PostgreSQL
 * and in memory. A store that cannot be had here is skipped with the reason.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GamesQuery } from './board-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import type { Store } from './store.ts';
import { startOwnPostgres } from './testing/own-postgres.ts';
import { sampleGame } from './testing/sample-game.ts';
import type { Meeting } from './witness-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-boards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const postgres = await startOwnPostgres();
afterAll(async () => {
  if ('stop' in postgres) await postgres.stop();
});
const why = 'why' in postgres ? `: skipped, ${postgres.why}` : '';

const STORES: [name: string, open: () => Promise<Store>, runs: boolean][] = [
  ['memory', async () => createMemoryStore(), true],
  ['PGlite', () => openPglite(folder), true],
  [`PostgreSQL${why}`, () => openPostgres('url' in postgres ? postgres.url : ''), why === ''],
];
const OPENING_MS = 90_000;

const T0 = Date.UTC(2026, 10, 20, 12);
const MINUTE = 60_000;
const TODAY = '2026-11-20';
const NOBODY = { day: TODAY, person: '' };
const ANY: GamesQuery = {
  scenarioId: '',
  team: '',
  faultClass: '',
  fromUnixMs: null,
  toUnixMs: null,
  after: null,
  limit: 100,
  guard: NOBODY,
};

const RANKED = {
  scoringVersion: 2 as const,
  mode: 'ranked' as const,
  total: 500,
  rawPoints: 0,
  rawMax: 750,
  parts: [],
};
const seedOf = (letter: string) => letter.repeat(32);

describe.each(STORES)('%s', (_name, open, runs) => {
  let store: Store;
  beforeAll(async () => {
    if (runs) store = await open();
  }, OPENING_MS);
  afterAll(() => store?.close());

  const meet = (gameId: string, person: string, minute: number, how: Meeting['how'] = 'played') =>
    store.witnesses.meet([{ gameId, person, how, metAtUnixMs: T0 + minute * MINUTE }]);
  /** Keeps a ranked game that was opened and told at these minutes; was it practised? */
  const play = async (id: string, scenarioId: string, seed: string, minutes: [number, number]) => {
    const [opened, told] = minutes.map((minute) => T0 + minute * MINUTE);
    const debrief = { scenarioId, seed: seedOf(seed), score: RANKED };
    await store.games.save(sampleGame(id, { playedAtUnixMs: opened, toldAtUnixMs: told, debrief }));
    return (await store.boards.game(id))?.practised;
  };

  it.runIf(runs)('calls a game practised when a player had met its seed in another one', async () => {
    const scene = 'practised';
    await meet('PR000001', 'ana', 0);
    await meet('PR000001', 'bo', 1);
    expect(await play('PR000001', scene, 'a', [0, 20])).toBe(false);
    // A second round on the same seed, with a newcomer.
    await meet('PR000002', 'bo', 30);
    await meet('PR000002', 'cy', 30);
    expect(await play('PR000002', scene, 'a', [30, 40])).toBe(true);
    // Other seeds, other scenarios and other people have met nothing.
    await meet('PR000003', 'bo', 50);
    expect(await play('PR000003', scene, 'b', [50, 60])).toBe(false);
    await meet('PR000004', 'bo', 50);
    expect(await play('PR000004', 'another-scene', 'a', [50, 60])).toBe(false);
    await meet('PR000005', 'dee', 50);
    expect(await play('PR000005', scene, 'a', [50, 60])).toBe(false);
    // Somebody who comes late and knows it counts, also when they leave again.
    await meet('PR000006', 'eve', 70);
    await meet('PR000006', 'cy', 75);
    expect(await play('PR000006', scene, 'a', [70, 80])).toBe(true);
    // Looking on is no playing: a facilitator may know it.
    await meet('PR000007', 'ana', 90, 'watched');
    await meet('PR000007', 'fay', 90);
    expect(await play('PR000007', scene, 'a', [90, 99])).toBe(false);
  });

  it.runIf(runs)('counts watching and reading up to the moment at which the truth is told', async () => {
    const scene = 'watching';
    await meet('WA000001', 'ana', 0);
    expect(await play('WA000001', scene, 'a', [0, 20])).toBe(false);
    await meet('WA000002', 'gil', 5);
    await meet('WA000001', 'gil', 40, 'watched');
    expect(await play('WA000002', scene, 'a', [5, 30])).toBe(false);
    await meet('WA000003', 'hal', 5);
    await meet('WA000001', 'hal', 29, 'watched');
    expect(await play('WA000003', scene, 'a', [5, 30])).toBe(true);
    // The same session twice: the first time is kept.
    await meet('WA000001', 'hal', 90, 'watched');
    await meet('WA000004', 'hal', 60);
    expect(await play('WA000004', scene, 'a', [60, 70])).toBe(true);
  });

  it.runIf(runs)('counts a game that was begun and given up, not a lobby that was left', async () => {
    const scene = 'given-up';
    await meet('GU000001', 'ida', 0);
    await meet('GU000002', 'ida', 10);
    expect(await play('GU000002', scene, 'a', [10, 20])).toBe(false);
    await meet('GU000003', 'jo', 0);
    await store.witnesses.begin([{ gameId: 'GU000003', scenarioId: scene, seed: seedOf('b') }]);
    await store.witnesses.begin([{ gameId: 'GU000003', scenarioId: scene, seed: seedOf('c') }]);
    await meet('GU000004', 'jo', 10);
    expect(await play('GU000004', scene, 'b', [10, 20])).toBe(true);
    expect(await store.witnesses.hasMet('jo', scene, seedOf('b'))).toBe(true);
    expect(await store.witnesses.hasMet('jo', scene, seedOf('c'))).toBe(false);
    // A game that is not over tells nothing yet.
    await store.witnesses.begin([{ gameId: 'GU000005', scenarioId: scene, seed: seedOf('d') }]);
    await meet('GU000005', 'jo', 30);
    expect(await store.witnesses.hasMet('jo', scene, seedOf('d'))).toBe(false);
  });

  it.runIf(runs)('tells the seeds of a scenario and the ranked games on each', async () => {
    const scene = 'boards';
    const game = (id: string, seed: string, minute: number, total: number, seedDay?: string) => {
      const debrief = { scenarioId: scene, seed: seedOf(seed), score: { ...RANKED, total } };
      return sampleGame(id, { playedAtUnixMs: T0 + minute * MINUTE, seedDay, debrief });
    };
    const unranked = game('BO000005', 'a', 40, 999);
    unranked.debrief.score = { ...RANKED, mode: 'practice' };
    for (const one of [
      game('BO000001', 'a', 0, 500, TODAY),
      game('BO000002', 'b', 10, 700),
      game('BO000003', 'a', 20, 800),
      game('BO000004', 'a', 30, 600, TODAY),
      unranked,
    ]) {
      await store.games.save(one);
    }
    expect(await store.boards.seeds(scene, 10)).toEqual([
      {
        ...{ seed: seedOf('a'), day: TODAY, firstGame: 'BO000001', games: 3 },
        newestUnixMs: T0 + 30 * MINUTE,
      },
      { seed: seedOf('b'), day: null, firstGame: 'BO000002', games: 1, newestUnixMs: T0 + 10 * MINUTE },
    ]);
    expect(await store.boards.seeds(scene, 1)).toHaveLength(1);
    const found = await store.boards.onSeed(scene, seedOf('a'));
    expect(found.map(({ id, total }) => [id, total])).toEqual([
      ['BO000003', 800],
      ['BO000004', 600],
      ['BO000001', 500],
    ]);
    expect(await store.boards.game('BO000002')).toEqual({
      ...{ id: 'BO000002', scenarioId: scene, title: 'Votes are failing', seed: seedOf('b'), seedDay: null },
      ...{ team: '', players: 2, mode: 'ranked', practised: false, total: 700, scoringVersion: 2 },
      ...{ recovery: 'durable', impactSeconds: 0.5, recoveryPoints: 0, diagnosisPoints: 0, hints: 0 },
      ...{ recoveredSecond: -1, faultClass: '', playedAtUnixMs: T0 + 10 * MINUTE },
    });
    expect(await store.boards.game('NEVER000')).toBeUndefined();
  });

  it.runIf(runs)('narrows the list, and pages through it without gap or double', async () => {
    const phases = { notice: 1, orient: 2, decide: 3, repair: 4, verify: 5 };
    const list = async (query: Partial<GamesQuery>) =>
      (await store.boards.list({ ...ANY, scenarioId: 'lists', ...query })).map(({ id }) => id);
    for (let at = 0; at < 25; at++) {
      const debrief = {
        scenarioId: 'lists',
        team: at % 5 === 0 ? 'Night Shift 100%' : 'Day_shift',
        faultClass: at % 2 === 0 ? 'disk-full' : 'packet-loss',
        phases,
      };
      // Several were opened at the same moment.
      const playedAtUnixMs = T0 - Math.floor(at / 3) * MINUTE;
      await store.games.save(sampleGame(`LI0000${String(at).padStart(2, '0')}`, { playedAtUnixMs, debrief }));
    }
    const all = await list({});
    expect(all).toHaveLength(25);
    expect(all[0]).toBe('LI000000');
    expect(all.toSorted()).toEqual(all);
    const paged: string[] = [];
    let after: GamesQuery['after'] = null;
    do {
      const page = await store.boards.list({ ...ANY, scenarioId: 'lists', limit: 7, after });
      paged.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      after = last === undefined ? null : { startedAtUnixMs: last.startedAtUnixMs, id: last.id };
    } while (after !== null);
    expect(paged).toEqual(all);
    expect(await list({ team: 'night shift' })).toHaveLength(5);
    expect(await list({ team: '%' })).toHaveLength(5);
    expect(await list({ team: '_' })).toHaveLength(20);
    expect(await list({ faultClass: 'packet-loss' })).toHaveLength(12);
    expect(await list({ scenarioId: 'none-such' })).toEqual([]);
    const day = { fromUnixMs: T0 - 2 * MINUTE, toUnixMs: T0 - MINUTE };
    expect(await list(day)).toEqual(all.slice(3, 9));
    const answer = { seat: 'seat-1', role: 'Ops', hard: 'The clock.', change: '', answeredAtUnixMs: T0 };
    await store.postMortems.saveAnswer('LI000000', answer);
    const [game] = await store.boards.list({ ...ANY, scenarioId: 'lists', limit: 1 });
    expect(game).toEqual({
      ...{ id: 'LI000000', scenarioId: 'lists', title: 'Votes are failing', startedAtUnixMs: T0 },
      ...{ team: 'Night Shift 100%', players: 2, mode: 'practice', practised: false, total: 871 },
      ...{ recovery: 'durable', faultClass: 'disk-full', phases, postMortem: 'draft' },
    });
  });

  it.runIf(runs)(
    'keeps the class of the fault of a seed of today from those who have not met it',
    async () => {
      const save = (id: string, seed: string, faultClass: string, seedDay?: string) => {
        const debrief = { scenarioId: 'spoilers', seed: seedOf(seed), faultClass };
        return store.games.save(sampleGame(id, { playedAtUnixMs: T0, seedDay, debrief }));
      };
      await save('SP000001', 'a', 'secret-of-today', TODAY);
      await save('SP000002', 'b', 'known-since-yesterday', '2026-11-19');
      await save('SP000003', 'c', 'of-no-day');
      await meet('SP000001', 'ana', 1, 'watched');
      await meet('SP000002', 'bo', 1, 'watched');
      const classes = async (person: string, faultClass = '') => {
        const query = { ...ANY, scenarioId: 'spoilers', faultClass, guard: { day: TODAY, person } };
        return (await store.boards.list(query)).map((game) => game.faultClass);
      };
      for (const person of ['', 'bo']) {
        expect(await classes(person)).toEqual([null, 'known-since-yesterday', 'of-no-day']);
        expect(await classes(person, 'secret-of-today')).toEqual([]);
        const { faultClasses } = await store.boards.choices({ day: TODAY, person });
        expect(faultClasses).toContain('of-no-day');
        expect(faultClasses).not.toContain('secret-of-today');
      }
      expect(await classes('ana')).toEqual(['secret-of-today', 'known-since-yesterday', 'of-no-day']);
      expect(await classes('ana', 'secret-of-today')).toEqual(['secret-of-today']);
      const { scenarios, faultClasses } = await store.boards.choices({ day: TODAY, person: 'ana' });
      expect(faultClasses).toContain('secret-of-today');
      expect(scenarios).toContainEqual({ id: 'spoilers', title: 'Votes are failing' });
    },
  );
});
