/** The HTTP API. JSON in, JSON out; what goes wrong is told as `{error, sentence}`. */
import { CALM_SECONDS_MAX, SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { Application, NextFunction, Request, Response } from 'express';
import express from 'express';
import { z } from 'zod';
import { SCENARIOS } from '@chaotic-good/scenarios/sdk/registry';
import type { ReachableUrls } from '../config/reachable-urls.ts';
import type { ReplayDesk } from '../incidents/replay-desk.ts';
import { hashedSubject } from '../incidents/subject-hashes.ts';
import type { PostMortemDesk } from '../post-mortem/post-mortem-desk.ts';
import { AddressLimits } from '../rooms/address-limits.ts';
import { addressOf } from '../rooms/front-guard.ts';
import { readRoomCode } from '../rooms/room-code.ts';
import type { JoinGate } from '../rooms/join-gate.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { BoardStore } from '../store/board-store.ts';
import type { GameStore } from '../store/game-store.ts';
import type { WitnessBook } from '../store/witness-book.ts';
import type { WitnessStore } from '../store/witness-store.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { boardRoutes } from './board-routes.ts';
import { chosenSeed, seedChoice } from './chosen-seed.ts';
import { gameId } from './game-id.ts';
import { handoverRoutes } from './handover-routes.ts';
import { postMortemRoutes, readLongEdits } from './post-mortem-routes.ts';
import { readBody } from './read-body.ts';
import { replayRoutes } from './replay-routes.ts';
import { roundRoutes } from './round-routes.ts';
import { serveClient } from './serve-client.ts';
import { WhoAsks } from './who-asks.ts';

/** Rooms that an address may open: a burst, then so many a second. */
const ROOMS_BURST = 10;
const ROOMS_PER_SECOND = 10 / 60;
const BODY_LIMIT = '16kb';

/** What the API needs. */
export type ApiOptions = {
  rooms: RoomRegistry;
  gate: JoinGate;
  games: GameStore;
  postMortems: PostMortemDesk;
  /** Where replays come from. */
  replays: ReplayDesk;
  /** Where players reach this server, as the operator said it, or null. */
  publicUrl: string | null;
  boards: BoardStore;
  witnesses: WitnessStore;
  /** Writes down who meets which game. */
  book: WitnessBook;
  /** Where players reach this server. */
  urls: () => ReachableUrls;
  /** Why no game can be opened now, or null. */
  whyNotOpen: () => Promise<string | null>;
  /** Whether a game can begin at once. */
  isPrepared: () => boolean;
  /** How far the preparations are. */
  progress: () => { built: number; total: number };
  /** Folder of the built client. */
  clientDir: string;
};

const newRoom = z.strictObject({
  scenario: z.string().max(100),
  ...seedChoice,
  rules: z
    .strictObject({
      mode: z.enum(['practice', 'ranked']),
      calmSeconds: z.int().min(0).max(CALM_SECONDS_MAX),
    })
    .optional(),
});
const newSeat = z.strictObject({
  name: z.string().trim().min(1).max(40),
  kind: z.enum(['player', 'facilitator']),
});

function roomRoutes(app: Application, who: WhoAsks, options: ApiOptions): void {
  const { rooms, gate, whyNotOpen, boards } = options;
  const openings = new AddressLimits(ROOMS_BURST, ROOMS_PER_SECOND);
  const roomOf = (request: Request): string => {
    const code = readRoomCode(String(request.params.code));
    const refused = gate.whyNotKnown(code, addressOf(request));
    if (refused !== null) throw new ApiProblem(refused.status, 'no-such-room', refused.sentence);
    return rooms.codeOf(code ?? '');
  };
  app.post(
    '/api/rooms',
    answering(async (request, response) => {
      const { rules, ...asked } = readBody(newRoom, request);
      const { scenario } = asked;
      if (hashedSubject(scenario) === undefined) {
        throw new ApiProblem(404, 'no-such-scenario', 'There is no such scenario. Choose one of the list.');
      }
      const why = await whyNotOpen();
      if (why !== null) throw new ApiProblem(503, 'not-ready', why);
      if (!rooms.hasRoom || !openings.take(addressOf(request))) {
        throw new ApiProblem(429, 'too-many-rooms', 'Too many rooms were opened. Try again in a minute.');
      }
      const seed = await chosenSeed(asked, { sessions: gate.sessions, boards });
      const code = await rooms.create({ scenarioId: scenario, ...seed, rules: rules ?? SCRIPT_RULES });
      response.status(201).json({ code });
    }),
  );
  app.get(
    '/api/rooms/:code',
    answering(async (request, response) => {
      const { room, phase, seats } = await rooms.summary(roomOf(request));
      const { code, scenarioId, title } = room;
      const { round } = room;
      response.json({ code, scenarioId, title, phase, round, players: seats.length });
    }),
  );
  app.post(
    '/api/rooms/:code/seats',
    answering(async (request, response) => {
      const person = readBody(newSeat, request);
      const code = roomOf(request);
      const session = gate.sessions.read(request.headers.cookie) ?? gate.sessions.create();
      const seat = gate.sessions.seatFor(request.headers.cookie, session, code);
      const rejection = await rooms.takeSeat(code, seat, person);
      if (rejection !== null) throw new ApiProblem(403, rejection.code, rejection.sentence);
      const { incidentId } = await rooms.summary(code);
      who.takesSeat(session, incidentId, seat);
      const isSecure = gate.isSecure(request.headers.origin);
      response.setHeader('set-cookie', gate.sessions.cookie(session, isSecure));
      const roomId = rooms.incidentOf(code) ?? code;
      response.json({ seat, ticket: gate.tickets.issue({ code: roomId, seat, session }), roomId });
    }),
  );
  roundRoutes(app, { rooms, gate, roomOf, whyNotOpen });
  handoverRoutes(app, { rooms, gate, roomOf });
}

function gameRoutes(app: Application, { games }: ApiOptions): void {
  const found = <T>(value: T | undefined): T => {
    if (value !== undefined) return value;
    throw new ApiProblem(404, 'no-such-game', 'There is no such game.');
  };
  app.get(
    '/api/games/:id',
    answering(async (request, response) => void response.json(found(await games.debrief(gameId(request))))),
  );
}

function serverRoutes(app: Application, { urls, whyNotOpen, isPrepared, progress }: ApiOptions): void {
  app.get(
    '/api/scenarios',
    answering((_, response) => {
      const scenarios = SCENARIOS.map(({ id, title, level, story, timeLimitSeconds }) => {
        const system = hashedSubject(id)?.subject.system;
        const { title: systemTitle, sentences } = system ?? { title: '', sentences: [] };
        return { id, title, level, story, timeLimitSeconds, system: systemTitle, sentences };
      });
      response.json({ scenarios });
    }),
  );
  app.get(
    '/api/info',
    answering((_, response) => void response.json(urls())),
  );
  app.get(
    '/livez',
    answering((_, response) => void response.type('text').send('alive\n')),
  );
  app.get(
    '/readyz',
    answering(async (_, response) => {
      const preparing = isPrepared() ? null : 'The server prepares its first game; it takes a few seconds.';
      const why = (await whyNotOpen()) ?? preparing;
      response.status(why === null ? 200 : 503).json({ ready: why === null, why, prehistories: progress() });
    }),
  );
}

/** Tells problems: ours as they are, anything else without a word about the inside. */
function tellProblem(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (error instanceof ApiProblem) {
    response.status(error.status).json({ error: error.error, sentence: error.message });
  } else if (type === 'entity.too.large') {
    response.status(413).json({ error: 'too-long', sentence: 'This body is too long.' });
  } else if (typeof status === 'number' && status >= 400 && status < 500) {
    response.status(status).json({ error: 'not-understood', sentence: 'This request was not understood.' });
  } else {
    process.stderr.write(`api: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    const sentence = 'The server failed at this. What was recorded is safe; try again in a moment.';
    response.status(500).json({ error: 'failed', sentence });
  }
}

/** Headers that hold for everything we serve. */
function guardPages(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  next();
}

/** Adds the API and the pages to an Express application. */
export function addApi(app: Application, options: ApiOptions): void {
  app.disable('x-powered-by');
  app.set('trust proxy', false);
  app.use(guardPages);
  app.use('/api', (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  readLongEdits(app);
  app.use('/api', express.json({ limit: BODY_LIMIT, strict: true }));
  const who = new WhoAsks(options.gate, options.book);
  who.noteReaders(app);
  roomRoutes(app, who, options);
  boardRoutes(app, { ...options, who });
  gameRoutes(app, options);
  replayRoutes(app, options.replays);
  postMortemRoutes(app, { ...options, desk: options.postMortems });
  serverRoutes(app, options);
  app.use('/api', (_request, _response, next) =>
    next(new ApiProblem(404, 'no-such-address', 'There is nothing at this address.')),
  );
  serveClient(app, options.clientDir);
  app.use(tellProblem);
}
