/** Moves a seat to another device by a link: made by whoever sits there, used once by whoever opens it. */
import type { Application, Request } from 'express';
import { z } from 'zod';
import { addressOf } from '../rooms/front-guard.ts';
import type { JoinGate } from '../rooms/join-gate.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import { HANDOVER_SECONDS } from '../rooms/seat-handovers.ts';
import { answering } from './answering.ts';
import { ApiProblem } from './api-problem.ts';
import { readBody } from './read-body.ts';

/** What the routes need. */
export type HandoverRoutesOptions = {
  rooms: RoomRegistry;
  gate: JoinGate;
  /** The room that a request names; throws when there is none. */
  roomOf: (request: Request) => string;
};

const nothing = z.strictObject({});
const opening = z.strictObject({ token: z.string().max(64) });
const NO_SEAT = 'You have no seat in this room, so there is nothing to move to another device.';
const USED =
  'This link was used already, or is older than five minutes. Make another one on the device you come from.';

/** Adds the routes. */
export function handoverRoutes(app: Application, { rooms, gate, roomOf }: HandoverRoutesOptions): void {
  app.post(
    '/api/rooms/:code/handovers',
    answering(async (request, response) => {
      readBody(nothing, request);
      const code = roomOf(request);
      const { cookie } = request.headers;
      const session = gate.sessions.read(cookie);
      const seat = session === null ? '' : gate.sessions.seatFor(cookie, session, code);
      const { seats } = await rooms.summary(code);
      if (!seats.some((one) => one.seat === seat)) throw new ApiProblem(403, 'no-seat', NO_SEAT);
      response.status(201).json({ token: gate.handovers.issue(code, seat), seconds: HANDOVER_SECONDS });
    }),
  );
  app.post(
    '/api/rooms/:code/handovers/use',
    answering(async (request, response) => {
      const { token } = readBody(opening, request);
      const code = roomOf(request);
      const { seats } = await rooms.summary(code);
      const seat = gate.takeOver(code, token, addressOf(request));
      const taken = seats.find((one) => one.seat === seat);
      if (seat === null || taken === undefined) throw new ApiProblem(410, 'link-used', USED);
      const session = gate.sessions.read(request.headers.cookie) ?? gate.sessions.create();
      const isSecure = gate.isSecure(request.headers.origin);
      response.setHeader('set-cookie', [
        gate.sessions.cookie(session, isSecure),
        gate.sessions.seatCookie(seat, session, code, isSecure),
        gate.sessions.gamesCookie(seat, session, code, isSecure),
      ]);
      rooms.handOver(code, seat);
      response.json({ seat, name: taken.name });
    }),
  );
}
