/** What a replay is played from, over real HTTP: finished games of this engine, with their own draw only. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import { bytesHash } from '../incidents/content-hash.ts';
import { ReplayDesk } from '../incidents/replay-desk.ts';
import { hashedSubject } from '../incidents/subject-hashes.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { sampleGame } from '../store/testing/sample-game.ts';
import type { ApiProblem } from './api-problem.ts';
import { replayRoutes } from './replay-routes.ts';

const ID = 'GAME0001-2';
const store = createMemoryStore();
const server = createServer();
const past = new Uint8Array([7, 7, 7, 1]);
const { scenarioHash, systemHash } = hashedSubject('polls-mystery')!;
let origin = '';

/** Keeps a game that was played on some engine, from some past. */
async function keep(id: string, engineVersion: string, pastBytes = past): Promise<void> {
  const game = sampleGame(id);
  const prehistoryHash = bytesHash(pastBytes);
  const header = { ...game.inputs.header, engineVersion, scenarioHash, systemHash, prehistoryHash };
  await store.games.save({ ...game, inputs: { ...game.inputs, header } });
}

beforeAll(async () => {
  await keep(ID, 'this');
  await keep('GAME0002', 'another');
  await keep('GAME0003', 'this', new Uint8Array([1]));
  const app = express();
  const prehistory = async () => ({ variant: 0, bytes: past });
  replayRoutes(app, new ReplayDesk({ games: store.games, engineVersion: 'this', prehistory }));
  app.use(((error, _request, response, _next) => {
    const { status, message, error: word } = error as ApiProblem;
    response.status(status).json({ error: word, sentence: message });
  }) as express.ErrorRequestHandler);
  server.on('request', app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/games`;
});

afterAll(() => void server.close());

it('gives header, commands, seats and what the engine needs, with the drawn fault only', async () => {
  const response = await fetch(`${origin}/${ID}/inputs`);
  expect(response.status).toBe(200);
  const game = (await response.json()) as ReplayGame;
  const kept = sampleGame(ID);
  expect(game).toMatchObject({ records: kept.inputs.records, seats: kept.seats });
  expect(game).toMatchObject({ closedAtMicros: 600_000_000, room: { incidentId: ID } });
  expect(game.system.id).toBe(game.scenario.system);
  expect(game.scenario.faults.map(({ instances }) => instances.length)).toEqual([1]);
  expect(JSON.stringify(game)).not.toContain('"hash"');
});

it('gives the past, packed for the way', async () => {
  const response = await fetch(`${origin}/${ID}/prehistory`);
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(past);
});

it('says so in a sentence when the game is not over, or is of another engine or past', async () => {
  const asked = async (path: string) => {
    const response = await fetch(`${origin}/${path}`);
    const { error, sentence } = (await response.json()) as { error: string; sentence: string };
    expect(sentence).toMatch(/^[A-Z].+\.$/);
    return [response.status, error];
  };
  expect(await asked('GAME0009/inputs')).toEqual([404, 'no-such-game']);
  expect(await asked('GAME0009/prehistory')).toEqual([404, 'no-such-game']);
  expect(await asked('GAME0002/inputs')).toEqual([409, 'other-version']);
  expect(await asked('GAME0002/prehistory')).toEqual([409, 'other-version']);
  expect(await asked('GAME0003/prehistory')).toEqual([409, 'other-version']);
});
