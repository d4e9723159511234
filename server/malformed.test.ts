/**
 * One odd packet must not end the process, nor a game. Whatever is thrown at the real server, it stands, says
 * clearly what is wrong, and the others in the room go on.
 *
 * Method   A child process, raw bytes over sockets. Those who throw come from addresses of their own, so that
 *          what counts against them does not count against the player who plays on meanwhile.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { oddMessages } from './testing/odd-messages.ts';
import { CLOSE_FRAME, rawRequest, requestText } from './testing/raw-request.ts';
import type { RawAnswer } from './testing/raw-request.ts';
import { seededRandom } from './testing/seeded-random.ts';
import { startServer } from './testing/start-server.ts';
import type { RunningServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

const FROM = '127.0.0.9';
const JSON_TYPE = 'Content-Type: application/json';
const GOOD_ROOM = '{"scenario":"polls-mystery"}';
const UPGRADE = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
const KEY = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
/** What tells of our files and stacks. */
const INSIDE = /node_modules|\n {4}at |\.ts:\d/;
const PAGE = '<p>The page.</p>';
const RANDOM_FRAMES = 200;
const RANDOM_REQUESTS = 60;

let dataDir: string;
let server: RunningServer;
/** Plays on, whatever the others do. */
let bystander: TestPlayer;
let code: string;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  dataDir = mkdtempSync(join(tmpdir(), 'chaotic-good-malformed-'));
  const clientDir = join(dataDir, 'pages');
  mkdirSync(clientDir);
  writeFileSync(join(clientDir, 'index.html'), PAGE);
  server = await startServer({ dataDir, environment: { CLIENT_DIR: clientDir } });
  code = await TestPlayer.openRoom(server.origin, 'polls-mystery', '7');
  bystander = new TestPlayer('Bystander');
  await bystander.join(server.origin, code);
  await bystander.perform({ type: 'StartIncident' });
}, 120_000);

afterEach(async () => {
  // No more a second than the room lets anybody say.
  await sleep(100);
  expect(server.isRunning()).toBe(true);
  await bystander.perform({ type: 'PostMessage', text: 'Still here.' });
  expect({ faults: bystander.faults, gaps: bystander.frames.faults }).toEqual({ faults: [], gaps: [] });
  expect(server.said()).not.toContain('unexpected');
});

