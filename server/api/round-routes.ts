/** Opens the next round of a room: the code, the people and the rules stay, the incident is another. */
import type { Application, Request } from 'express';
import { z } from 'zod';
import type { JoinGate } from '../rooms/join-gate.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { readBody } from './read-body.ts';

/** What the route needs. */
export type RoundRoutesOptions = {
  rooms: RoomRegistry;
  gate: JoinGate;
  /** Code of the room that a request names; throws when there is none. */
  roomOf: (request: Request) => string;
  /** Why no game can be opened now, or null. */
  whyNotOpen: () => Promise<string | null>;
};

const nothing = z.strictObject({});

/** Adds the route. */
export function roundRoutes(app: Application, { rooms, gate, roomOf, whyNotOpen }: RoundRoutesOptions): void {
  app.post(
    '/api/rooms/:code/rounds',
    answering(async (request, response) => {
      readBody(nothing, request);
      const code = roomOf(request);
      const { cookie } = request.headers;
      const session = gate.sessions.read(cookie);
      const seat = session === null ? '' : gate.sessions.seatFor(cookie, session, code);
      const why = await whyNotOpen();
      if (why !== null) throw new ApiProblem(503, 'not-ready', why);
      const opened = await rooms.nextRound(code, seat);
      if ('sentence' in opened) {
        throw new ApiProblem(opened.code === 'only-host' ? 403 : 409, opened.code, opened.sentence);
      }
      response.status(201).json(opened);
    }),
  );
}
