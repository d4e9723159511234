/**
 * The Socket.IO namespace `/public`: who names a room's code watches it. Nothing that a spectator sends is
 * listened to; whoever sends anyway, or cannot keep up, is cut off.
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Namespace, Socket } from 'socket.io';
import { z } from 'zod';
import type { SeriesPoints } from '@chaotic-good/engine/telemetry/read-series';
import type { IncidentHost } from '../incidents/incident-host.ts';
import type { JoinGate } from '../rooms/join-gate.ts';
import { readRoomCode } from '../rooms/room-code.ts';
import { PublicFeed, SPECTATOR_DELAY_MS } from './public-feed.ts';
import type { PublicRoom, RefusedWhy } from './public-message.ts';
import { PublicSignals } from './public-signals.ts';

/** Packets that wait for a spectator before it is cut off. */
const WAITING_MAX = 60;
/** Spectators of one server. */
const SPECTATORS_MAX = 5000;
const auth = z.object({ code: z.string().max(20) });

/** What the namespace needs. */
export type SpectatorOptions = { host: IncidentHost; gate: JoinGate; delayMs?: number };

/** What is sent to those who watch one room. */
type Watched = { feed: PublicFeed; signals: PublicSignals; room: Promise<PublicRoom | null> };

/** A refusal that pages can tell apart. */
function refusal(why: RefusedWhy, sentence: string): Error {
  return Object.assign(new Error(sentence), { data: { why } });
}

/** The spectators of a server. */
export class SpectatorNamespace {
  readonly #options: SpectatorOptions;
  readonly #server: Server;
  readonly #public: Namespace;
  readonly #watched = new Map<string, Watched>();

  constructor(httpServer: HttpServer, options: SpectatorOptions) {
    this.#options = options;
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
    this.#public = this.#server.of('/public');
    this.#public.use((socket, next) => next(this.#whyNot(socket)));
    this.#public.on('connection', (socket) => this.#watch(socket));
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
    const refused = this.#options.gate.whyNotKnown(code, socket.conn.remoteAddress);
    if (refused !== null) return refusal(refused.status === 404 ? 'no-room' : 'too-often', refused.sentence);
    (socket.data as { code?: string }).code = code ?? '';
    return undefined;
  }

  #watch(socket: Socket): void {
    const { code = '' } = socket.data as { code?: string };
    const { feed, signals, room } = this.#take(code);
    void socket.join(code);
    socket.use(() => socket.disconnect(true));
    socket.on('error', () => undefined);
    socket.on('disconnect', () => this.#forgetIfUnwatched(code));
    if (signals.beginning !== null) socket.emit('signals', signals.beginning);
    if (feed.beginning !== null) socket.emit('frame', feed.beginning);
    void room.then((told) => told !== null && socket.emit('room', JSON.stringify(told)));
  }

  #take(code: string): Watched {
    const known = this.#watched.get(code);
    if (known !== undefined) return known;
    const { host, delayMs = SPECTATOR_DELAY_MS } = this.#options;
    const feed = new PublicFeed({
      subscribe: (listener) => host.subscribe(code, { kind: 'public' }, listener),
      send: (text) => this.#send(code, 'frame', text),
      delayMs,
    });
    const signals = new PublicSignals({
      read: (name, fromMicros) => this.#series(code, name, fromMicros),
      send: (text) => this.#send(code, 'signals', text),
      delayMs,
    });
    const watched = { feed, signals, room: this.#room(code, delayMs).catch(() => null) };
    this.#watched.set(code, watched);
    return watched;
  }

  async #room(code: string, delayMs: number): Promise<PublicRoom> {
    const { room } = await this.#options.host.query(code, '', { kind: 'summary' });
    const { title, story, startedAtUnixMs } = room;
    return { code, title, story, startedAtUnixMs, delaySeconds: delayMs / 1000 };
  }

  async #series(code: string, name: string, fromMicros: number): Promise<SeriesPoints[]> {
    const toMicros = Number.MAX_SAFE_INTEGER;
    const query = { kind: 'series' as const, name, labels: {}, fromMicros, toMicros };
    const answer = await this.#options.host.query(code, '', { kind: 'wire', query });
    return answer.kind === 'series' ? answer.series : [];
  }

  #send(code: string, event: 'frame' | 'signals', text: string): void {
    for (const id of this.#public.adapter.rooms.get(code) ?? []) {
      const socket = this.#public.sockets.get(id);
      // The writer's own buffer: what has been emitted and not yet sent.
      const { writeBuffer } = socket?.conn as unknown as { writeBuffer?: unknown[] };
      if ((writeBuffer?.length ?? 0) > WAITING_MAX) socket?.disconnect(true);
    }
    this.#public.to(code).emit(event, text);
  }

  #forgetIfUnwatched(code: string): void {
    if ((this.#public.adapter.rooms.get(code)?.size ?? 0) > 0) return;
    this.#forget(code);
  }

  #forget(code: string): void {
    const { feed, signals } = this.#watched.get(code) ?? {};
    feed?.end();
    signals?.end();
    this.#watched.delete(code);
  }
}