afterAll(async () => {
  await bystander?.leave();
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

function throwAt(bytes: string | Uint8Array, from = FROM): Promise<RawAnswer> {
  return rawRequest({ port: server.port, bytes, from });
}

/** An answer for people: a sentence, and nothing about the inside. */
function expectClear({ text }: RawAnswer): void {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  const { sentence } = JSON.parse(body) as { sentence?: unknown };
  expect(sentence).toMatch(/^[A-Z].{10,}\.$/);
  expect(text).not.toMatch(INSIDE);
}

it.each<[string, number, string | Uint8Array]>([
  ['a TLS hello', 400, new Uint8Array([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 13, 10, 13, 10])],
  ['a line of nothing', 400, 'nothing\r\n\r\n'],
  ['another protocol', 400, 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
  ['an unknown version of HTTP', 400, 'GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n'],
  ['a target with a scheme', 400, requestText('GET', 'http://127.0.0.1/api/info')],
  ['a target that is no path', 400, requestText('GET', '//evil/api/info')],
  ['a target that is a star', 405, requestText('OPTIONS', '*')],
  ['a target that is too long', 414, requestText('GET', `/${'a'.repeat(3000)}`)],
  ['a broken escape', 400, requestText('GET', '/api/rooms/%E0%A4%A')],
  ['headers that are too long', 400, requestText('GET', '/', { headers: [`X-Long: ${'a'.repeat(40_000)}`] })],
  ['a header without a colon', 400, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nbroken\r\n\r\n'],
  ['a foreign host', 400, requestText('GET', '/', { host: 'rebound.example.org' })],
  ['a host that is none', 400, requestText('GET', '/', { host: '127.0.0.1/../x' })],
  ['TRACE', 405, requestText('TRACE', '/')],
  ['DELETE', 405, requestText('DELETE', '/api/rooms/00000000')],
  ['a page of another site', 403, requestText('GET', '/api/info', { headers: ['Origin: http://evil.org'] })],
  ['an origin that is null', 403, requestText('POST', '/api/rooms', { headers: ['Origin: null'], body: '' })],
  [
    'a body without length',
    411,
    requestText('POST', '/api/rooms', { headers: ['Transfer-Encoding: chunked'] }),
  ],
  [
    'a body of a gigabyte',
    413,
    requestText('POST', '/api/rooms', { headers: ['Content-Length: 1000000000'] }),
  ],
  ['a length below zero', 400, requestText('POST', '/api/rooms', { headers: ['Content-Length: -1'] })],
  ['two lengths', 400, requestText('POST', '/api/rooms', { headers: ['Content-Length: 2'], body: '{}1' })],
  ['making rooms past the API', 404, requestText('POST', '/matchmake/create/incident', { body: '{}' })],
  ['coming back by a token', 404, requestText('POST', '/matchmake/reconnect/00000000', { body: '{}' })],
  ["the carrier's own pages", 404, requestText('GET', '/__healthcheck')],
  ['an address of the API that is none', 404, requestText('GET', '/api/nothing')],
  ['a game that is none', 404, requestText('GET', '/api/games/__proto__')],
])('HTTP: %s is answered with %i', async (_name, status, bytes) => {
  const answer = await throwAt(bytes);
  expect(answer.status).toBe(status);
  expectClear(answer);
});

it('HTTP: no host is refused by Node itself', async () => {
  expect((await throwAt('GET / HTTP/1.1\r\n\r\n')).status).toBe(400);
});

it.each([
  '/../session-secret',
  '/%2e%2e/session-secret',
  '/..%2fsession-secret',
  '/assets/..%2f..%2flock-owner.txt',
  '/../../../../etc/passwd',
  '/%00',
  '/session-secret',
  '/.git/config',
])('HTTP: for %s no file outside the pages is served', async (target) => {
  const { status, text } = await throwAt(requestText('GET', target));
  if (status === 200) expect(text.endsWith(PAGE)).toBe(true);
  else expect(status).toBeGreaterThanOrEqual(400);
});

it.each<[string, number, string, string[]]>([
  ['no JSON', 400, 'nothing', [JSON_TYPE]],
  ['half a JSON', 400, '{"scenario":', [JSON_TYPE]],
  ['no object', 400, 'null', [JSON_TYPE]],
  ['a list', 400, '[]', [JSON_TYPE]],
  ['nothing', 400, '', [JSON_TYPE]],
  ['a wrong type', 400, '{"scenario":{"toString":1}}', [JSON_TYPE]],
  ['a prototype', 400, '{"__proto__":{"scenario":"polls-mystery"}}', [JSON_TYPE]],
  ['one member too many', 400, '{"scenario":"polls-mystery","constructor":1}', [JSON_TYPE]],
  ['a seed that is too long', 400, `{"scenario":"polls-mystery","seed":"${'7'.repeat(101)}"}`, [JSON_TYPE]],
  ['an unknown scenario', 404, '{"scenario":"__proto__"}', [JSON_TYPE]],
  ['very deep JSON', 400, `{"scenario":${'['.repeat(7000)}${']'.repeat(7000)}}`, [JSON_TYPE]],
  ['a body that is too long', 413, `{"scenario":"${'a'.repeat(17_000)}"}`, [JSON_TYPE]],
  ['another type', 415, GOOD_ROOM, ['Content-Type: text/plain']],
  ['no type', 415, GOOD_ROOM, []],
  ['an unknown character set', 415, GOOD_ROOM, [`${JSON_TYPE}; charset=klingon`]],
  ['an unknown encoding', 415, GOOD_ROOM, [JSON_TYPE, 'Content-Encoding: klingon']],
])('API: opening a room with %s is answered with %i', async (_name, status, body, headers) => {
  const answer = await throwAt(requestText('POST', '/api/rooms', { headers, body }));
  expect(answer.status).toBe(status);
  expectClear(answer);
});

it('API: a small body that unpacks to a large one is refused', async () => {
  const packed = gzipSync(Buffer.from(`{"scenario":"${'a'.repeat(8_000_000)}"}`));
  const head = [JSON_TYPE, 'Content-Encoding: gzip', `Content-Length: ${packed.length}`];
  const text = requestText('POST', '/api/rooms', { headers: head });
  const answer = await throwAt(Buffer.concat([Buffer.from(text), packed]));
  expect(answer.status).toBe(413);
  expectClear(answer);
});

it.each<[string, string]>([
  ['a name that is none', '{"name":"   ","kind":"player"}'],
  ['a name that is too long', `{"name":"${'a'.repeat(41)}","kind":"player"}`],
  ['an unknown kind', '{"name":"Eve","kind":"referee"}'],
  ['a seat of their choice', '{"name":"Eve","kind":"player","seat":"system"}'],
  ['a prototype', '{"name":"Eve","__proto__":{"kind":"facilitator"}}'],
])('API: taking a seat with %s is refused', async (_name, body) => {
  const answer = await throwAt(
    requestText('POST', `/api/rooms/${code}/seats`, { headers: [JSON_TYPE], body }),
  );
  expect(answer.status).toBe(400);
  expectClear(answer);
});

it.each<[string, string]>([
  ['no key', requestText('GET', '/', { headers: UPGRADE })],
  ['an odd key', requestText('GET', '/', { headers: [...UPGRADE, 'Sec-WebSocket-Key: !!!'] })],
  [
    'an old version',
    requestText('GET', '/', { headers: ['Upgrade: websocket', 'Connection: Upgrade', KEY] }),
  ],
  ['another protocol', requestText('GET', '/', { headers: ['Upgrade: h2c', 'Connection: Upgrade', KEY] })],
  ['POST', requestText('POST', '/', { headers: [...UPGRADE, KEY] })],
  ['a target that is none', requestText('GET', 'http://[', { headers: [...UPGRADE, KEY] })],
  ['a foreign page', requestText('GET', '/', { headers: [...UPGRADE, KEY, 'Origin: http://evil.org'] })],
])('upgrade: %s opens nothing', async (_name, text) => {
  const { status, ended } = await throwAt(text);
  expect(status === 0 ? ended : status >= 400).toBe(true);
});

it('upgrade: whoever has no place in a room is sent away', async () => {
  const odd = 'Sec-WebSocket-Extensions: ;;=';
  for (const target of ['/', `/process/${code}?sessionId=nobody`, '/%00/%ff?sessionId=', '/a/b/c/d?x=1']) {
    const { text } = await throwAt(requestText('GET', target, { headers: [...UPGRADE, KEY, odd] }));
    expect(text.includes(CLOSE_FRAME) || !text.startsWith('HTTP/1.1 101')).toBe(true);
    expect(text).not.toContain('welcome');
  }
});

it('random bytes and random requests end nothing', async () => {
  const random = seededRandom(1);
  const start = requestText('POST', '/api/rooms', { headers: [JSON_TYPE], body: GOOD_ROOM });
  for (let turn = 0; turn < RANDOM_REQUESTS; turn++) {
    const bytes = turn % 2 === 0 ? new Uint8Array(200) : Buffer.from(start);
    const changes = turn % 2 === 0 ? bytes.length : 3;
    for (let change = 0; change < changes; change++) {
      const at = turn % 2 === 0 ? change : Math.floor(random() * bytes.length);
      bytes[at] = Math.floor(random() * 256);
    }
    const end = Buffer.concat([bytes, Buffer.from('\r\n\r\n')]);
    await rawRequest({ port: server.port, bytes: end, from: `127.0.1.${turn + 1}` });
  }
}, 240_000);

/** Somebody who has a seat in the bystander's room. */
async function guest(name: string): Promise<TestPlayer> {
  const player = new TestPlayer(name);
  await player.join(server.origin, code);
  return player;
}

it('messages of every wrong kind are answered, and too many of them end the line', async () => {
  const texts = oddMessages();
  for (let from = 0; from < texts.length; from += 15) {
    const player = await guest(`Odd ${from}`);
    for (const text of texts.slice(from, from + 15)) {
      const before = player.notices.length + player.refusals.size;
      player.sayText(text);
      await player.until(() => player.notices.length + player.refusals.size > before, `an answer to ${text}`);
    }
    expect(player.isConnected).toBe(true);
    await player.leave();
  }
  const player = await guest('Stubborn');
  for (let turn = 0; turn < 20; turn++) player.sayText('nonsense');
  await player.until(() => !player.isConnected, 'the end of the line');
}, 120_000);

it('a message of an unknown type counts as nonsense', async () => {
  const player = await guest('Unknown');
  for (const type of ['__proto__', 'constructor', 'toString', 'command', 7]) {
    const before = player.notices.length;
    player.sayOdd(type, { commandId: 'x' });
    await player.until(() => player.notices.length > before, `an answer to type ${type}`);
  }
  await player.leave();
});

it('frames of random bytes end at most the line of whoever sends them', async () => {
  const random = seededRandom(2);
  let player = await guest('Random');
  for (let turn = 0; turn < RANDOM_FRAMES; turn++) {
    if (!player.isConnected) await player.comeBack();
    const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 60) }, () =>
      Math.floor(random() * 256),
    );
    // The first byte says which kind of message it is; mostly it is a kind that there is.
    if (turn % 4 !== 0) bytes[0] = 10 + Math.floor(random() * 12);
    player.sayBytes(bytes);
    if (turn % 10 === 0) await sleep(20);
  }
  await player.leave();
  player = await guest('Long');
  player.sayBytes(new Uint8Array(70_000));
  await player.until(() => !player.isConnected, 'the end of a line that says too much');
}, 120_000);

it('a flood ends the line that it comes from', async () => {
  const player = await guest('Flood');
  for (let turn = 0; turn < 5000; turn++) player.say({ type: 'received', seq: 1 });
  await player.until(() => !player.isConnected, 'the end of the line');
  // Who floods may come back, and is heard.
  await player.comeBack();
  await player.perform({ type: 'PostMessage', text: 'Sorry.' });
  await player.leave();
});

function joinText(ticket: unknown, cookie = '', room = code): string {
  const headers = [JSON_TYPE, ...(cookie === '' ? [] : [`Cookie: ${cookie}`])];
  return requestText('POST', `/matchmake/joinById/${room}`, { headers, body: JSON.stringify({ ticket }) });
}

it('only a fresh ticket with its own session lets somebody in', async () => {
  const player = new TestPlayer('Ticket');
  const ticket = await player.takeSeat(server.origin, code);
  const other = await TestPlayer.openRoom(server.origin, 'polls-mystery');
  const wrong = [
    joinText('0'.repeat(32), player.cookie),
    joinText(ticket.slice(1), player.cookie),
    joinText({ toString: 'x' }, player.cookie),
    joinText(null, player.cookie),
    joinText('a'.repeat(1000), player.cookie),
    requestText('POST', `/matchmake/joinById/${code}`, {
      headers: [JSON_TYPE, `Cookie: ${player.cookie}`],
      body: `{"__proto__":{"ticket":"${ticket}"}}`,
    }),
    requestText('POST', `/matchmake/joinById/${code}`, { headers: [JSON_TYPE], body: '{' }),
  ];
  for (const text of wrong) {
    const { status, text: said } = await throwAt(text, '127.0.0.20');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(said).not.toMatch(INSIDE);
  }
  expect((await throwAt(joinText(ticket), '127.0.0.21')).status).toBe(403);
  // Trying it without the session has used it up.
  expect((await throwAt(joinText(ticket, player.cookie), '127.0.0.21')).status).toBe(403);
  const again = await player.takeSeat(server.origin, code);
  const good = await throwAt(joinText(again, player.cookie), '127.0.0.21');
  expect(good.status).toBe(200);
  expect((await throwAt(joinText(again, player.cookie), '127.0.0.21')).status).toBe(403);
  const third = await player.takeSeat(server.origin, code);
  // A ticket for one room opens no other.
  const stray = await throwAt(joinText(third, player.cookie, other), '127.0.0.21');
  const [, sessionId = ''] = /"sessionId":"([^"]+)"/.exec(stray.text) ?? [];
  const target = `/x/${other}?sessionId=${sessionId}`;
  const { text } = await throwAt(requestText('GET', target, { headers: [...UPGRADE, KEY] }), '127.0.0.21');
  expect(text).not.toContain('welcome');
});

it('only failed joins count against an address', async () => {
  const player = new TestPlayer('Faithful');
  for (let turn = 0; turn < 15; turn++) {
    await player.join(server.origin, code);
    await player.leave();
  }
  const guess = (room: string) => throwAt(requestText('GET', `/api/rooms/${room}`), '127.0.0.30');
  const answers = [];
  for (let turn = 0; turn < 14; turn++) answers.push(await guess('00000000'));
  expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(404));
  expect(answers.at(-1)?.status).toBe(429);
  answers.forEach(expectClear);
  // Whoever guessed too often learns nothing about rooms that are there either.
  expect((await guess(code)).status).toBe(429);
  await player.join(server.origin, code);
  await player.leave();
});

it('after all that time goes on, and the operator has been told little', async () => {
  const { atMicros = 0 } = bystander.view;
  await bystander.until(() => (bystander.view.atMicros ?? 0) > atMicros + 2_000_000, 'time to go on');
  expect(bystander.farewell).toBe('');
  expect(server.said().length).toBeLessThan(20_000);
});
