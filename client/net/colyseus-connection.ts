/**
 * The line over Colyseus, as `server/rooms/joining.md` tells it. Each attempt takes the seat anew (the
 * cookie says which) and joins with a fresh ticket; the SDK's own reconnection stays off.
 */
import { Client } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import type { ClientMessage, ServerMessage } from '@chaotic-good/engine/protocol/wire';
import { createFrameReader } from '@chaotic-good/engine/wire/frame-message';
import type { FrameReader } from '@chaotic-good/engine/wire/frame-message';
import { readSeatMessage } from '@chaotic-good/engine/wire/seat-message';
import { WireError } from '@chaotic-good/engine/wire/wire-error';
import { ApiError } from './api-error.ts';
import { backoffMs } from './backoff.ts';
import type { Connection, ConnectionListener } from './connection.ts';

/** The one message type in both directions; the payload is JSON, or packed bytes. */
const MESSAGE_TYPE = 'wire';
/** How often the room is asked for a sign of life. */
const BEAT_MS = 4000;
/** Silence after which the line counts as lost. */
const SILENCE_MS = 12_000;
/** A full frame that was asked for and has not come is asked for again after this. */
const RESYNC_MS = 3000;
/** Close codes after which coming back is pointless. */
const FINAL_CODES = new Set([4000]);
/** Answers of the seat request that another attempt would get again. */
const FINAL_STATUS = new Set([400, 401, 403, 404, 409, 410]);

/** What taking a seat gives. */
export type SeatTicket = { ticket: string; roomId: string };

/** A line to a room of this server. */
export class ColyseusConnection implements Connection {
  #takeSeat: () => Promise<SeatTicket>;
  #endpoint: string;
  #listener: ConnectionListener | null = null;
  #room: Room | null = null;
  #attempt = 0;
  #heardAtMs = 0;
  #resyncAtMs = 0;
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;

  constructor(takeSeat: () => Promise<SeatTicket>, endpoint: string) {
    this.#takeSeat = takeSeat;
    this.#endpoint = endpoint;
  }

  open(listener: ConnectionListener): void {
    this.#listener = listener;
    this.#beat = setInterval(() => this.#listen(), BEAT_MS);
    void this.#join();
  }

  send(message: ClientMessage): boolean {
    if (!this.#room?.connection.isOpen) return false;
    this.#room.send(MESSAGE_TYPE, JSON.stringify(message));
    return true;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#beat);
    void this.#room?.leave();
    this.#room = null;
  }

  async #join(): Promise<void> {
    this.#attempt++;
    if (this.#attempt === 1) this.#listener?.onLineState('connecting', '');
    try {
      const { ticket, roomId } = await this.#takeSeat();
      const room = await new Client(this.#endpoint).joinById(roomId, { ticket });
      room.reconnection.enabled = false;
      if (this.#closed) return void room.leave();
      this.#take(room);
    } catch (error) {
      this.#failed(error);
    }
  }

  #take(room: Room): void {
    this.#room = room;
    this.#heard();
    const reader = createFrameReader();
    this.#resyncAtMs = 0;
    room.onMessage(MESSAGE_TYPE, (payload: string | Uint8Array) => {
      this.#heard();
      if (typeof payload !== 'string') return this.#takeBytes(reader, payload);
      const message = JSON.parse(payload) as ServerMessage;
      if (message.type === 'bye') this.#end(message.text);
      this.#listener?.onMessage(message);
    });
    room.onLeave((code, reason) => {
      if (this.#room !== room) return;
      if (FINAL_CODES.has(code)) this.#end(reason ?? 'The room closed this connection.');
      else this.#lost();
    });
    this.#attempt = 0;
    this.#listener?.onLineState('open', '');
  }

  /** Unpacks a frame or an answer; when frames are missing, asks for everything afresh. */
  #takeBytes(reader: FrameReader, bytes: Uint8Array): void {
    let message: ServerMessage;
    try {
      message = readSeatMessage(reader, bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      if (error.fault === 'stale' || Date.now() - this.#resyncAtMs < RESYNC_MS) return;
      this.#resyncAtMs = Date.now();
      this.send({ type: 'resync' });
      return;
    }
    this.#listener?.onMessage(message);
  }

  #heard(): void {
    this.#heardAtMs = Date.now();
    this.#listener?.onHeard();
  }

  /** Asks for a sign of life; hangs up on a line that has been silent for too long. */
  #listen(): void {
    if (this.#room === null) return;
    if (Date.now() - this.#heardAtMs > SILENCE_MS) {
      void this.#room.leave(false);
      return this.#lost();
    }
    this.#room.ping(() => this.#heard());
  }

  #lost(): void {
    this.#room = null;
    if (this.#closed) return;
    this.#listener?.onLineState('lost', '');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#join(), backoffMs(this.#attempt + 1, Math.random()));
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    if (error instanceof ApiError && FINAL_STATUS.has(error.status)) return this.#end(error.message);
    this.#lost();
  }

  #end(why: string): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#beat);
    this.#listener?.onLineState('ended', why);
  }
}
