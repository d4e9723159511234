import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { createFrameReader, readFrame } from '@chaotic-good/engine/wire/frame-message';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { WitnessBook } from '../store/witness-book.ts';
import { BackgroundDesk } from './background-desk.ts';
import { DebriefDesk } from './debrief-desk.ts';
import { engineVersion } from './engine-version.ts';
import type { HostNews } from './incident-host.ts';
import { PrehistoryDesk } from './prehistory-desk.ts';
import { WorkerIncidentHost } from './worker-host.ts';

// Method: the host with its real threads on a folder, at a light load; the thread is killed under it.

afterEach(() => vi.restoreAllMocks());

const ID = 'HOST0001';

async function hosted(folder: string, clockFactor: number) {
  const version = engineVersion();
  const prehistoryFolder = join(folder, 'prehistory');
  const background = new BackgroundDesk({ prehistoryFolder, engineVersion: version });
  const store = createMemoryStore();
  const loadScale = 0.05;
  const debriefs = new DebriefDesk(background, store.games, new WitnessBook(store.witnesses));
  const host = new WorkerIncidentHost({
    thread: {
      journalFolder: join(folder, 'journals'),
      prehistoryFolder,
      engineVersion: version,
      clockFactor,
      loadScale,
    },
    prehistories: new PrehistoryDesk({
      folder: prehistoryFolder,
      engineVersion: version,
      loadScale,
      background,
    }),
    debriefs,
    onHopeless: (error) => {
      throw error;
    },
  });
  const news: HostNews[] = [];
  host.onNews((one) => news.push(one));
  await host.boot(0);
  const place = { incidentId: ID, roomCode: ID, round: 1, seedDay: null };
  await host.open({ ...place, scenarioId: 'polls-mystery', seed: '7', rules: SCRIPT_RULES });
  let ids = 0;
  const say = (command: Command, commandId = `ana/${++ids}`) =>
    host.submit(ID, { commandId, seat: 'ana', command });
  await say({ type: 'JoinSeat', name: 'Ana', kind: 'player' });
  await say({ type: 'StartIncident' });
  const close = async () => {
    await host.close();
    await background.close();
  };
  return { host, store, debriefs, news, say, close };
}

it('a thread that dies is started again: nothing acknowledged is lost, whoever waits gets an answer', () =>
  withTemporaryFolder(async (folder) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { host, say, close } = await hosted(folder, 1);
    const frames: WireFrame[] = [];
    const reader = createFrameReader();
    host.subscribe(ID, { kind: 'seat', seat: 'ana' }, ({ bytes }) =>
      frames.push(readFrame(reader, bytes as Uint8Array)),
    );
    const acks = [];
    for (let kill = 0; kill < 3; kill++) {
      const before = Array.from({ length: 5 }, (_, at) =>
        say({ type: 'PostMessage', text: `${kill}.${at}` }),
      );
      acks.push(await before[0]);
      host.killThread();
      acks.push(...(await Promise.all(before.slice(1))));
    }
    expect(acks.every(({ kind }) => kind === 'ack')).toBe(true);
    // Asked again, each has the answer that it had.
    const again = await Promise.all(
      acks.flatMap((one) =>
        one.kind === 'ack' ? [say({ type: 'PostMessage', text: 'other' }, one.ack.commandId)] : [],
      ),
    );
    expect(again).toEqual(acks);
    await vi.waitFor(() => expect(JSON.stringify(frames.at(-1))).toContain('2.4'), { timeout: 10_000 });
    expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, at) => at + 1));
    const lastFull = frames.findLast(({ full }) => full);
    const texts = lastFull?.view.timeline?.map(({ text }) => text) ?? [];
    for (let kill = 0; kill < 2; kill++) {
      for (let at = 0; at < 5; at++) expect(texts.filter((text) => text === `${kill}.${at}`)).toHaveLength(1);
    }
    // Whose connection outlived the thread was never away.
    expect(texts).not.toContain('is away');
    await close();
  }));

it('a game that is over gets its debrief, is kept once, and then lets go', () =>
  withTemporaryFolder(async (folder) => {
    const { host, store, debriefs, news, say, close } = await hosted(folder, 50);
    await say({ type: 'PostMessage', text: 'let it be' });
    const isDebriefed = () => news.some(({ type }) => type === 'debriefed');
    await vi.waitFor(() => expect(isDebriefed()).toBe(true), { timeout: 120_000, interval: 100 });
    const debrief = (await debriefs.debrief(ID)) as Debrief;
    expect(debrief).toMatchObject({ gameId: ID, closed: 'time-limit', players: 1, recovery: 'none' });
    expect(debrief.closedAtMicros).toBe(1_200_000_000);
    expect(debrief.curves.map(({ values }) => values.length)).toEqual([1200, 1200, 1200]);
    // Nobody did anything, so it went as it would have gone with nobody.
    expect(debrief.impact.actual).toEqual(debrief.impact.doNothing);
    expect(debrief.impact.golden.failedActions).toBeLessThan(debrief.impact.actual.failedActions);
    expect(JSON.stringify(debrief)).not.toContain('Ana');
    expect(await store.games.debrief(ID)).toEqual(debrief);
    expect((await store.games.events(ID)).length).toBeGreaterThan(5);
    await host.retire(ID);
    await expect(host.query(ID, '', { kind: 'summary' })).rejects.toThrow('There is no game');
    await close();
  }));
