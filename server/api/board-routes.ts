/** Boards, places and lists of finished games. */
import type { Application, Request } from 'express';
import { z } from 'zod';
import { SIZE_BRACKETS } from '@chaotic-good/engine/protocol/boards';
import type { GamesPage, SizeBracket } from '@chaotic-good/engine/protocol/boards';
import { SCENARIOS } from '@chaotic-good/scenarios/sdk/registry';
import { readRoomCode } from '../rooms/room-code.ts';
import { utcDay } from '../rooms/utc-day.ts';
import type { BoardStore, GamesQuery } from '../store/board-store.ts';
import type { WitnessStore } from '../store/witness-store.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { boardOf, placeOf } from './board-of.ts';
import type { WhoAsks } from './who-asks.ts';

/** What the routes need. */
export type BoardRoutesOptions = { boards: BoardStore; witnesses: WitnessStore; who: WhoAsks };

const PAGE_GAMES = 25;
const PAGE_GAMES_MAX = 100;
const DAY_MS = 86_400_000;

const day = z.iso.date();
const asText = z.string().max(100).default('');
const boardQuery = z.object({
  seed: z.string().max(20).default(''),
  bracket: z
    .enum(SIZE_BRACKETS as [SizeBracket, ...SizeBracket[]])
    .or(z.literal(''))
    .default(''),
});
const gamesQuery = z.object({
  scenario: asText,
  team: asText,
  fault: asText,
  from: day.or(z.literal('')).default(''),
  to: day.or(z.literal('')).default(''),
  after: z.string().max(60).default(''),
  limit: z.coerce.number().int().min(1).max(PAGE_GAMES_MAX).default(PAGE_GAMES),
});

function readQuery<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  const parsed = shape.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new ApiProblem(400, 'not-understood', `This was not understood: ${path.join('.')}: ${message}.`);
}

/** Where a page goes on: behind a game, by its time and its id. */
function readCursor(text: string): GamesQuery['after'] {
  if (text === '') return null;
  const [, ms = '', id = ''] = /^(\d{1,15})-([0-9A-Z]{8})$/.exec(text) ?? [];
  if (id === '') throw new ApiProblem(400, 'not-understood', 'This page of the list is not known.');
  return { startedAtUnixMs: Number(ms), id };
}

/** Adds the routes. */
export function boardRoutes(app: Application, { boards, witnesses, who }: BoardRoutesOptions): void {
  app.get(
    '/api/boards/:scenario',
    answering(async (request, response) => {
      const scenario = SCENARIOS.find(({ id }) => id === request.params.scenario);
      if (scenario === undefined) throw new ApiProblem(404, 'no-such-scenario', 'There is no such scenario.');
      const { seed: key, bracket } = readQuery(boardQuery, request);
      const person = who.person(request);
      const { id: scenarioId, title } = scenario;
      const today = utcDay(Date.now());
      const hasMet = async (seed: string) =>
        person !== '' && (await witnesses.hasMet(person, scenarioId, seed));
      const board = await boardOf(boards, { scenarioId, title, key, bracket, today, hasMet });
      if (board === undefined) {
        throw new ApiProblem(404, 'no-such-board', 'No ranked game has been played on this seed.');
      }
      response.json(board);
    }),
  );
  app.get(
    '/api/games/:id/place',
    answering(async (request, response) => {
      const id = readRoomCode(String(request.params.id));
      const place = id === null ? undefined : await placeOf(boards, id);
      if (place === undefined) throw new ApiProblem(404, 'no-such-game', 'There is no such game.');
      response.json(place);
    }),
  );
  app.get(
    '/api/games/choices',
    answering(async (request, response) => {
      const guard = { day: utcDay(Date.now()), person: who.person(request) };
      response.json(await boards.choices(guard));
    }),
  );
  app.get(
    '/api/games',
    answering(async (request, response) => {
      const { scenario, team, fault, from, to, after, limit } = readQuery(gamesQuery, request);
      const found = await boards.list({
        scenarioId: scenario,
        team: team.trim(),
        faultClass: fault,
        fromUnixMs: from === '' ? null : Date.parse(from),
        toUnixMs: to === '' ? null : Date.parse(to) + DAY_MS - 1,
        after: readCursor(after),
        // One more tells whether there is another page.
        limit: limit + 1,
        guard: { day: utcDay(Date.now()), person: who.person(request) },
      });
      const games = found.slice(0, limit);
      const last = found.length > limit ? games.at(-1) : undefined;
      const next = last === undefined ? null : `${last.startedAtUnixMs}-${last.id}`;
      response.json({ games, next } satisfies GamesPage);
    }),
  );
}
