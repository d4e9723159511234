/**
 * How incident time follows the real clock: what has passed since the last look, times the speed. Time that
 * was missed by more than a second (a sleeping laptop, a stopped process) is not caught up with.
 */

/** Longest real time that one look makes up for, milliseconds. */
const CATCH_UP_MS_MAX = 1000;

/** The clock of one incident. */
export class Pace {
  #lastMs: number;

  constructor(nowMs: number) {
    this.#lastMs = nowMs;
  }

  /** Simulated microseconds that have passed since the last look, at this rate. */
  take(nowMs: number, rate: number): number {
    const elapsedMs = Math.min(CATCH_UP_MS_MAX, Math.max(0, nowMs - this.#lastMs));
    this.#lastMs = nowMs;
    return Math.round(elapsedMs * 1000 * rate);
  }

  /** Lets what has passed pass unseen: time stood still. */
  skip(nowMs: number): void {
    this.#lastMs = nowMs;
  }
}
