/**
 * Kill -9 at random points of a played incident: nothing acknowledged is lost, nothing is done twice, and
 * what the server played is what its journal gives when it is played again.
 *
 * Method   Two players over real sockets keep sending. The server's process is killed at a seeded moment,
 *          also while it recovers and while people come back, and started again on the same folder. Every
 *          eighth time it may end in good order, so that recovery from a snapshot is met too. What was not
 *          answered is sent again with the same id, as the client does. `KILL_POINTS` says how many kills,
 *          `KILL_SEED` which ones.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { isAnswered, keepBusy } from './testing/busy-player.ts';
import type { Place } from './testing/busy-player.ts';
import { readLeftBehind, replayLeftBehind } from './testing/read-journal-folder.ts';
import type { LeftBehind } from './testing/read-journal-folder.ts';
import { seededRandom } from './testing/seeded-random.ts';
import type { SeededRandom } from './testing/seeded-random.ts';
import { spawnServer } from './testing/start-server.ts';
import type { SpawnedServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

/** Whether somebody asked for more than the usual test, and wants to know how it goes. */
const IS_SWEEP = process.env.KILL_POINTS !== undefined;
const KILLS = Number(process.env.KILL_POINTS ?? 10);
const SEED = Number(process.env.KILL_SEED ?? 1);
const SECONDS_PER_KILL = 30;
const CLOCK_FACTOR = 20;
/** Longest life of a server that is ready, and of one that may not become ready, milliseconds. */
const LIFE_MS_MAX = 700;
const BOOT_MS_MAX = 1500;
/** Long enough that the state's hash is recorded once a minute of incident time. */
const LONG_LIFE_MS = 4500;

/** What was done to the servers. */
type Sweep = { kills: number; duringBoot: number; goodEnds: number; lateEnds: number };

/** How a life of the server ends. */
type Fate = { kind: 'kill' | 'kill-at-boot' | 'good-end'; afterMs: number };

function fateOf(random: SeededRandom, life: number): Fate {
  if (life % 8 === 4) return { kind: 'good-end', afterMs: LONG_LIFE_MS };
  if (random() < 0.2) return { kind: 'kill-at-boot', afterMs: random() * BOOT_MS_MAX };
  return { kind: 'kill', afterMs: random() * (random() < 0.1 ? LONG_LIFE_MS : LIFE_MS_MAX) };
}

/** One life of the server, from its start to its end. */
async function live(start: () => SpawnedServer, place: Place, fate: Fate, sweep: Sweep): Promise<void> {
  const server = start();
  try {
    if (fate.kind === 'kill-at-boot') {
      await sleep(fate.afterMs);
      sweep.duringBoot++;
    } else {
      place.origin = (await server.ready()).origin;
      await sleep(fate.afterMs);
    }
    if (fate.kind === 'good-end') {
      // On a busy machine its deadline may come first; it must not matter.
      if ((await server.stop()) === 0) sweep.goodEnds++;
      else sweep.lateEnds++;
    } else sweep.kills++;
  } finally {
    await server.kill();
    place.origin = null;
  }
  if (IS_SWEEP && sweep.kills % 10 === 0) process.stdout.write(`kill sweep: ${sweep.kills} of ${KILLS}\n`);
}

/** Opens the room and starts the incident, with so much time that no kill comes too late. */
async function begin(start: () => SpawnedServer): Promise<TestPlayer[]> {
  const server = start();
  try {
    const { origin } = await server.ready();
    const code = await TestPlayer.openRoom(origin, 'polls-mystery', '7');
    const players = [new TestPlayer('Ada'), new TestPlayer('Bo')];
    for (const player of players) await player.join(origin, code);
    await players[0].perform({ type: 'StartIncident' });
    for (let more = 0; more < KILLS; more += 20) {
      await players[0].perform({ type: 'ExtendTime', seconds: 1800 });
    }
    return players;
  } finally {
    await server.kill();
  }
}

/** The last life: everything is answered, time goes on for more than a minute, the host ends the game. */
async function finish(start: () => SpawnedServer, place: Place, players: TestPlayer[]): Promise<void> {
  const server = start();
  try {
    place.origin = (await server.ready()).origin;
    const [ada] = players;
    await ada.until(() => ada.isConnected, 'the last return');
    const fromMicros = ada.view.atMicros ?? 0;
    await ada.until(() => (ada.view.atMicros ?? 0) > fromMicros + 90_000_000, 'a minute and a half');
    place.isOver = true;
    for (const player of players) {
      if (!player.isConnected) await player.comeBack(place.origin);
      await player.until(() => isAnswered(player), 'the last answers');
    }
    expect(ada.view.phase).toBe('running');
    // Whoever is away for 30 s of incident time is not the host any more, and those are short here.
    const isHost = ({ seat }: TestPlayer) =>
      ada.view.seats?.some((one) => one.seat === seat && one.host) ?? false;
    await ada.until(() => players.some(isHost), 'somebody to be the host');
    await players.find(isHost)?.perform({ type: 'EndIncident' });
    await ada.until(() => ada.view.phase === 'closed', 'the end');
    await Promise.all(players.map((player) => player.leave()));
    expect(await server.stop()).toBe(0);
  } finally {
    place.isOver = true;
    await server.kill();
  }
}

