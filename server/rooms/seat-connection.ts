/**
 * One seat's connection: frames in order, and what happens when its client is too slow for them. Frames wait
 * in the ring while the line is full; when it is free again the missed ones go, or everything afresh.
 */
import type { ServerMessage } from '@chaotic-good/engine/protocol/wire';
import { isLongAnswer, packAnswer } from '@chaotic-good/engine/wire/seat-message';
import type { FrameText, Subscription } from '../incidents/incident-host.ts';
import { seriesGrid } from '../incidents/series-grid.ts';
import { FrameRing } from './frame-ring.ts';
import type { Line } from './transport.ts';

/** Above this nothing more is put on the line, bytes. */
const FULL_BYTES = 1024 * 1024;
/** Below this a line that was full is free again. */
const FREE_BYTES = 256 * 1024;
/** Above this, or full for so long, the line is cut. */
const HOPELESS_BYTES = 4 * 1024 * 1024;
const HOPELESS_MS = 10_000;

/** The connection of a seat. */
export class SeatConnection {
  readonly line: Line;
  readonly seat: string;
  readonly #ring = new FrameRing();
  #subscription: Subscription | null = null;
  /** Newest frame put on the line; 0 = none yet, a full one is due. */
  #sent = 0;
  #fullSinceMs: number | null = null;
  /** Newest frame that the client says it has. */
  received = 0;

  constructor(line: Line, seat: string) {
    this.line = line;
    this.seat = seat;
  }

  /** Begins to get frames. */
  follow(subscribe: (listener: (frame: FrameText) => void) => Subscription): void {
    this.#subscription = subscribe((frame) => this.#take(frame));
  }

  /** Says something that is not a frame; never held back, because each answers something. */
  say(message: ServerMessage): void {
    if (message.type === 'answer' && message.ok && isLongAnswer(message.answer)) {
      this.line.sayBytes(packAnswer(message.requestId, message.answer, seriesGrid));
    } else this.line.say(JSON.stringify(message));
  }

  /** Asks for a full frame. */
  resync(): void {
    this.#sent = 0;
    this.#subscription?.refresh();
  }

  /** Looks after a full line, four times a second; false when it was hopeless and has been cut. */
  look(nowMs: number): boolean {
    const waiting = this.line.bufferedBytes;
    if (this.#fullSinceMs === null) {
      if (waiting > FULL_BYTES) this.#fullSinceMs = nowMs;
      return true;
    }
    if (waiting > HOPELESS_BYTES || nowMs - this.#fullSinceMs > HOPELESS_MS) {
      this.line.terminate();
      return false;
    }
    if (waiting > FREE_BYTES) return true;
    this.#fullSinceMs = null;
    const missed = this.#sent === 0 ? null : this.#ring.since(this.#sent);
    if (missed === null) this.resync();
    else for (const frame of missed) this.#send(frame);
    return true;
  }

  /** Gets no more frames. */
  end(): void {
    this.#subscription?.end();
    this.#subscription = null;
  }

  #take(frame: FrameText): void {
    this.#ring.push(frame);
    if (this.#fullSinceMs !== null) return;
    if (this.line.bufferedBytes > FULL_BYTES) {
      this.#fullSinceMs = performance.now();
      return;
    }
    this.#send(frame);
  }

  #send({ seq, full, bytes }: FrameText): void {
    // A frame that builds on one that was never sent is of no use; a full one is on its way.
    if (!full && this.#sent !== seq - 1) return;
    this.#sent = seq;
    if (bytes !== undefined) this.line.sayBytes(bytes);
  }
}
