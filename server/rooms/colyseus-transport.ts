/** Rooms carried by Colyseus over WebSockets, beside an Express API on the same HTTP server. */
import type { Server as HttpServer } from 'node:http';
import { matchMaker, Server } from '@colyseus/core';
import { WebSocketTransport } from '@colyseus/ws-transport';
import type { Application } from 'express';
import { incidentRoomClass } from './incident-room.ts';
import type { Gate } from './incident-room.ts';
import { QuietLog } from './quiet-log.ts';
import type { RoomDesk, Transport } from './transport.ts';

const ROOM = 'incident';
/** Longest message of a client, bytes: a terminal line or a patch is far shorter. */
const PAYLOAD_BYTES_MAX = 64 * 1024;

/** What the transport needs. */
export type ColyseusTransportOptions = {
  /** The HTTP server to share. */
  httpServer: HttpServer;
  /** Who may join. */
  gate: Gate;
  /** Adds the API. */
  express: (app: Application) => void;
};

/** Colyseus as a transport. */
export class ColyseusTransport implements Transport {
  readonly #server: Server;
  readonly #webSockets: WebSocketTransport;
  readonly #desks = new Map<string, RoomDesk>();

  constructor({ httpServer, gate, express }: ColyseusTransportOptions) {
    // Rooms are made by us, and a lost connection comes back with a new ticket, not with an old token.
    matchMaker.controller.exposedMethods = ['joinById'];
    // Pages of other origins get nothing: no header that would let them read an answer.
    matchMaker.controller.DEFAULT_CORS_HEADERS = {} as typeof matchMaker.controller.DEFAULT_CORS_HEADERS;
    matchMaker.controller.getCorsHeaders = () => ({});
    this.#webSockets = new WebSocketTransport({ server: httpServer, maxPayload: PAYLOAD_BYTES_MAX });
    this.#server = new Server({
      transport: this.#webSockets,
      express,
      gracefullyShutdown: false,
      greet: false,
      logger: new QuietLog(),
    });
    this.#server.define(ROOM, incidentRoomClass(this.#desks, gate));
  }

  /** Begins to listen. */
  async listen(port: number, host: string): Promise<void> {
    await this.#server.listen(port, host);
  }

  async openRoom(code: string, desk: RoomDesk): Promise<void> {
    this.#desks.set(code, desk);
    await matchMaker.createRoom(ROOM, { code });
  }

  async closeRoom(code: string): Promise<void> {
    this.#desks.delete(code);
    await matchMaker.getLocalRoomById(code)?.disconnect();
  }

  /** Ends all connections and stops listening. */
  close(): void {
    this.#webSockets.shutdown();
  }
}
