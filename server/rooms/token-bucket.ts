/** How much of something may be done: a burst, then so much a second. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  #tokens: number;
  #lastMs: number;

  constructor(burst: number, perSecond: number, nowMs: () => number = () => performance.now()) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#nowMs = nowMs;
    this.#tokens = burst;
    this.#lastMs = nowMs();
  }

  /** Takes one if there is one. */
  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** Whether there is one. */
  get hasAny(): boolean {
    this.#refill();
    return this.#tokens >= 1;
  }

  /** Whether nothing has been taken that is not back. */
  get isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#burst;
  }

  #refill(): void {
    const nowMs = this.#nowMs();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((nowMs - this.#lastMs) / 1000) * this.#perSecond);
    this.#lastMs = nowMs;
  }
}