/** Everything that was told to a player is in the journal, once, with the number and moment it was told. */
function checkAcknowledged({ seat, acks }: TestPlayer, { commands }: LeftBehind): void {
  const recorded = new Map(commands.map((record) => [record.envelope.commandId, record]));
  const lost = [...acks.values()].filter(({ commandId, seq, atMicros }) => {
    const record = recorded.get(`${seat}/${commandId}`);
    return record?.seq !== seq || record.atMicros !== atMicros;
  });
  expect(lost).toEqual([]);
}

/** The texts that say which deed it was, as they stand in the log. */
function deedsOf(events: readonly IncidentEvent[]): string[] {
  const text = JSON.stringify(events);
  return [...text.matchAll(/"text":"(\w+ [a-z]+-\d+)\."|"expectation":"(\w+ [a-z]+-\d+)\."/g)].map(
    ([, said, expected]) => said ?? expected,
  );
}

/** Lines that ended well had exactly one effect. */
function checkLines({ lines }: TestPlayer, events: readonly IncidentEvent[]): void {
  const ran = events.flatMap((event) => (event.type === 'ClusterCommandRan' ? [event.line] : []));
  const wrong = [...lines.values()].filter(
    ({ line, exitCode }) => exitCode === 0 && ran.filter((one) => one === line).length !== 1,
  );
  expect(wrong).toEqual([]);
}

async function checkAll(dataDir: string, players: TestPlayer[]): Promise<string> {
  const left = await readLeftBehind(dataDir, players[0].code);
  const ids = left.commands.map(({ envelope }) => envelope.commandId);
  expect(ids.length - new Set(ids).size).toBe(0);
  expect(left.commands.map(({ seq }) => seq)).toEqual(ids.map((_, at) => at + 1));
  const { incident, stop, hashesAgreed } = replayLeftBehind(left);
  expect(stop).toBeNull();
  expect(hashesAgreed).toBeGreaterThan(0);
  expect(left.atEnd && incidentHash(left.atEnd)).toBe(incidentHash(incident));
  const { events, receipts } = incident.state;
  const deeds = deedsOf(events);
  expect(deeds.length).toBeGreaterThan(KILLS);
  expect(deeds.length - new Set(deeds).size).toBe(0);
  for (const player of players) {
    checkAcknowledged(player, left);
    checkLines(player, events);
    for (const [commandId, ack] of player.acks) {
      const again = receipts.get(`${player.seat}/${commandId}`);
      expect(again).toEqual({ ...ack, commandId: `${player.seat}/${commandId}` });
    }
    expect({ faults: player.faults, gaps: player.frames.faults }).toEqual({ faults: [], gaps: [] });
  }
  const acked = players.reduce((sum, { acks }) => sum + acks.size, 0);
  const lines = players.reduce((sum, player) => sum + player.lines.size, 0);
  const told = `${acked} acknowledged commands and ${lines} lines`;
  return `${told}, ${ids.length} recorded, ${hashesAgreed} hashes agreed`;
}

it(
  `${KILLS} kills lose no acknowledged command, double none, and change nothing (KILL_SEED=${SEED})`,
  { timeout: 120_000 + KILLS * SECONDS_PER_KILL * 1000 },
  () =>
    withTemporaryFolder(async (dataDir) => {
      // The SDK complains about every lost connection.
      vi.spyOn(console, 'warn').mockReturnValue();
      const startedMs = performance.now();
      const start = () => spawnServer({ dataDir, clockFactor: CLOCK_FACTOR });
      const random = seededRandom(SEED);
      const players = await begin(start);
      const place: Place = { origin: null, isOver: false };
      const sweep: Sweep = { kills: 0, duringBoot: 0, goodEnds: 0, lateEnds: 0 };
      const playing = players.map((player, at) => keepBusy(player, seededRandom(SEED * 1000 + at), place));
      try {
        for (let life = 0; sweep.kills < KILLS; life++) await live(start, place, fateOf(random, life), sweep);
        await finish(start, place, players);
      } finally {
        place.isOver = true;
        await Promise.allSettled(playing);
      }
      const said = await checkAll(dataDir, players);
      if (!IS_SWEEP) return;
      const seconds = Math.round((performance.now() - startedMs) / 1000);
      process.stdout.write(`kill sweep: ${JSON.stringify(sweep)}; ${said}; ${seconds} s\n`);
    }),
);
