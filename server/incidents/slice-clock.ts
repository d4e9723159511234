/** Calls each incident ten times a second, each at a moment of its own, never all at once. */

/** Real length of a slice, milliseconds. */
const SLICE_MS = 100;

/** The beats of all incidents of a thread. */
export class SliceClock {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #added = 0;

  /** Begins to call. */
  add(incidentId: string, slice: () => void): void {
    this.drop(incidentId);
    // Multiples of the golden ratio spread evenly, however many there are.
    const phaseMs = Math.floor(((++this.#added * 0.618) % 1) * SLICE_MS);
    let dueMs = performance.now() + phaseMs;
    const beat = () => {
      slice();
      if (!this.#timers.has(incidentId)) return;
      const nowMs = performance.now();
      dueMs = Math.max(dueMs + SLICE_MS, nowMs);
      this.#timers.set(incidentId, setTimeout(beat, dueMs - nowMs));
    };
    this.#timers.set(incidentId, setTimeout(beat, phaseMs));
  }

  /** Ends it. */
  drop(incidentId: string): void {
    clearTimeout(this.#timers.get(incidentId));
    this.#timers.delete(incidentId);
  }

  /** Ends all. */
  stop(): void {
    for (const incidentId of [...this.#timers.keys()]) this.drop(incidentId);
  }
}
