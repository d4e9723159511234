/**
 * Teammates are felt: where they look, where they point, what their terminals run and show.
 *
 * Method   A real server, real sockets; Cy is told what Ada and Bo do, while they come and go, sit down
 *          somewhere else, are removed, say too much, or play the next round.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ClientMessage, SeatLook, ServerMessage } from '@chaotic-good/engine/protocol/wire';
import { startServer } from '../testing/start-server.ts';
import type { RunningServer } from '../testing/start-server.ts';
import { TestPlayer } from '../testing/test-player.ts';

/** The first room of a server computes its past; other programs share the machine. */
const START_MS = 120_000;
/** More than the time for which changes are gathered: whatever would be told has been told, milliseconds. */
const TOLD_MS = 1200;
const POLL = { timeout: 15_000 };
const HERE = { type: 'here', chart: 'User actions that fail', focus: '', second: 12.5 } as const;

let dataDir: string;
let server: RunningServer;
let code: string;
let ada: TestPlayer;
let bo: TestPlayer;
let cy: TestPlayer;
let seen: ReturnType<typeof feelings>;

/** What a player is told about others, from now on. */
function feelings(player: TestPlayer) {
  const heard: ServerMessage[] = [];
  player.onMessage = (message) => void heard.push(message);
  const looks = (): SeatLook[] => heard.findLast((one) => one.type === 'looks')?.looks ?? [];
  const of = ({ seat }: TestPlayer) => looks().find((look) => look.seat === seat);
  const pieces = () => heard.filter((one) => one.type === 'followed');
  const followed = () => pieces().reduce((text, piece) => (piece.fresh ? '|' : text) + piece.text, '');
  const heres = () => heard.filter((one) => one.type === 'here');
  return { heard, looks, of, pieces, followed, heres };
}

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  dataDir = mkdtempSync(join(tmpdir(), 'chaotic-good-presence-'));
  server = await startServer({ dataDir });
}, START_MS);

