import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import type { FrameText, HostQuery, IncidentHost, Onlooker } from '../incidents/incident-host.ts';
import { JoinGate } from '../rooms/join-gate.ts';
import { Sessions } from '../rooms/sessions.ts';
import { SpectatorNamespace } from './spectator-namespace.ts';

// Method: the real namespace on a real port, a host that the test speaks for, a short delay.

const ROOM = {
  code: 'AAAA0000',
  incidentId: 'AAAA0000',
  round: 1,
  scenarioId: 'a-scenario',
  title: 'Votes are failing',
  story: 'Since lunch.',
  sentences: ['One.'],
  namespace: 'polls',
  startedAtUnixMs: 1000,
  map: { nodes: [], edges: [] },
  components: ['deployment/polls'],
  mechanisms: [],
};
const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-spectators-'));
const httpServer = createServer();
/** Who listens to the frames of which incident. */
const listeners = new Map<(frame: FrameText) => void, string>();
const asked: Onlooker[] = [];
const queried: { seat: string; query: HostQuery }[] = [];
/** What the rooms of the test do. */
const rooms = {
  current: 'AAAA0000',
  revealed: false,
  next: (_code: string): void => undefined,
  beat: (_code: string, _beat: number): void => undefined,
};
const host = {
  query: (id: string, seat: string, query: HostQuery) => {
    queried.push({ seat, query });
    if (query.kind === 'summary') {
      const room = { ...ROOM, incidentId: id, round: id === 'AAAA0000' ? 1 : 2 };
      return Promise.resolve({ room, revealed: rooms.revealed });
    }
    if (query.kind === 'badness') return Promise.resolve([0.25, 1].slice(query.fromSecond));
    const { name = '' } = query.kind === 'wire' ? (query.query as { name?: string }) : {};
    const points = { labels: { journey: 'vote' }, atMicros: [1e6], values: [7] };
    return Promise.resolve({ kind: 'series', series: [{ id: 1, name, ...points }] });
  },
  subscribe: (id: string, onlooker: Onlooker, listener: (frame: FrameText) => void) => {
    asked.push(onlooker);
    listeners.set(listener, id);
    return { refresh: () => undefined, end: () => listeners.delete(listener) };
  },
} as unknown as IncidentHost;
/** Who was said to watch what. */
const met: [incidentId: string, person: string][] = [];
let namespace: SpectatorNamespace;
let origin = '';

beforeAll(async () => {
  const gate = new JoinGate({
    sessions: new Sessions(folder),
    hasRoom: (code) => code === 'AAAA0000',
    isSecure: false,
  });
  namespace = new SpectatorNamespace(httpServer, {
    host,
    gate,
    rooms: {
      incidentOf: (code) => (code === 'AAAA0000' ? rooms.current : null),
      onNextRound: (listener) => void (rooms.next = listener),
      onBeat: (listener) => void (rooms.beat = listener),
    },
    nobody: () => Promise.resolve([0.5, 1, 1, 1]),
    onWatched: (incidentId, person) => void met.push([incidentId, person]),
    delayMs: 50,
    keptMs: 100,
  });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});

