/**
 * The Socket.IO namespace `/public`: who names a room's code watches it. Nothing that a spectator sends is
 * listened to; whoever sends anyway, or cannot keep up, is cut off.
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import type { IncidentHost } from '../incidents/incident-host.ts';
import type { JoinGate } from '../rooms/join-gate.ts';
import { readRoomCode } from '../rooms/room-code.ts';
import { SPECTATOR_DELAY_MS } from './public-feed.ts';
import type { RefusedWhy } from './public-message.ts';
import type { RoomsPort } from './rooms-port.ts';
import { SpectatorPeople } from './spectator-people.ts';
import { WatchedRoom } from './watched-room.ts';
import type { PublicEvent, WatchedRoundOptions } from './watched-round.ts';

/** Packets that wait for a spectator before it is cut off. */
const WAITING_MAX = 60;
/** Spectators of one server. */
const SPECTATORS_MAX = 5000;
const auth = z.object({ code: z.string().max(20) });

/** How long a room is kept ready after the last spectator went: a page that reloads finds it as it was. */
const KEPT_MS = 60_000;

/** What the namespace needs. */
export type SpectatorOptions = {
  host: IncidentHost;
  gate: JoinGate;
  /** Which incident belongs to a code, and what its room does. */
  rooms: RoomsPort;
  /** How badly users would be hurt with nobody acting. */
  nobody: WatchedRoundOptions['nobody'];
  /** Told that a person watches an incident; they have now met it. */
  onWatched?: (incidentId: string, person: string) => void;
  /** How late, milliseconds. */
  delayMs?: number;
  /** How long a room that nobody watches is kept ready, milliseconds. */
  keptMs?: number;
};

/** A refusal that pages can tell apart. */
function refusal(why: RefusedWhy, sentence: string): Error {
  return Object.assign(new Error(sentence), { data: { why } });
}

/** The spectators of a server. */
export class SpectatorNamespace {
  readonly #options: SpectatorOptions;
  readonly #people: SpectatorPeople;
  readonly #server: Server;
  readonly #public: Namespace;
  readonly #watched = new Map<string, WatchedRoom>();
  /** Rooms that nobody watches any more, by code. */
  readonly #leaving = new Map<string, NodeJS.Timeout>();

  constructor(httpServer: HttpServer, options: SpectatorOptions) {
    this.#options = options;
    this.#people = new SpectatorPeople(options.gate);
    this.#server = new Server({
      serveClient: false,
      // Nothing long is ever sent to us.
      maxHttpBufferSize: 1000,
      perMessageDeflate: false,
      httpCompression: false,
      destroyUpgrade: false,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      connectTimeout: 10_000,
    });
    this.#server.attach(httpServer);
    this.#server.engine.on('initial_headers', (headers, request) => this.#people.greet(headers, request));
    this.#public = this.#server.of('/public');
    this.#public.use((socket, next) => next(this.#whyNot(socket)));
    this.#public.on('connection', (socket) => this.#watch(socket));
    const { rooms } = options;
    rooms.onNextRound((code) => this.#nextRound(code));
    rooms.onBeat((code, beat) => void this.#watched.get(code)?.lead(beat));
  }

  /** Hangs up on everybody. */
  close(): void {
    for (const code of [...this.#watched.keys()]) this.#forget(code);
    this.#server.disconnectSockets(true);
    this.#server.engine.close();
  }

  #whyNot(socket: Socket): Error | undefined {
    if (this.#public.sockets.size >= SPECTATORS_MAX)
      return refusal('full', 'Too many people watch. Try again later.');
    const parsed = auth.safeParse(socket.handshake.auth);
    const code = parsed.success ? readRoomCode(parsed.data.code) : null;
    const { gate, rooms } = this.#options;
    // An incident has one public stream; it is watched by the code of its room alone, or two would share it.
    const known = code !== null && rooms.incidentOf(code) !== null ? code : null;
    const refused = gate.whyNotKnown(known, socket.conn.remoteAddress);
    if (refused !== null) return refusal(refused.status === 404 ? 'no-room' : 'too-often', refused.sentence);
    (socket.data as { code?: string }).code = known ?? '';
    return undefined;
  }

  #watch(socket: Socket): void {
    const { code = '' } = socket.data as { code?: string };
    const watched = this.#take(code);
    void socket.join(code);
    this.#tellWatched(socket);
    socket.use(() => socket.disconnect(true));
    socket.on('error', () => undefined);
    socket.on('disconnect', () => this.#leave(code));
    void watched.tell((event, text) => socket.emit(event, text));
  }

  /** Everybody who watches a room watches its next round, and meets it. */
  #nextRound(code: string): void {
    this.#watched.get(code)?.nextRound(this.#options.rooms.incidentOf(code) ?? code);
    for (const id of this.#public.adapter.rooms.get(code) ?? []) {
      const socket = this.#public.sockets.get(id);
      if (socket !== undefined) this.#tellWatched(socket);
    }
  }

  #tellWatched(socket: Socket): void {
    const { code = '' } = socket.data as { code?: string };
    const { rooms, onWatched } = this.#options;
    const person = this.#people.person(socket.request);
    if (person !== '') onWatched?.(rooms.incidentOf(code) ?? code, person);
  }

  #take(code: string): WatchedRoom {
    clearTimeout(this.#leaving.get(code));
    this.#leaving.delete(code);
    const known = this.#watched.get(code);
    if (known !== undefined) return known;
    const { host, nobody, rooms, delayMs = SPECTATOR_DELAY_MS } = this.#options;
    const send = (event: PublicEvent, text: string) => this.#send(code, event, text);
    const watched = new WatchedRoom({ host, nobody, code, send, delayMs }, rooms.incidentOf(code) ?? code);
    this.#watched.set(code, watched);
    return watched;
  }

  #send(code: string, event: PublicEvent, text: string): void {
    for (const id of this.#public.adapter.rooms.get(code) ?? []) {
      const socket = this.#public.sockets.get(id);
      // The writer's own buffer: what has been emitted and not yet sent.
      const { writeBuffer } = socket?.conn as unknown as { writeBuffer?: unknown[] };
      if ((writeBuffer?.length ?? 0) > WAITING_MAX) socket?.disconnect(true);
    }
    this.#public.to(code).emit(event, text);
  }

  #leave(code: string): void {
    if (!this.#watched.has(code) || (this.#public.adapter.rooms.get(code)?.size ?? 0) > 0) return;
    clearTimeout(this.#leaving.get(code));
    const { keptMs = KEPT_MS } = this.#options;
    this.#leaving.set(
      code,
      setTimeout(() => this.#forget(code), keptMs),
    );
  }

  #forget(code: string): void {
    clearTimeout(this.#leaving.get(code));
    this.#leaving.delete(code);
    this.#watched.get(code)?.end();
    this.#watched.delete(code);
  }
}
