/** The post-mortem of a finished game over HTTP: read, edited by those who played, answered, exported. */
import type { PostMortemEdit, PostMortemSheet } from '@chaotic-good/engine/protocol/post-mortem';
import type { Application, Request, Response } from 'express';
import express from 'express';
import { languageProblems } from '../post-mortem/language.ts';
import type { NotWritten, PostMortemDesk, SeatFinder, Written } from '../post-mortem/post-mortem-desk.ts';
import { actionsCsv } from '../post-mortem/render/actions-csv.ts';
import { postMortemHtml } from '../post-mortem/render/html.ts';
import { postMortemJson } from '../post-mortem/render/json.ts';
import { postMortemMarkdown } from '../post-mortem/render/markdown.ts';
import { fileName } from '../post-mortem/render/render-options.ts';
import { AddressLimits } from '../rooms/address-limits.ts';
import { addressOf } from '../rooms/front-guard.ts';
import type { JoinGate } from '../rooms/join-gate.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { gameId } from './game-id.ts';
import { answered, EDIT_BYTES_MAX, madeFinal, savedEdit } from './post-mortem-schema.ts';
import { readBody } from './read-body.ts';

/** Writings that an address may do: a burst, then so many a second. A class shares one address. */
const WRITES_BURST = 120;
const WRITES_PER_SECOND = 2;

/** What the routes need. */
export type PostMortemRoutesOptions = {
  desk: PostMortemDesk;
  gate: JoinGate;
  /** Where players reach this server, as the operator said it; null = links out of a file lead nowhere. */
  publicUrl: string | null;
};

const PROBLEMS: { [why in NotWritten]: [status: number, sentence: string] } = {
  'no-game': [404, 'There is no such game.'],
  'no-seat': [
    403,
    'You took no part in this game on this device: you can read its post-mortem, not change it.',
  ],
  final: [409, 'This post-mortem is final. It can be read, not changed.'],
  conflict: [409, 'Somebody else has saved since you began. Nothing of yours is lost; look at both.'],
  'too-many': [409, 'This post-mortem has as many versions as it can have. Make it final.'],
};

/** Everything in an export works without the network and runs nothing. */
const HTML_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'none'";

function refuse(why: NotWritten): never {
  const [status, sentence] = PROBLEMS[why];
  throw new ApiProblem(status, why === 'no-game' ? 'no-such-game' : why, sentence);
}

/** What the words of an edit should not say, as advice. */
function adviceOn(edit: PostMortemEdit, { document }: PostMortemSheet): string[] {
  const partial = document.impact.journeys.some(({ goodRatio }) => (goodRatio ?? 0) > 0);
  const { summary, factors, wentWell, wasHard, actions, added } = edit;
  const points = [factors, wentWell, wasHard, actions, added].flat().map(({ text }) => text);
  return languageProblems([...summary, ...points].join('\n'), { partial });
}

/** Reading and writing. */
function sheetRoutes(app: Application, { desk, gate }: PostMortemRoutesOptions): void {
  const writes = new AddressLimits(WRITES_BURST, WRITES_PER_SECOND);
  const seatIn =
    (request: Request): SeatFinder =>
    (roomCode) => {
      const { cookie } = request.headers;
      const session = gate.sessions.read(cookie);
      return session === null ? '' : gate.sessions.gameSeatFor(cookie, session, roomCode);
    };
  const mayWrite = (request: Request) => {
    if (writes.take(addressOf(request))) return;
    throw new ApiProblem(429, 'too-often', 'This was too often. Nothing was changed; wait a minute.');
  };
  const told = async (request: Request, response: Response, written: Written, edit?: PostMortemEdit) => {
    if (written.ok) {
      const { sheet } = written;
      return void response.json({ sheet, advice: edit === undefined ? [] : adviceOn(edit, sheet) });
    }
    if (written.why !== 'conflict') refuse(written.why);
    const sheet = await desk.sheet(gameId(request), seatIn(request));
    response.status(409).json({ error: 'conflict', sentence: PROBLEMS.conflict[1], sheet });
  };
  app.get(
    '/api/games/:id/post-mortem',
    answering(async (request, response) => {
      const sheet = await desk.sheet(gameId(request), seatIn(request));
      response.json(sheet ?? refuse('no-game'));
    }),
  );
  app.get(
    '/api/games/:id/post-mortem/versions/:version',
    answering(async (request, response) => {
      const asked = String(request.params.version);
      const number = /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
      const version = await desk.version(gameId(request), number);
      if (version === undefined) throw new ApiProblem(404, 'no-such-version', 'There is no such version.');
      response.json(version);
    }),
  );
  app.post(
    '/api/games/:id/post-mortem',
    answering(async (request, response) => {
      mayWrite(request);
      const { base, edit } = readBody(savedEdit, request);
      const written = await desk.save(gameId(request), seatIn(request), base, edit);
      await told(request, response, written, edit);
    }),
  );
  app.post(
    '/api/games/:id/post-mortem/final',
    answering(async (request, response) => {
      mayWrite(request);
      const { base } = readBody(madeFinal, request);
      await told(request, response, await desk.finish(gameId(request), seatIn(request), base));
    }),
  );
  app.post(
    '/api/games/:id/answers',
    answering(async (request, response) => {
      mayWrite(request);
      const answer = readBody(answered, request);
      await told(request, response, await desk.answer(gameId(request), seatIn(request), answer));
    }),
  );
}

/** The files that people forward. */
function exportRoutes(app: Application, { desk, publicUrl }: PostMortemRoutesOptions): void {
  const file = (
    ending: string,
    type: string,
    text: (current: Awaited<ReturnType<PostMortemDesk['current']>> & object) => string,
    more: { [header: string]: string } = {},
  ) =>
    app.get(
      `/api/games/:id/post-mortem${ending}`,
      answering(async (request, response) => {
        const id = gameId(request);
        const current = (await desk.current(id)) ?? refuse('no-game');
        // The word goes with the file wherever it is forwarded to.
        response.setHeader('content-disposition', `inline; filename="${fileName(id, ending)}"`);
        for (const [header, value] of Object.entries(more)) response.setHeader(header, value);
        response.type(`${type}; charset=utf-8`).send(text(current));
      }),
    );
  file('.md', 'text/markdown', (current) => postMortemMarkdown(current.document, { ...current, publicUrl }));
  file('.json', 'application/json', (current) => postMortemJson(current.document, { ...current, publicUrl }));
  file('.html', 'text/html', (current) => postMortemHtml(current.document, { ...current, publicUrl }), {
    'content-security-policy': HTML_POLICY,
  });
  file('-actions.csv', 'text/csv', ({ document }) => actionsCsv(document));
}

/** Lets the edits of a post-mortem be longer than other bodies; before bodies are read. */
export function readLongEdits(app: Application): void {
  app.use('/api/games/:id/post-mortem', express.json({ limit: EDIT_BYTES_MAX, strict: true }));
}

/** Adds the routes. */
export function postMortemRoutes(app: Application, options: PostMortemRoutesOptions): void {
  sheetRoutes(app, options);
  exportRoutes(app, options);
}
