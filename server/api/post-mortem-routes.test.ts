/** The post-mortem over real HTTP, with sessions: who may write, what is refused, what the files are. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostMortemEdit, PostMortemSheet } from '@chaotic-good/engine/protocol/post-mortem';
import { editOf } from '../post-mortem/edits.ts';
import { PostMortemDesk } from '../post-mortem/post-mortem-desk.ts';
import { JoinGate } from '../rooms/join-gate.ts';
import { ReplayDesk } from '../incidents/replay-desk.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import { Sessions } from '../rooms/sessions.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { sampleGame } from '../store/testing/sample-game.ts';
import { WitnessBook } from '../store/witness-book.ts';
import { addApi } from './api.ts';

/** The second round of a room: the id of a game is not the code of its room. */
const ID = 'GAME0001-2';
const ROOM = 'GAME0001';
const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-api-'));
const sessions = new Sessions(folder);
const [ada, bo, stranger] = [sessions.create(), sessions.create(), sessions.create()];
const store = createMemoryStore();
const book = new WitnessBook(store.witnesses);
const server = createServer();
let origin = '';

/** The `Cookie` header of a `Set-Cookie` header. */
function cookieOf(...headers: string[]): string {
  return headers.map((header) => header.split(';')[0]).join('; ');
}
const adasCookie = cookieOf(sessions.cookie(ada, false));

