/** Debrief and place of the round that is shown: asked for when they may be told, until they are there. */
import type { GamePlace } from '@chaotic-good/engine/protocol/boards';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { recallWall, rememberWall } from './wall-memory.ts';

const AGAIN_MS = 2000;

/** What is asked of the server. */
type Asked = { game: (id: string) => Promise<Debrief>; place: (id: string) => Promise<GamePlace> };

/** What is known of a debrief. */
export class WallDebrief {
  /** The debrief; null until it is there. */
  debrief = $state.raw<Debrief | null>(null);
  /** When it came first, Unix milliseconds; 0 before. A reload does not begin anew. */
  atMs = $state(0);
  /** Where the game stands among others; null until that is known. */
  place = $state.raw<GamePlace | null>(null);
  #api: Asked;

  constructor(api: Asked) {
    this.#api = api;
  }

  /** Fetches the debrief of an incident; returns what gives it up. */
  follow(incidentId: string): () => void {
    let isOver = false;
    let isThere = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const { game, place } = this.#api;
      if (!isThere) {
        const found = await game(incidentId).catch(() => null);
        isThere = found !== null;
        if (found !== null && !isOver) this.#take(incidentId, found);
      }
      // The place is known a little later than the debrief.
      const found = isThere ? await place(incidentId).catch(() => null) : null;
      if (isOver) return;
      this.place = found;
      if (found === null) timer = setTimeout(() => void ask(), AGAIN_MS);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
      this.debrief = this.place = null;
      this.atMs = 0;
    };
  }

  #take(incidentId: string, debrief: Debrief): void {
    const known = recallWall();
    const atMs = known.incidentId === incidentId ? known.debriefAtMs : Date.now();
    rememberWall({ incidentId, debriefAtMs: atMs });
    this.debrief = debrief;
    this.atMs = atMs;
  }
}
