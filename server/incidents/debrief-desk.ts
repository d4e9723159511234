/**
 * From the start of a game to its frozen result: what would have been is computed while it is played, the
 * debrief when it is over, and the result is given to the store until the store has it.
 */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { FinishedGame, GameSeat } from '../store/finished-game.ts';
import type { GameStore } from '../store/game-store.ts';
import type { WitnessBook } from '../store/witness-book.ts';
import { URGENCY } from './background-desk.ts';
import type { BackgroundDesk } from './background-desk.ts';
import type { Counterfactuals } from './background-worker.ts';
import type { ClosedIncident, Trouble } from './incident-thread.ts';

/** How often a store that does not work is tried again, milliseconds. */
const RETRY_MS = 5000;

/** Whether somebody held no role in which one plays, to the end. */
function looksOn({ kind, role }: GameSeat): boolean {
  return kind === 'facilitator' || role.startsWith('Observer');
}

/** The way of games to their results. */
export class DebriefDesk {
  readonly #background: BackgroundDesk;
  readonly #store: GameStore;
  readonly #witnesses: WitnessBook;
  readonly #runs = new Map<string, Promise<Counterfactuals | null>>();
  readonly #debriefs = new Map<string, Debrief>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #isClosed = false;

  constructor(background: BackgroundDesk, store: GameStore, witnesses: WitnessBook) {
    this.#background = background;
    this.#store = store;
    this.#witnesses = witnesses;
  }

  /** The calm of a game is over: begins to compute what would have been. */
  started({ header, onsetMicros, horizonSeconds }: Trouble): void {
    this.#witnesses.began({ gameId: header.roomId, scenarioId: header.scenarioId, seed: header.seed });
    if (this.#runs.has(header.roomId)) return;
    const runs = this.#background
      .ask(URGENCY.playing, 'counterfactuals', { header, onsetMicros, horizonSeconds, inputs: [] })
      .catch(() => null);
    this.#runs.set(header.roomId, runs);
  }

  /** A game has closed: resolves when its result is kept. */
  async closed({ header, ...closed }: ClosedIncident): Promise<void> {
    const toldAtUnixMs = Date.now();
    const runs = (await this.#runs.get(header.roomId)) ?? null;
    const request = { header, ...closed, runs, toldAtUnixMs };
    const game = await this.#background.ask(URGENCY.over, 'debrief', request);
    this.#runs.delete(header.roomId);
    this.#debriefs.set(header.roomId, game.debrief);
    this.#witnesses.ended(
      header.roomId,
      game.seats.filter(looksOn).map(({ seat }) => seat),
    );
    await this.#keep(game);
  }

  /**
   * How badly users would be hurt with nobody acting (0–1), a value a second from 0 to the end of the game;
   * null until it is computed. Secret where it goes beyond what has been played.
   */
  async doNothing(id: string): Promise<ArrayLike<number> | null> {
    const runs = await this.#runs.get(id);
    return runs?.doNothing.badness ?? this.#debriefs.get(id)?.curves[1]?.values ?? null;
  }

  /** The debrief of a game, if it is there. */
  async debrief(id: string): Promise<Debrief | undefined> {
    return this.#debriefs.get(id) ?? (await this.#store.debrief(id));
  }

  /** Forgets what the store has. */
  forget(id: string): void {
    this.#debriefs.delete(id);
    this.#runs.delete(id);
  }

  /** Gives up what is not kept; the journals have it all. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #keep(game: FinishedGame): Promise<void> {
    for (;;) {
      try {
        // Keeping it decides whether it was practised.
        await this.#witnesses.flush();
        return await this.#store.save(game);
      } catch (error) {
        if (this.#isClosed) throw error;
        process.stderr.write(`store: game ${game.debrief.gameId} waits: ${(error as Error).message}\n`);
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, RETRY_MS);
      this.#timers.add(timer);
    });
  }
}