beforeAll(async () => {
  const game = sampleGame(ID);
  const seats = [
    { seat: sessions.seatOf(ada, ROOM), role: 'Incident commander', kind: 'player' as const },
    { seat: sessions.seatOf(bo, ROOM), role: 'Ops', kind: 'player' as const },
  ];
  await store.games.save({ ...game, seats, debrief: { ...game.debrief, roomCode: ROOM } });
  const gate = new JoinGate({ sessions, hasRoom: () => false, isSecure: false });
  const app = express();
  addApi(app, {
    gate,
    rooms: {} as RoomRegistry,
    games: store.games,
    boards: store.boards,
    witnesses: store.witnesses,
    book,
    postMortems: new PostMortemDesk(store),
    replays: new ReplayDesk({
      games: store.games,
      engineVersion: 'another',
      prehistory: async () => ({ variant: 0, bytes: new Uint8Array() }),
    }),
    publicUrl: 'https://play.example',
    urls: () => ({ publicUrl: '', lanUrls: [], onlyThisComputer: true }),
    whyNotOpen: async () => null,
    isPrepared: () => true,
    progress: () => ({ built: 0, total: 0 }),
    clientDir: folder,
  });
  server.on('request', app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/games/${ID}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sheet(cookie = ''): Promise<PostMortemSheet> {
  return (await (await fetch(`${origin}/post-mortem`, { headers: { cookie } })).json()) as PostMortemSheet;
}

async function post(path: string, cookie: string, body: unknown) {
  const response = await fetch(`${origin}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  type Answer = { error?: string; sentence?: string; sheet?: PostMortemSheet; advice?: string[] };
  return { status: response.status, ...((await response.json()) as Answer) };
}

async function edited(change: Partial<PostMortemEdit>): Promise<PostMortemEdit> {
  return { ...editOf((await sheet(adasCookie)).document), ...change };
}

it('everybody reads; who did not play, or shows a forged cookie, neither answers nor edits', async () => {
  expect(await sheet()).toMatchObject({
    state: 'none',
    version: 0,
    role: '',
    mayEdit: false,
    mayAnswer: false,
  });
  expect(await sheet(adasCookie)).toMatchObject({
    role: 'Incident commander',
    mayEdit: true,
    mayAnswer: true,
  });
  const forged = adasCookie.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  const edit = await edited({});
  for (const cookie of ['', forged, cookieOf(sessions.cookie(stranger, false))]) {
    expect(await post('answers', cookie, { hard: 'a', change: 'b' })).toMatchObject({
      status: 403,
      error: 'no-seat',
    });
    expect(await post('post-mortem', cookie, { base: 0, edit })).toMatchObject({
      status: 403,
      error: 'no-seat',
    });
    expect(await post('post-mortem/final', cookie, { base: 0 })).toMatchObject({ status: 403 });
  }
  expect((await fetch(origin.replace(ID, 'NEVER000') + '/post-mortem')).status).toBe(404);
  expect((await fetch(origin.replace(ID, '..%2f..%2fetc') + '/post-mortem')).status).toBe(404);
});

it('a seat that moved to another device answers from there', async () => {
  const phone = sessions.create();
  const seat = sessions.seatOf(bo, ROOM);
  const moved = cookieOf(sessions.cookie(phone, false), sessions.gamesCookie(seat, phone, ROOM, false));
  expect(sessions.gamesCookie(seat, phone, ROOM, false)).toContain('; Path=/api/games;');
  const answer = { hard: 'The map', change: 'A louder page' };
  expect(await post('answers', moved, answer)).toMatchObject({
    status: 200,
    sheet: { state: 'draft', role: 'Ops', answer },
  });
  // Another browser cannot take that cookie along.
  const stolen = cookieOf(sessions.cookie(stranger, false), sessions.gamesCookie(seat, phone, ROOM, false));
  expect(await post('answers', stolen, answer)).toMatchObject({ status: 403 });
});

it('refuses what is of another shape or too long, in a sentence', async () => {
  const refused = async (change: object) => {
    const { status, sentence } = await post('post-mortem', adasCookie, {
      base: 0,
      edit: await edited(change),
    });
    expect(sentence).toMatch(/^This was not understood: /);
    return status;
  };
  const action = { id: 'w-1', text: 'x', owner: '', due: '', by: '' };
  expect(await refused({ summary: ['one'] })).toBe(400);
  expect(await refused({ actions: [{ ...action, due: 'tomorrow' }] })).toBe(400);
  expect(await refused({ actions: [{ ...action, due: '2026-13-40' }] })).toBe(400);
  expect(await refused({ actions: [action, action] })).toBe(400);
  expect(await refused({ factors: [{ id: 'w-1', text: 'x'.repeat(1300), by: '' }] })).toBe(400);
  expect(await refused({ score: 1000 })).toBe(400);
  expect(await post('post-mortem', adasCookie, { filler: 'x'.repeat(200_000) })).toMatchObject({
    status: 413,
  });
  expect(await post('answers', adasCookie, { hard: 'x'.repeat(601), change: '' })).toMatchObject({
    status: 400,
  });
});

it('saves versions by role, tells of a conflict, gives advice, and ends with the final one', async () => {
  const bos = cookieOf(sessions.cookie(bo, false));
  const factors = [{ id: 'w-1', text: 'It was human error.', by: '' }];
  const first = await post('post-mortem', adasCookie, { base: 0, edit: await edited({ factors }) });
  expect(first).toMatchObject({
    status: 200,
    advice: ['Say what made the move sensible then, in place of “human error”.'],
    sheet: { state: 'edited', version: 1, versions: [{ version: 1, author: 'Incident commander' }] },
  });
  const late = await post('post-mortem', bos, { base: 0, edit: await edited({ factors: [] }) });
  expect(late).toMatchObject({ status: 409, error: 'conflict', sheet: { version: 1, role: 'Ops' } });
  expect(late.sheet?.document.factors).toMatchObject([
    { text: 'It was human error.', by: 'Incident commander' },
  ]);
  expect(
    await post('post-mortem', bos, { base: 1, edit: await edited({ factors: [], pinned: ['e2'] }) }),
  ).toMatchObject({
    status: 200,
  });
  const kept = await (await fetch(`${origin}/post-mortem/versions/1`)).json();
  expect(kept).toMatchObject({ version: 1, document: { factors: [{ text: 'It was human error.' }] } });
  expect((await fetch(`${origin}/post-mortem/versions/9`)).status).toBe(404);
  expect(await post('post-mortem/final', bos, { base: 1 })).toMatchObject({ status: 409, error: 'conflict' });
  expect(await post('post-mortem/final', bos, { base: 2 })).toMatchObject({
    status: 200,
    sheet: { state: 'final' },
  });
  const after = { base: 3, edit: await edited({}) };
  expect(await post('post-mortem', adasCookie, after)).toMatchObject({ status: 409, error: 'final' });
  expect(await post('answers', adasCookie, { hard: 'late', change: '' })).toMatchObject({
    status: 409,
    error: 'final',
  });
});

it.each([
  ['.md', 'text/markdown', /^# EXERCISE: /],
  ['.html', 'text/html', /^<!doctype html>\n<!-- EXERCISE: /],
  ['.json', 'application/json', /^\{\n {2}"marking": "EXERCISE"/],
  ['-actions.csv', 'text/csv', /^"marking",.*\r\n"EXERCISE",/],
])('serves the file %s under a name that begins with EXERCISE', async (ending, type, begins) => {
  const response = await fetch(`${origin}/post-mortem${ending}`);
  expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  expect(response.headers.get('content-disposition')).toContain(`"EXERCISE-post-mortem-${ID}${ending}"`);
  const text = await response.text();
  expect(text).toMatch(begins);
  if (ending === '.html')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  if (ending !== '-actions.csv') expect(text).toContain(`https://play.example/#/games/${ID}/replay?at=`);
});

it('whoever reads of a later round has met its seed', async () => {
  const person = sessions.personOf(stranger);
  const { scenarioId, seed } = sampleGame(ID).debrief;
  const hasMet = async () => {
    await book.flush();
    return store.witnesses.hasMet(person, scenarioId, seed);
  };
  const headers = { cookie: cookieOf(sessions.cookie(stranger, false)) };
  expect((await fetch(`${origin}/inputs`, { headers })).status).toBe(409);
  expect(await hasMet()).toBe(false);
  expect((await fetch(`${origin}/post-mortem.md`, { headers })).status).toBe(200);
  expect(await hasMet()).toBe(true);
});
