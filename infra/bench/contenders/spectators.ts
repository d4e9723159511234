/**
 * A real server with games, a player in each, and an audience at real sockets; prints a `SpectatorsFigure`.
 * It ends by itself: every wait has its end, and the server is ended with it.
 *
 * Method  A frame of a game is due when the quickest one of that game was, plus the incident time between
 *         them; how much later than that it came is its lateness. The promised 20 s are not in it.
 */
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { BOOTH_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { startServer } from '../../../server/testing/start-server.ts';
import { TestPlayer } from '../../../server/testing/test-player.ts';
import type { SpectatorsFigure } from '../spectators.ts';

const GAMES = 20;
const SPECTATORS = 500;
const DELAY_MS = 20_000;
const MEASURE_MS = 20_000;
/** All of it ends after this, whatever happens. */
const LONGEST_MS = 300_000;
/** A frame is late when the next one is already due. */
const LATE_MS = 1000;
const TICKS_PER_SECOND = 100;

/** Offsets of arrival from incident time, milliseconds, by game. */
class Arrivals {
  readonly #offsets = new Map<string, number[]>();

  /** Notes a frame that comes now. */
  take(game: string, atMicros: number): void {
    const known = this.#offsets.get(game) ?? [];
    known.push(performance.now() - atMicros / 1000);
    this.#offsets.set(game, known);
  }

  /** How late they came, rising, milliseconds. */
  lateness(): number[] {
    const all = [...this.#offsets.values()].flatMap((offsets) => {
      const best = offsets.reduce((least, one) => Math.min(least, one), Infinity);
      return offsets.map((offset) => offset - best);
    });
    return all.sort((a, b) => a - b);
  }
}

function spread(sorted: readonly number[]): SpectatorsFigure['spectators'] {
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const late = sorted.filter((ms) => ms >= LATE_MS).length;
  return { frames: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1), late };
}

/** CPU seconds that a process has used, all its threads together. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Watches a room; counts frames that are missing from its stream. */
class Watcher {
  readonly socket: Socket;
  missing = 0;
  #seq = 0;

  constructor(origin: string, code: string, arrivals: () => Arrivals | null) {
    this.socket = io(`${origin}/public`, { auth: { code }, transports: ['websocket'], forceNew: true });
    this.socket.on('frame', (text: string) => {
      const { seq, full, atMicros } = JSON.parse(text) as WireFrame;
      // The first one tells what was out before; it is not on time for anything.
      const isFirst = this.#seq === 0 || full;
      if (!isFirst) this.missing += Math.max(0, seq - this.#seq - 1);
      this.#seq = seq;
      if (!isFirst) arrivals()?.take(code, atMicros);
    });
  }
}

/** Opens a room; every ten from another address of this computer, for one may open no more in a minute. */
async function openRoom(origin: string, index: number): Promise<string> {
  const asked = request(`${origin}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    localAddress: `127.0.0.${1 + Math.ceil(index / 10)}`,
  });
  asked.end(JSON.stringify({ scenario: 'polls-mystery', seed: String(index), rules: BOOTH_RULES }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const { code, sentence } = (await json(response)) as { code?: string; sentence?: string };
  if (code === undefined) throw new Error(`no room was opened: ${sentence}`);
  return code;
}

async function play(origin: string, index: number, seats: () => Arrivals | null): Promise<TestPlayer> {
  const code = await openRoom(origin, index);
  const player = new TestPlayer(`Player${index}`);
  await player.join(origin, code);
  await player.perform({ type: 'StartIncident' });
  player.onFrame = ({ full, atMicros }) => {
    if (!full) seats()?.take(code, atMicros);
  };
  return player;
}

async function measure(origin: string, pid: number): Promise<SpectatorsFigure> {
  let seats: Arrivals | null = null;
  let audience: Arrivals | null = null;
  const players: TestPlayer[] = [];
  for (let at = 1; at <= GAMES; at++) players.push(await play(origin, at, () => seats));
  const window = async () => {
    const began = { cpu: cpuSeconds(pid), ms: performance.now() };
    await sleep(MEASURE_MS);
    return (cpuSeconds(pid) - began.cpu) / ((performance.now() - began.ms) / 1000);
  };
  const alone = (seats = new Arrivals());
  const cpuAlone = await window();
  seats = null;
  const watchers = Array.from({ length: SPECTATORS }, (_none, at) => {
    return new Watcher(origin, players[at % GAMES].code, () => audience);
  });
  await sleep(DELAY_MS + 5000);
  const connected = watchers.filter(({ socket }) => socket.connected).length;
  const beside = (seats = new Arrivals());
  const heard = (audience = new Arrivals());
  const cpuWatched = await window();
  seats = audience = null;
  for (const { socket } of watchers) socket.close();
  for (const player of players) await player.leave();
  return {
    ...{ games: GAMES, connected, wanted: SPECTATORS, seconds: MEASURE_MS / 1000 },
    spectators: spread(heard.lateness()),
    missing: watchers.reduce((sum, { missing }) => sum + missing, 0),
    seatsAlone: spread(alone.lateness()),
    seatsWatched: spread(beside.lateness()),
    cpuAlone,
    cpuWatched,
  };
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-spectators-'));
const server = await startServer({ dataDir });
const tooLong = setTimeout(() => {
  console.error('the benchmark of spectators took too long');
  void server.kill().finally(() => process.exit(1));
}, LONGEST_MS);
try {
  console.log(JSON.stringify(await measure(server.origin, server.pid)));
} finally {
  clearTimeout(tooLong);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
