/** Things to do a fixed time later, in order. */

/** A queue behind a delay. */
export class LaterQueue {
  readonly #delayMs: number;
  readonly #waiting = new Set<NodeJS.Timeout>();
  #takesMore = true;

  /** @param delayMs How much later, milliseconds. */
  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  /** Does something later; not at all once it takes no more. */
  push(act: () => void): void {
    if (!this.#takesMore) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      act();
    }, this.#delayMs);
    this.#waiting.add(timer);
  }

  /** Takes no more; what waits is still done. */
  finish(): void {
    this.#takesMore = false;
  }

  /** Takes no more, and forgets what waits. */
  end(): void {
    this.finish();
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }
}