afterAll(async () => {
  namespace.close();
  httpServer.closeAllConnections();
  await new Promise((resolve) => httpServer.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function watch(code: unknown, extraHeaders?: { [name: string]: string }) {
  return io(`${origin}/public`, {
    auth: { code },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders,
  });
}

function frame(seq: number, full = false, of = 'AAAA0000'): void {
  const text = JSON.stringify({ seq, atMicros: 0, full, view: { speed: seq }, telemetry: null });
  for (const [listener, id] of listeners) if (id === of) listener({ seq, full, text });
}

function next<T>(socket: ReturnType<typeof watch>, event: string): Promise<T> {
  return new Promise((resolve) => socket.once(event, resolve));
}

it('sends the public frames to everybody who watches, each beginning with a full one', async () => {
  const first = watch('aaaa-0000');
  await next(first, 'connect');
  expect(asked).toEqual([{ kind: 'public' }]);
  frame(1, true);
  expect(JSON.parse(await next<string>(first, 'frame'))).toMatchObject({ seq: 1, full: true });
  const second = watch('AAAA0000');
  expect(JSON.parse(await next<string>(second, 'frame'))).toMatchObject({ seq: 1, full: true });
  frame(2);
  const both = await Promise.all([next<string>(first, 'frame'), next<string>(second, 'frame')]);
  expect(both.map((text) => (JSON.parse(text) as { seq: number }).seq)).toEqual([2, 2]);
  first.close();
  second.close();
  await expect.poll(() => listeners.size).toBe(0);
});

it('tells what the room is called and what users met, and asks the room nothing else', async () => {
  queried.length = 0;
  const socket = watch('AAAA0000');
  const [room, signals] = await Promise.all([next<string>(socket, 'room'), next<string>(socket, 'signals')]);
  expect(JSON.parse(room)).toEqual({
    code: 'AAAA0000',
    incidentId: 'AAAA0000',
    round: 1,
    scenarioId: 'a-scenario',
    title: 'Votes are failing',
    story: 'Since lunch.',
    sentences: ['One.'],
    map: { nodes: [], edges: [] },
    startedAtUnixMs: 1000,
    delaySeconds: 0.05,
  });
  expect(JSON.parse(signals)).toEqual({
    seconds: [1],
    journeys: [{ name: 'vote', attempts: [7], failures: [7], p99Ms: [7000] }],
  });
  const asked = queried.map(({ seat, query }) => {
    const { kind, name } = (query.kind === 'wire' ? query.query : query) as { kind: string; name?: string };
    return `${seat}|${kind}|${name ?? ''}`;
  });
  expect([...new Set(asked)].sort()).toEqual([
    '|badness|',
    '|series|journey:duration_seconds:p99',
    '|series|journey_attempts_total',
    '|series|journey_failures_total',
    '|summary|',
  ]);
  socket.close();
});

it('tells the curve of the team beside the one of nobody, no further than what is shown', async () => {
  const socket = watch('AAAA0000');
  expect(JSON.parse(await next<string>(socket, 'curves'))).toEqual({
    own: { from: 0, values: [0.25, 1] },
    nobody: { from: 0, values: [0.5, 1] },
  });
  socket.close();
});

it('passes on the steps of the debrief, once its truth is told', async () => {
  const socket = watch('AAAA0000');
  await next(socket, 'room');
  const heard: string[] = [];
  socket.on('beat', (text: string) => heard.push(text));
  rooms.beat('AAAA0000', 1);
  rooms.beat('BBBB0000', 1);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(heard).toEqual([]);
  rooms.revealed = true;
  rooms.beat('AAAA0000', 2);
  await expect.poll(() => heard).toEqual(['{"incidentId":"AAAA0000","beat":2}']);
  const late = watch('AAAA0000');
  expect(await next<string>(late, 'beat')).toBe('{"incidentId":"AAAA0000","beat":2}');
  socket.close();
  late.close();
});

it('goes on to the next round by itself, after the end of the one before has been seen', async () => {
  await expect.poll(() => listeners.size).toBe(0);
  const socket = watch('AAAA0000');
  await next(socket, 'room');
  frame(8, true);
  await next(socket, 'frame');
  const heard: string[] = [];
  socket.on('room', (text: string) => heard.push(`round ${(JSON.parse(text) as { round: number }).round}`));
  socket.on('frame', (text: string) => heard.push(`frame ${(JSON.parse(text) as { seq: number }).seq}`));
  frame(9);
  rooms.current = 'CCCC0000';
  rooms.next('AAAA0000');
  rooms.next('AAAA0000');
  frame(1, true, 'CCCC0000');
  frame(10);
  await expect.poll(() => heard).toEqual(['frame 9', 'round 2', 'frame 1']);
  const late = watch('AAAA0000');
  const told = await Promise.all([next<string>(late, 'room'), next<string>(late, 'frame')]);
  expect(told.map((text) => JSON.parse(text) as object)).toMatchObject([
    { incidentId: 'CCCC0000', round: 2 },
    { seq: 1, full: true },
  ]);
  socket.close();
  late.close();
  await expect.poll(() => listeners.size).toBe(0);
});

it.each([['BBBB0000'], [''], [{ $gt: '' }], [undefined]])('refuses %j with a sentence', async (code) => {
  const socket = watch(code);
  const error = await next<Error & { data?: { why: string } }>(socket, 'connect_error');
  expect(error.data?.why).toMatch(/^(no-room|too-often)$/);
  expect(error.message).toMatch(/^(There is no room|Too many wrong codes).*\.$/);
  socket.close();
});

it('knows who watches by their session, and gives one to who has none', async () => {
  const sessions = new Sessions(folder);
  const session = sessions.create();
  const extraHeaders = { cookie: sessions.cookie(session, false).split(';')[0] };
  met.length = 0;
  const [stranger, known] = [watch('AAAA0000'), watch('AAAA0000', extraHeaders)];
  await expect.poll(() => met.length).toBe(2);
  const people = met.map(([, person]) => person);
  expect(people).toContain(sessions.personOf(session));
  expect(new Set([...people, '']).size).toBe(3);
  rooms.next('AAAA0000');
  expect(met.slice(2)).toEqual(met.slice(0, 2));
  for (const socket of [stranger, known]) socket.close();
  const answer = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  expect(sessions.read(answer.headers.get('set-cookie') ?? '')).not.toBeNull();
});

it('leaves out no frame for anybody, however many watch', async () => {
  rooms.current = 'AAAA0000';
  await expect.poll(() => listeners.size).toBe(0);
  const WATCHERS = 60;
  const FRAMES = 40;
  const heard = Array.from({ length: WATCHERS }, (): number[] => []);
  const sockets = heard.map((seqs) => {
    const socket = watch('AAAA0000');
    socket.on('frame', (text: string) => seqs.push((JSON.parse(text) as { seq: number }).seq));
    return socket;
  });
  await Promise.all(sockets.map((socket) => next(socket, 'room')));
  for (let seq = 1; seq <= FRAMES; seq++) frame(seq, seq === 1);
  const all = Array.from({ length: FRAMES }, (_none, at) => at + 1);
  await expect.poll(() => heard).toEqual(heard.map(() => all));
  for (const socket of sockets) socket.close();
});

it('cuts off whoever says anything', async () => {
  const socket = watch('AAAA0000');
  await next(socket, 'connect');
  socket.emit('command', { type: 'EndIncident' });
  expect(await next<string>(socket, 'disconnect')).toBe('io server disconnect');
});
