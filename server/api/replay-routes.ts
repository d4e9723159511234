/** What a page plays a finished game again from, over HTTP. Nothing of it is told before the debrief. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Application } from 'express';
import type { NotReplayed, Replayed, ReplayDesk } from '../incidents/replay-desk.ts';
import { AddressLimits } from '../rooms/address-limits.ts';
import { addressOf } from '../rooms/front-guard.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { gameId } from './game-id.ts';

/** Replays that an address may open: a burst, then so many a second. A class shares one address. */
const OPENINGS_BURST = 120;
const OPENINGS_PER_SECOND = 2;

const PROBLEMS: { [why in NotReplayed]: [status: number, error: string, sentence: string] } = {
  'no-game': [404, 'no-such-game', 'There is no such game, or it is not over yet.'],
  'no-inputs': [
    409,
    'not-kept',
    'This game was played before the server kept what a replay needs. Its debrief and post-mortem stay.',
  ],
  'other-version': [
    409,
    'other-version',
    'This game was played on another version of the simulation, which this server no longer runs. ' +
      'Its debrief and post-mortem stay as they are.',
  ],
};

const compress = promisify(gzip);
/** Bytes of a past shrink to a fifth at the lowest level already. */
const COMPRESSION = { level: 1 };

function valueOf<T>(replayed: Replayed<T>): T {
  if (replayed.ok) return replayed.value;
  throw new ApiProblem(...PROBLEMS[replayed.why]);
}

/** Adds the routes. */
export function replayRoutes(app: Application, desk: ReplayDesk): void {
  const openings = new AddressLimits(OPENINGS_BURST, OPENINGS_PER_SECOND);
  app.get(
    '/api/games/:id/inputs',
    answering(async (request, response) => {
      if (!openings.take(addressOf(request))) {
        throw new ApiProblem(429, 'too-often', 'This was too often. Try again in a minute.');
      }
      response.json(valueOf(await desk.game(gameId(request))));
    }),
  );
  app.get(
    '/api/games/:id/prehistory',
    answering(async (request, response) => {
      if (!openings.take(addressOf(request))) {
        throw new ApiProblem(429, 'too-often', 'This was too often. Try again in a minute.');
      }
      const bytes = valueOf(await desk.prehistory(gameId(request)));
      response.setHeader('content-encoding', 'gzip');
      response.type('application/octet-stream').send(await compress(bytes, COMPRESSION));
    }),
  );
}
