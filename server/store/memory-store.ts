/** A store in memory, for tests of what stands before it. */
import type { CatalogueStore, OfferedScenario } from './catalogue-store.ts';
import type { FinishedGame, GameSummary } from './finished-game.ts';
import type { GameStore } from './game-store.ts';
import { createMemoryPostMortems } from './memory-post-mortems.ts';
import type { Store } from './store.ts';

function summaryOf({ debrief, playedAtUnixMs }: FinishedGame): GameSummary {
  const { gameId: id, scenarioId, title, players, recovery, score } = debrief;
  const { total, scoringVersion } = score;
  return { id, scenarioId, title, startedAtUnixMs: playedAtUnixMs, players, total, recovery, scoringVersion };
}

/** A store that forgets everything with its process. */
export function createMemoryStore(): Store {
  const kept = new Map<string, FinishedGame>();
  const offered = new Map<string, OfferedScenario>();
  const games: GameStore = {
    save: async (game) => {
      const { gameId } = game.debrief;
      if (!kept.has(gameId)) kept.set(gameId, structuredClone(game));
    },
    debrief: async (id) => kept.get(id)?.debrief,
    postMortem: async (id) => kept.get(id)?.postMortem,
    events: async (id) => kept.get(id)?.events ?? [],
    samples: async (id) => kept.get(id)?.samples,
    inputs: async (id) => kept.get(id)?.inputs,
    seats: async (id) => kept.get(id)?.seats ?? [],
    list: async (limit) => {
      const summaries = [...kept.values()].map(summaryOf);
      return summaries.sort((left, right) => right.startedAtUnixMs - left.startedAtUnixMs).slice(0, limit);
    },
  };
  const catalogue: CatalogueStore = {
    offer: async (scenarios) => {
      for (const one of scenarios) offered.set(`${one.id} ${one.contentHash}`, one);
    },
    list: async () => [...offered.values()],
  };
  return { games, postMortems: createMemoryPostMortems(), catalogue, close: async () => undefined };
}
