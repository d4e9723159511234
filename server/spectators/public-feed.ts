/**
 * The public frames of one room, late. Frames wait their delay; those that are out are merged, so whoever
 * comes later begins with everything that may be known by then, and with nothing more.
 */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import type { FrameText, Subscription } from '../incidents/incident-host.ts';
import { LaterQueue } from './later-queue.ts';

/** How late spectators are, milliseconds: too late to help anybody who plays. */
export const SPECTATOR_DELAY_MS = 20_000;

/** How a feed is made. */
export type PublicFeedOptions = {
  /** Subscribes to the public frames of the room. */
  subscribe: (listener: (frame: FrameText) => void) => Subscription;
  /** Sends a frame to everybody who watches. */
  send: (text: string) => void;
  /** How late, milliseconds. */
  delayMs?: number;
};

/** The frames so far as one. */
function merged(before: WireFrame | null, frame: WireFrame): WireFrame {
  if (frame.full || before === null) return frame;
  const timeline = [...(before.view.timeline ?? []), ...(frame.view.timeline ?? [])];
  const view: Partial<IncidentFrame> = { ...before.view, ...frame.view, timeline };
  return { ...frame, full: true, view, telemetry: null };
}

/** The feed of one incident. */
export class PublicFeed {
  readonly #options: PublicFeedOptions;
  readonly #subscription: Subscription;
  readonly #later: LaterQueue;
  #shown: WireFrame | null = null;
  /** Everything that is out as text, made when the first newcomer asks for it. */
  #beginning: string | null = null;

  constructor(options: PublicFeedOptions) {
    this.#options = options;
    this.#later = new LaterQueue(options.delayMs ?? SPECTATOR_DELAY_MS);
    this.#subscription = options.subscribe((frame) => this.#take(frame));
  }

  /** Everything that is out, as a full frame; null while nothing is. */
  get beginning(): string | null {
    if (this.#shown === null) return null;
    return (this.#beginning ??= JSON.stringify({ ...this.#shown, full: true }));
  }

  /** Takes in no more; what waits still goes out at its time. */
  finish(): void {
    this.#subscription.end();
    this.#later.finish();
  }

  /** Ends it. */
  end(): void {
    this.#subscription.end();
    this.#later.end();
  }

  #take({ text }: FrameText): void {
    this.#later.push(() => {
      this.#shown = merged(this.#shown, JSON.parse(text) as WireFrame);
      this.#beginning = null;
      this.#options.send(text);
    });
  }
}
