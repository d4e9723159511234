/** The Colyseus room: turns clients into lines and passes on what they say. No rule of the game, no state. */
import { ServerError } from '@colyseus/core';
import type { AuthContext, Client } from '@colyseus/core';
import type { WebSocketClient } from '@colyseus/ws-transport';
import { z } from 'zod';
import { GuardedRoom } from './guarded-room.ts';
import type { Admission, Line, RoomDesk } from './transport.ts';

/** The one type of messages, in both directions; the payload is one JSON text, or packed bytes. */
const WIRE = 'wire';
const joinOptions = z.strictObject({ ticket: z.string().max(64) });
const admissionShape = z.object({ seat: z.string(), code: z.string() });

/** Lets somebody in by their ticket and cookies, or not. */
export type Gate = (ticket: string, cookies: string | undefined, address: string) => Admission | null;

/** A client as a line. */
function lineOf(client: Client): Line {
  const carried = client as Client as WebSocketClient;
  return {
    say: (text) => client.send(WIRE, text),
    sayBytes: (bytes) => client.sendBytes(WIRE, bytes),
    get isOpen() {
      return carried.ref.readyState === carried.ref.OPEN;
    },
    get bufferedBytes() {
      // What waits for a client that has not answered the handshake counts too.
      const waiting = (carried._enqueuedMessages ?? []) as Uint8Array[];
      return carried.ref.bufferedAmount + waiting.reduce((sum, { byteLength }) => sum + byteLength, 0);
    },
    end: (code, reason) => client.leave(code, reason.slice(0, 100)),
    terminate: () => carried.ref.terminate(),
  };
}

/** Makes the room class for these desks; Colyseus makes rooms itself and passes nothing but options. */
export function incidentRoomClass(desks: ReadonlyMap<string, RoomDesk>, gate: Gate) {
  return class IncidentRoom extends GuardedRoom {
    readonly #lines = new Map<string, Line>();
    #desk: RoomDesk | undefined;

    static override async onAuth(_token: string, options: unknown, context: AuthContext): Promise<Admission> {
      const parsed = joinOptions.safeParse(options);
      const cookies = context.headers.get('cookie') ?? undefined;
      const admission = parsed.success ? gate(parsed.data.ticket, cookies, context.ip ?? '') : null;
      if (admission === null)
        throw new ServerError(403, 'This ticket is no longer good. Take your seat again.');
      return admission;
    }

    override messages = {
      [WIRE]: (client: Client, payload: unknown) => {
        const line = this.#lines.get(client.sessionId);
        if (line !== undefined) this.#desk?.hear(line, payload);
      },
      // Whatever else is said is heard as nonsense, which is counted.
      '*': (client: Client) => {
        const line = this.#lines.get(client.sessionId);
        if (line !== undefined) this.#desk?.hear(line, null);
      },
    };

    override onCreate({ code }: { code: string }): void {
      this.roomId = code;
      this.#desk = desks.get(code);
    }

    override async onJoin(client: Client): Promise<void> {
      const admission = admissionShape.safeParse(client.auth);
      if (!admission.success || admission.data.code !== this.roomId || this.#desk === undefined) {
        throw new ServerError(403, 'This ticket is for another room.');
      }
      const line = lineOf(client);
      this.#lines.set(client.sessionId, line);
      await this.withDeadline('joining', this.#desk.join(line, admission.data.seat));
    }

    override async onDrop(client: Client): Promise<void> {
      this.#forget(client);
    }

    override async onLeave(client: Client): Promise<void> {
      this.#forget(client);
    }

    #forget({ sessionId }: Client): void {
      const line = this.#lines.get(sessionId);
      this.#lines.delete(sessionId);
      if (line !== undefined) this.#desk?.leave(line);
    }
  };
}
