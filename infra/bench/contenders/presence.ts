/**
 * What teammates cost on the wire: six players look around, point and type at a human pace in a paused
 * incident, in real time, and one of them counts at the socket. What comes anyway is measured first and
 * taken off. Prints bytes a second as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnServer } from '@chaotic-good/server/testing/start-server';
import { TestPlayer } from '@chaotic-good/server/testing/test-player';
import type { PresenceFigure } from '../presence.ts';
import { countingPort } from './counting-port.ts';

const PLAYERS = 6;
const LOOK_EVERY_MS = 3000;
const HERE_EVERY_MS = 20_000;
const LINE_EVERY_MS = 5000;
/** How long each stretch is, milliseconds. */
const STRETCH_MS = { still: 15_000, first: 60_000, later: 60_000, following: 30_000 };

const TABS = ['overview', 'logs', 'terminal-1', 'status', 'channel'];
const THINGS = [
  'deployment/polls',
  'deployment/results',
  'deployment/web',
  'statefulset/polls-db',
  'node/worker-1',
  'node/worker-2',
];
const CHARTS = ['User actions that fail', 'Slowest hundredth waits', 'User actions a second'];

/** The same moves in every run. */
function createDice(seed: number): (count: number) => number {
  let state = seed;
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
}

/** Lets a player look around and point until it is stopped; half of the moves open or close a panel. */
function moveAround(player: TestPlayer, number: number): () => void {
  const dice = createDice(number + 1);
  let tab = 'overview';
  let thing = '';
  const look = setInterval(
    () => {
      if (dice(2) === 0) tab = TABS[(TABS.indexOf(tab) + 1 + dice(TABS.length - 1)) % TABS.length];
      else thing = thing === '' ? THINGS[dice(THINGS.length)] : '';
      player.say({ type: 'look', tab, thing });
      // Nobody keeps time with the others.
    },
    LOOK_EVERY_MS + number * 37,
  );
  const here = setInterval(
    () => {
      const second = dice(12_000) / 10;
      player.say({ type: 'here', chart: CHARTS[dice(CHARTS.length)], focus: thing, second });
    },
    HERE_EVERY_MS + number * 211,
  );
  return () => {
    clearInterval(look);
    clearInterval(here);
  };
}

async function run(dataDir: string): Promise<PresenceFigure> {
  const server = await spawnServer({ dataDir }).ready();
  const counter = await countingPort(server.port);
  const code = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7');
  const players = Array.from({ length: PLAYERS }, (_, at) => new TestPlayer(`Player${at + 1}`));
  const [host, followed] = players;
  const counting = players[PLAYERS - 1];
  for (const player of players) {
    const origin = player === counting ? `http://127.0.0.1:${counter.port}` : server.origin;
    await player.join(origin, code);
  }
  await host.perform({ type: 'StartIncident' });
  await host.perform({ type: 'Pause' });
  await followed.type('kubectl get pods');
  await sleep(2000);
  const rate = async (ms: number) => {
    const before = counter.bytes;
    await sleep(ms);
    return (counter.bytes - before) / (ms / 1000);
  };
  const still = await rate(STRETCH_MS.still);
  const stops = players.map(moveAround);
  await sleep(LOOK_EVERY_MS);
  const first = (await rate(STRETCH_MS.first)) - still;
  const later = (await rate(STRETCH_MS.later)) - still;
  for (const stop of stops) stop();
  counting.say({ type: 'follow', seat: followed.seat });
  const typing = setInterval(() => followed.startLine('kubectl get pods'), LINE_EVERY_MS);
  const following = (await rate(STRETCH_MS.following)) - still;
  clearInterval(typing);
  for (const player of players) await player.leave();
  counter.close();
  await server.stop();
  return { still, first, later, following };
}

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-presence-'));
try {
  console.log(JSON.stringify(await run(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
