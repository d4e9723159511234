/** Where an incident's time is now, reckoned from what its host told last. */
import type { TerminalClock } from '../terminals/port-call.ts';

/** The clock of a room. */
export class RoomClock {
  readonly #startedAtUnixMs: number;
  #atMicros = 0;
  #rate = 0;
  #toldMs = performance.now();

  constructor(startedAtUnixMs: number) {
    this.#startedAtUnixMs = startedAtUnixMs;
  }

  /** The host says where time is, and how fast it goes. */
  set(atMicros: number, rate: number): void {
    this.#atMicros = atMicros;
    this.#rate = rate;
    this.#toldMs = performance.now();
  }

  /** Time now. */
  now(): TerminalClock {
    const passedMs = (performance.now() - this.#toldMs) * this.#rate;
    return { unixMs: this.#startedAtUnixMs + this.#atMicros / 1000 + passedMs, rate: this.#rate };
  }
}
