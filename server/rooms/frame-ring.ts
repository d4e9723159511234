/** The frames of the last 30 s of a stream, for whoever missed some. */
import type { FrameText } from '../incidents/incident-host.ts';

const KEPT_MS = 30_000;
/** However fast frames come, no more than this many bytes are kept. */
const KEPT_BYTES_MAX = 4_000_000;

function sizeOf({ text, bytes }: FrameText): number {
  return bytes?.length ?? text.length;
}

/** The newest frames of a stream. */
export class FrameRing {
  readonly #nowMs: () => number;
  #frames: (FrameText & { atMs: number })[] = [];
  #bytes = 0;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** Keeps a frame and forgets old ones. */
  push(frame: FrameText): void {
    const nowMs = this.#nowMs();
    this.#frames.push({ ...frame, atMs: nowMs });
    this.#bytes += sizeOf(frame);
    let old = 0;
    while (old < this.#frames.length - 1 && this.#isOld(this.#frames[old], nowMs)) {
      this.#bytes -= sizeOf(this.#frames[old]);
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
    return nowMs - atMs > KEPT_MS || this.#bytes > KEPT_BYTES_MAX;
  }
}
