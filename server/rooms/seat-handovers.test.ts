/**
 * A seat goes on on another device, by a link that its owner makes.
 *
 * Method   A real server, real sockets, two cookie jars. What counts is that the same seat answers from the
 *          other device, that the first one is told so, and that no link works twice or says anything.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { startServer } from '../testing/start-server.ts';
import type { RunningServer } from '../testing/start-server.ts';
import { TestPlayer } from '../testing/test-player.ts';
import { SeatHandovers } from './seat-handovers.ts';

/** The first room of a server computes its past; other programs share the machine. */
const START_MS = 120_000;

let dataDir: string;
let server: RunningServer;
let code: string;
let ada: TestPlayer;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  dataDir = mkdtempSync(join(tmpdir(), 'chaotic-good-handover-'));
  server = await startServer({ dataDir });
}, START_MS);

afterAll(async () => {
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  code = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7');
  ada = new TestPlayer('Ada');
  await ada.join(server.origin, code);
}, START_MS);

function post(path: string, body: unknown, cookie: string): Promise<Response> {
  return fetch(`${server.origin}/api/rooms/${code}/handovers${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
}

async function makeLink(cookie = ada.cookie): Promise<string> {
  const { token } = (await (await post('', {}, cookie)).json()) as { token: string };
  return token;
}

/** The other device opens the link; its cookies, without what a browser keeps for itself. */
async function openLink(token: string, cookie = ''): Promise<string> {
  const response = await post('/use', { token }, cookie);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ seat: ada.seat, name: 'Ada' });
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

it('moves the seat with everything that it was, and tells the first device', async () => {
  await ada.perform({ type: 'ChooseRole', role: 'scribe' });
  const phone = new TestPlayer('Somebody');
  phone.cookie = await openLink(await makeLink());
  await ada.until(() => ada.farewell !== '', 'the farewell');
  expect(ada.farewell).toBe('replaced');
  await phone.join(server.origin, code);
  expect(phone.seat).toBe(ada.seat);
  const seats = phone.view.seats ?? [];
  expect(seats).toMatchObject([{ seat: ada.seat, name: 'Ada', wish: 'scribe', host: true }]);
  await phone.perform({ type: 'StartIncident' });
  expect(phone.faults).toEqual([]);
});

it('leaves the other device its own seat in every other room', async () => {
  const bo = new TestPlayer('Bo');
  const elsewhere = await TestPlayer.openRoom(server.origin, 'polls-mystery', '8');
  await bo.join(server.origin, elsewhere);
  const own = bo.cookie;
  const cookies = await openLink(await makeLink(), own);
  expect(cookies).toContain(own);
  const [, held] = cookies.split('; ');
  const again = new TestPlayer('Bo');
  again.cookie = `${own}; ${held}`;
  await again.takeSeat(server.origin, elsewhere);
  expect(again.seat).toBe(bo.seat);
});

it('is good once, for one room, and only the newest of a seat', async () => {
  const before = await makeLink();
  const token = await makeLink();
  for (const wrong of [before, 'guessed', '']) {
    const refused = await post('/use', { token: wrong }, '');
    expect(refused.status).toBe(410);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await refused.json()).toMatchObject({ error: 'link-used' });
  }
  await openLink(token);
  expect((await post('/use', { token }, '')).status).toBe(410);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(server.said()).not.toContain(token);
});

it('gives nobody a link to a seat that is not theirs', async () => {
  expect((await post('', {}, '')).status).toBe(403);
  const stranger = new TestPlayer('Eve');
  const elsewhere = await TestPlayer.openRoom(server.origin, 'polls-mystery', '8');
  await stranger.takeSeat(server.origin, elsewhere);
  expect((await post('', {}, stranger.cookie)).status).toBe(403);
  const forged = `${stranger.cookie}; chaotic_good_seat=${ada.seat}.${'0'.repeat(64)}`;
  expect((await post('', {}, forged)).status).toBe(403);
  expect((await post('', { seat: ada.seat }, stranger.cookie)).status).toBe(400);
});

it('lapses after five minutes, and belongs to its room', () => {
  let nowMs = 0;
  const handovers = new SeatHandovers(() => nowMs);
  const first = handovers.issue('AAAA0000', 'seat-1');
  expect(handovers.use('BBBB0000', first)).toBeNull();
  const second = handovers.issue('AAAA0000', 'seat-1');
  nowMs = 300_001;
  expect(handovers.use('AAAA0000', second)).toBeNull();
  const third = handovers.issue('AAAA0000', 'seat-1');
  expect(handovers.use('AAAA0000', third)).toBe('seat-1');
});
