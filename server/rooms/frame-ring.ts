/** The frames of the last 30 s of a stream, for whoever missed some. */
import type { FrameText } from '../incidents/incident-host.ts';

const KEPT_MS = 30_000;
/** However fast frames come, no more than this many characters are kept. */
const KEPT_CHARACTERS_MAX = 4_000_000;

/** The newest frames of a stream. */
export class FrameRing {
  readonly #nowMs: () => number;
  #frames: (FrameText & { atMs: number })[] = [];
  #characters = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Keeps a frame and forgets old ones. */
  push(frame: FrameText): void {
    const nowMs = this.#nowMs();
    this.#frames.push({ ...frame, atMs: nowMs });
    this.#characters += frame.text.length;
    let old = 0;
    while (old < this.#frames.length - 1 && this.#isOld(this.#frames[old], nowMs)) {
      this.#characters -= this.#frames[old].text.length;
      old++;
    }
    if (old > 0) this.#frames = this.#frames.slice(old);
  }

  /** The frames after a number, oldest first; null when some of them are no longer here. */
  since(seq: number): FrameText[] | null {
    const [oldest] = this.#frames;
    if (oldest === undefined || oldest.seq > seq + 1) return null;
    return this.#frames.filter((frame) => frame.seq > seq);
  }

  #isOld({ atMs }: { atMs: number }, nowMs: number): boolean {
    return nowMs - atMs > KEPT_MS || this.#characters > KEPT_CHARACTERS_MAX;
  }
}
