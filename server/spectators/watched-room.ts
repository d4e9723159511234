/**
 * A room as it is watched, from round to round: the newest round of which something is out is the one that
 * is shown, so the end of one is seen to its end before the next begins.
 */
import { WatchedRound } from './watched-round.ts';
import type { PublicEvent, WatchedRoundOptions } from './watched-round.ts';

/** What a watched room needs. */
export type WatchedRoomOptions = Omit<WatchedRoundOptions, 'incidentId' | 'onShown'>;

/** A room that is watched. */
export class WatchedRoom {
  readonly #options: WatchedRoomOptions;
  #shown: WatchedRound;
  /** The round that is played while the end of the one before is still on its way out. */
  #next: WatchedRound | null = null;

  constructor(options: WatchedRoomOptions, incidentId: string) {
    this.#options = options;
    this.#shown = this.#round(incidentId);
  }

  /** Tells somebody who comes everything that is out. */
  tell(send: (event: PublicEvent, text: string) => void): Promise<void> {
    return this.#shown.tell(send);
  }

  /** Goes on to another incident. */
  nextRound(incidentId: string): void {
    if ((this.#next ?? this.#shown).incidentId === incidentId) return;
    this.#shown.finish();
    this.#next?.end();
    this.#next = this.#round(incidentId);
  }

  /** The host has moved the debrief of what is played to a step. */
  lead(beat: number): Promise<void> {
    return (this.#next ?? this.#shown).lead(beat);
  }

  /** Ends it. */
  end(): void {
    this.#shown.end();
    this.#next?.end();
  }

  #round(incidentId: string): WatchedRound {
    const round: WatchedRound = new WatchedRound({
      ...this.#options,
      incidentId,
      onShown: () => {
        if (this.#next !== round) return;
        this.#shown.end();
        this.#shown = round;
        this.#next = null;
      },
    });
    return round;
  }
}
