/** A store in memory, for tests of what stands before it. */
import type { CatalogueStore, OfferedScenario } from './catalogue-store.ts';
import type { GameStore } from './game-store.ts';
import { createMemoryPostMortems } from './memory-post-mortems.ts';
import { createMemoryBoards, createMemoryWitnesses } from './memory-boards.ts';
import type { KeptGame } from './memory-boards.ts';
import type { Store } from './store.ts';

/** A store that forgets everything with its process. */
export function createMemoryStore(): Store {
  const kept = new Map<string, KeptGame>();
  const witnesses = createMemoryWitnesses(kept);
  const offered = new Map<string, OfferedScenario>();
  const games: GameStore = {
    save: async (game) => {
      const { gameId } = game.debrief;
      if (kept.has(gameId)) return;
      kept.set(gameId, { ...structuredClone(game), practised: witnesses.practised(game) });
    },
    debrief: async (id) => kept.get(id)?.debrief,
    events: async (id) => kept.get(id)?.events ?? [],
    samples: async (id) => kept.get(id)?.samples,
    inputs: async (id) => kept.get(id)?.inputs,
    seats: async (id) => kept.get(id)?.seats ?? [],
  };
  const catalogue: CatalogueStore = {
    offer: async (scenarios) => {
      for (const one of scenarios) offered.set(`${one.id} ${one.contentHash}`, one);
    },
    list: async () => [...offered.values()],
  };
  const postMortems = createMemoryPostMortems();
  const boards = createMemoryBoards(kept, { witnesses, postMortems });
  return { games, postMortems, boards, witnesses, catalogue, close: async () => undefined };
}
