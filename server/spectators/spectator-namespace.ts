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
import { PublicFeed } from './public-feed.ts';

/** Packets that wait for a spectator before it is cut off. */
const WAITING_MAX = 60;
/** Spectators of one server. */
const SPECTATORS_MAX = 5000;
const auth = z.object({ code: z.string().max(20) });

/** What the namespace needs. */
export type SpectatorOptions = { host: IncidentHost; gate: JoinGate; delayMs?: number };

/** The spectators of a server. */
export class SpectatorNamespace {
  readonly #options: SpectatorOptions;
  readonly #server: Server;
  readonly #public: Namespace;
  readonly #feeds = new Map<string, PublicFeed>();

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
    for (const feed of this.#feeds.values()) feed.end();
    this.#feeds.clear();
    this.#server.disconnectSockets(true);
    this.#server.engine.close();
  }

  #whyNot(socket: Socket): Error | undefined {
    if (this.#public.sockets.size >= SPECTATORS_MAX)
      return new Error('Too many people watch. Try again later.');
    const parsed = auth.safeParse(socket.handshake.auth);
    const code = parsed.success ? readRoomCode(parsed.data.code) : null;
    const refused = this.#options.gate.whyNotKnown(code, socket.conn.remoteAddress);
    if (refused !== null) return new Error(refused.sentence);
    (socket.data as { code?: string }).code = code ?? '';
    return undefined;
  }

  #watch(socket: Socket): void {
    const { code = '' } = socket.data as { code?: string };
    const feed = this.#feed(code);
    void socket.join(code);
    socket.use(() => socket.disconnect(true));
    socket.on('error', () => undefined);
    socket.on('disconnect', () => this.#forgetIfUnwatched(code));
    const { beginning } = feed;
    if (beginning !== null) socket.emit('frame', beginning);
  }

  #feed(code: string): PublicFeed {
    const known = this.#feeds.get(code);
    if (known !== undefined) return known;
    const { host, delayMs } = this.#options;
    const feed = new PublicFeed({
      subscribe: (listener) => host.subscribe(code, { kind: 'public' }, listener),
      send: (text) => this.#send(code, text),
      delayMs,
    });
    this.#feeds.set(code, feed);
    return feed;
  }

  #send(code: string, text: string): void {
    for (const id of this.#public.adapter.rooms.get(code) ?? []) {
      const socket = this.#public.sockets.get(id);
      // The writer's own buffer: what has been emitted and not yet sent.
      const { writeBuffer } = socket?.conn as unknown as { writeBuffer?: unknown[] };
      if ((writeBuffer?.length ?? 0) > WAITING_MAX) socket?.disconnect(true);
    }
    this.#public.to(code).emit('frame', text);
  }

  #forgetIfUnwatched(code: string): void {
    if ((this.#public.adapter.rooms.get(code)?.size ?? 0) > 0) return;
    this.#feeds.get(code)?.end();
    this.#feeds.delete(code);
  }
}