afterAll(async () => {
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(async () => {
  code = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7');
  [ada, bo, cy] = ['Ada', 'Bo', 'Cy'].map((name) => new TestPlayer(name));
  seen = feelings(cy);
  for (const player of [ada, bo, cy]) await player.join(server.origin, code);
  await ada.perform({ type: 'StartIncident' });
}, START_MS);

afterEach(async () => {
  for (const player of [ada, bo, cy]) await player.leave();
});

function look(player: TestPlayer, tab: string, thing = ''): void {
  player.say({ type: 'look', tab, thing });
}

/** Types into another terminal than `type` does, without waiting. */
function typeIn(player: TestPlayer, terminal: string, line: string): void {
  player.say({ type: 'line', terminal, lineId: `in-${terminal}-${line.replace(/\W/g, '-')}`, line });
}

it('tells where others look and what they run, also to whoever comes later', async () => {
  look(ada, 'logs');
  look(bo, 'overview', 'node/worker-1');
  const running = bo.type('sleep 30');
  const expected = [
    { seat: ada.seat, tab: 'logs', thing: '', running: '' },
    { seat: bo.seat, tab: 'overview', thing: 'node/worker-1', running: 'sleep 30' },
  ];
  await expect.poll(seen.looks, POLL).toEqual(expected);
  const di = new TestPlayer('Di');
  const late = feelings(di);
  await di.join(server.origin, code);
  await expect.poll(late.looks, POLL).toEqual(expected);
  bo.say({ type: 'interrupt', terminal: 'main' });
  await running;
  await bo.leave();
  await expect.poll(seen.looks, POLL).toEqual([expected[0]]);
  expect(JSON.stringify(cy.frames.timeline)).not.toContain('worker-1');
  await di.leave();
});

it('tells who comes nothing that the others have not been told, so that it can be taken back', async () => {
  look(ada, 'logs');
  await expect.poll(() => seen.of(ada)?.tab, POLL).toBe('logs');
  await bo.leave();
  const glances = (async () => {
    for (let at = 0; at < 40; at++) {
      look(ada, at % 2 === 0 ? 'status' : 'logs');
      await sleep(50);
    }
  })();
  const again = feelings(bo);
  await bo.comeBack();
  await glances;
  await sleep(TOLD_MS);
  expect(again.of(ada)?.tab).toBe('logs');
  expect(seen.of(ada)?.tab).toBe('logs');
});

it('a seat that left is nowhere, also when its line ends; what runs is seen when it is back', async () => {
  look(bo, 'terminal-1');
  bo.startLine('sleep 4');
  bo.startLine('sleep 30');
  await expect.poll(() => seen.of(bo)?.running, POLL).toBe('sleep 4');
  await bo.leave();
  await expect.poll(() => seen.of(bo), POLL).toBeUndefined();
  await sleep(4500);
  expect(seen.of(bo)).toBeUndefined();
  await bo.comeBack();
  await expect.poll(() => seen.of(bo), POLL).toMatchObject({ tab: '', running: 'sleep 30' });
});

it('where the first window of a seat looked and whom it followed is nothing to the second one', async () => {
  look(bo, 'logs', 'node/worker-1');
  bo.say({ type: 'follow', seat: ada.seat });
  await expect.poll(() => seen.of(bo)?.tab, POLL).toBe('logs');
  const second = new TestPlayer('Bo');
  second.cookie = bo.cookie;
  const own = feelings(second);
  await second.join(server.origin, code);
  await bo.until(() => bo.farewell === 'replaced', 'the farewell');
  await expect.poll(() => seen.of(bo), POLL).toBeUndefined();
  await ada.type('echo not for the second window');
  await sleep(TOLD_MS);
  expect(own.pieces()).toEqual([]);
  look(second, 'status');
  await expect.poll(() => seen.of(second)?.tab, POLL).toBe('status');
  await second.leave();
});

it('a seat that goes on on another device takes nothing of the first one along', async () => {
  look(bo, 'logs');
  bo.say({ type: 'follow', seat: ada.seat });
  await expect.poll(() => seen.of(bo)?.tab, POLL).toBe('logs');
  const post = (path: string, body: unknown, cookie: string) =>
    fetch(`${server.origin}/api/rooms/${code}/handovers${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }) },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post('', {}, bo.cookie)).json()) as { token: string };
  const opened = await post('/use', { token }, '');
  const phone = new TestPlayer('Bo');
  phone.cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  await expect.poll(() => seen.of(bo), POLL).toBeUndefined();
  const own = feelings(phone);
  await phone.join(server.origin, code);
  expect(phone.seat).toBe(bo.seat);
  await ada.type('echo not asked for');
  await sleep(TOLD_MS);
  expect(own.pieces()).toEqual([]);
  await phone.leave();
});

it('a connection that ends while it joins leaves nobody behind', async () => {
  const di = new TestPlayer('Di');
  for (let at = 0; at < 5; at++) {
    const joining = di.join(server.origin, code).catch(() => undefined);
    const watch = setInterval(() => di.isConnected && di.cutOff(), 1);
    await joining;
    clearInterval(watch);
  }
  const isThere = () => cy.view.seats?.find(({ seat }) => seat === di.seat)?.connected;
  await expect.poll(isThere, POLL).toBe(false);
});

it("shows a teammate's terminal from its last lines on, as long as it is followed", async () => {
  await bo.type('echo before');
  cy.say({ type: 'follow', seat: bo.seat });
  await expect.poll(seen.followed, POLL).toBe('|bo:~$ echo before\nbefore\n');
  await bo.type('cd /tmp');
  await bo.type('echo now');
  await expect.poll(seen.followed, POLL).toMatch(/\nbo:~\$ cd \/tmp\nbo:\/tmp\$ echo now\nnow\n$/);
  cy.say({ type: 'follow', seat: '' });
  await bo.type('echo secret');
  await cy.type('echo own');
  await sleep(TOLD_MS);
  expect(seen.followed()).not.toContain('secret');
});

it('goes on following when either of the two was away', async () => {
  cy.say({ type: 'follow', seat: bo.seat });
  await bo.type('echo one');
  await expect.poll(seen.followed, POLL).toContain('one\n');
  await bo.leave();
  await bo.comeBack();
  await bo.type('echo two');
  await expect.poll(seen.followed, POLL).toContain('one\nbo:~$ echo two\ntwo\n');
  await cy.leave();
  await bo.type('echo three');
  const again = feelings(cy);
  await cy.comeBack();
  await sleep(TOLD_MS);
  expect(again.pieces()).toEqual([]);
  cy.say({ type: 'follow', seat: bo.seat });
  await expect.poll(again.followed, POLL).toMatch(/^\|.*one\n.*two\n.*three\n$/s);
  expect(again.pieces()).toHaveLength(1);
});

it('Ctrl-C is seen, and ends what runs for the others as well', async () => {
  cy.say({ type: 'follow', seat: bo.seat });
  const first = bo.type('sleep 300');
  const waiting = bo.type('sleep 200');
  await expect.poll(() => seen.of(bo)?.running, POLL).toBe('sleep 300');
  bo.say({ type: 'interrupt', terminal: 'main' });
  expect([(await first).exitCode, (await waiting).exitCode]).toEqual([130, 130]);
  await expect.poll(() => seen.of(bo), POLL).toBeUndefined();
  bo.say({ type: 'interrupt', terminal: 'main' });
  await bo.type('echo on');
  await expect
    .poll(seen.followed, POLL)
    .toBe('|bo:~$ sleep 300\n^C\nbash: execution aborted\nbo:~$ echo on\non\n');
});

it('a line that ends in one terminal does not hide what another one runs', async () => {
  cy.say({ type: 'follow', seat: bo.seat });
  typeIn(bo, 'terminal-1', 'sleep 30');
  await expect.poll(() => seen.of(bo)?.running, POLL).toBe('sleep 30');
  typeIn(bo, 'terminal-2', 'printf half');
  await expect.poll(seen.followed, POLL).toContain('[terminal-2]\nbo:~$ printf half\nhalf');
  typeIn(bo, 'terminal-1', 'echo waits');
  await sleep(TOLD_MS);
  expect(seen.of(bo)?.running).toBe('sleep 30');
  bo.say({ type: 'interrupt', terminal: 'terminal-1' });
  await expect.poll(seen.followed, POLL).toContain('half\n[terminal-1]\n^C\n');
  await expect.poll(() => seen.of(bo), POLL).toBeUndefined();
});

it('a line that is sent again after its end does not hide what runs now', async () => {
  const lineId = bo.startLine('true');
  await bo.until(() => bo.lines.get(lineId)?.ended === true, 'the end');
  bo.startLine('sleep 30');
  await expect.poll(() => seen.of(bo)?.running, POLL).toBe('sleep 30');
  bo.say({ type: 'line', terminal: 'main', lineId, line: 'true' });
  await sleep(TOLD_MS);
  expect(seen.of(bo)?.running).toBe('sleep 30');
});

it('of a removed seat nothing is seen, runs, or is followed any more', async () => {
  cy.say({ type: 'follow', seat: bo.seat });
  look(bo, 'logs');
  await bo.type('echo mine');
  bo.startLine('sleep 300');
  bo.startLine('echo after');
  await expect.poll(seen.followed, POLL).toContain('mine\nbo:~$ sleep 300\n');
  bo.startLine('echo at the last moment');
  await ada.perform({ type: 'RemoveSeat', seat: bo.seat });
  await bo.until(() => bo.farewell === 'removed', 'the farewell');
  await sleep(TOLD_MS);
  expect(seen.of(bo)).toBeUndefined();
  expect(seen.followed()).toBe('|');
  cy.say({ type: 'follow', seat: bo.seat });
  await sleep(TOLD_MS);
  expect(seen.followed()).toBe('|');
});

it('knows the last look of a flood, and its author is still answered', async () => {
  for (let batch = 0; batch < 6; batch++) {
    for (let at = 0; at < 24; at++) look(bo, `tab-${batch}-${at}`);
    await sleep(1050);
  }
  look(bo, 'logs');
  await expect.poll(() => seen.of(bo)?.tab, POLL).toBe('logs');
  expect(seen.heard.filter(({ type }) => type === 'looks').length).toBeLessThan(16);
  bo.say({ type: 'complete', requestId: 'c', terminal: 'main', line: 'kub', cursor: 3 });
  const own = feelings(bo);
  await expect.poll(() => own.heard.find(({ type }) => type === 'completions'), POLL).toBeDefined();
  expect(own.heard).toContainEqual({ type: 'completions', requestId: 'c', from: 0, items: ['kubectl'] });
});

it('points for all, but no more often than people do', async () => {
  const own = feelings(ada);
  for (let at = 0; at < 20; at++) ada.say({ ...HERE, second: at });
  await expect.poll(() => own.heard.filter(({ type }) => type === 'notice').length, POLL).toBe(15);
  await expect.poll(() => seen.heres().length, POLL).toBe(5);
  expect(seen.heres()[0]).toEqual({ ...HERE, seat: ada.seat, second: 0 });
  expect(own.heres()).toEqual(seen.heres());
});

it('following again and again costs one beginning each moment', async () => {
  for (let at = 0; at < 3; at++) await bo.type('seq 1000 1999');
  for (let at = 0; at < 25; at++) cy.say({ type: 'follow', seat: bo.seat });
  await expect.poll(seen.followed, POLL).toMatch(/^\|\d{4}\n.*\n1999\n$/s);
  await sleep(TOLD_MS);
  expect(seen.pieces().length).toBeLessThan(6);
  expect(seen.followed().length).toBeLessThan(8002);
});

it('neither observers point, nor those who know the truth: all that they do is a hint', async () => {
  await bo.perform({ type: 'ChooseRole', role: 'observer' });
  bo.say(HERE);
  await bo.until(() => bo.notices.some((text) => text.includes('Choose another role')), 'the reason');
  const fay = new TestPlayer('Fay');
  fay.kind = 'facilitator';
  await fay.join(server.origin, code);
  fay.say(HERE);
  look(fay, 'overview', 'node/worker-2');
  await fay.until(() => fay.notices.some((text) => text.includes('only watches')), 'the reason');
  cy.say({ type: 'follow', seat: fay.seat });
  await fay.type('echo it is the disk');
  await sleep(TOLD_MS);
  expect(seen.heres()).toEqual([]);
  expect(seen.of(fay)).toBeUndefined();
  expect(seen.followed()).toBe('|');
  await fay.leave();
});

it('understands nothing that is not whole', async () => {
  const odd = [
    { type: 'look', tab: 'Logs!', thing: '' },
    { type: 'look', tab: 'logs' },
    { type: 'look', tab: 'logs', thing: 'x'.repeat(301) },
    { type: 'look', tab: 'logs', thing: '', seat: ada.seat },
    { ...HERE, second: 1e7 },
    { ...HERE, second: null },
    { ...HERE, seat: ada.seat },
    { type: 'follow', seat: 'x'.repeat(65) },
    { type: 'follow', seat: [ada.seat] },
  ];
  for (const message of odd) bo.say(message as ClientMessage);
  await bo.until(() => bo.notices.length === odd.length, 'an answer to each');
  bo.say({ type: 'follow', seat: 'nobody' });
  bo.say({ type: 'follow', seat: bo.seat });
  await bo.type(`echo ${'🎈'.repeat(100)}; sleep 2`);
  await sleep(TOLD_MS);
  expect(seen.heres()).toEqual([]);
  expect(seen.heard.flatMap((one) => (one.type === 'looks' ? one.looks : []))).toContainEqual({
    ...{ seat: bo.seat, tab: '', thing: '' },
    running: `echo ${'🎈'.repeat(75)}`,
  });
});

it('a pause keeps what runs, and the end of the incident ends it', async () => {
  look(bo, 'terminal-1');
  const running = bo.type('sleep 300');
  await expect.poll(() => seen.of(bo)?.running, POLL).toBe('sleep 300');
  await ada.perform({ type: 'Pause' });
  look(bo, 'logs');
  await expect.poll(() => seen.of(bo), POLL).toMatchObject({ tab: 'logs', running: 'sleep 300' });
  await ada.perform({ type: 'EndIncident' });
  await running;
  await expect.poll(() => seen.of(bo), POLL).toMatchObject({ tab: 'logs', running: '' });
});
