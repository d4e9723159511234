/** Finished games in memory, for tests of what stands before the store. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { FinishedGame, GameSummary } from './finished-game.ts';
import type { GameStore } from './game-store.ts';

/** A store that forgets everything with its process. */
export class MemoryStore implements GameStore {
  readonly #games = new Map<string, FinishedGame>();

  async save(game: FinishedGame): Promise<void> {
    const { gameId } = game.debrief;
    if (!this.#games.has(gameId)) this.#games.set(gameId, structuredClone(game));
  }

  async debrief(id: string): Promise<Debrief | undefined> {
    return this.#games.get(id)?.debrief;
  }

  async postMortem(id: string): Promise<string | undefined> {
    return this.#games.get(id)?.postMortem;
  }

  async list(limit: number): Promise<GameSummary[]> {
    const summaries = [...this.#games.values()].map(summaryOf);
    return summaries.sort((left, right) => right.startedAtUnixMs - left.startedAtUnixMs).slice(0, limit);
  }

  async close(): Promise<void> {}
}

function summaryOf({ debrief, playedAtUnixMs }: FinishedGame): GameSummary {
  const { gameId: id, scenarioId, title, players, recovery, score } = debrief;
  const { total, scoringVersion } = score;
  return { id, scenarioId, title, startedAtUnixMs: playedAtUnixMs, players, total, recovery, scoringVersion };
}
