/** A store that works in a thread of its own. A thread that died is started again by the next call. */
import { WorkerLink } from '../workers/worker-link.ts';
import type { BoardStore } from './board-store.ts';
import type { CatalogueStore } from './catalogue-store.ts';
import type { GameStore } from './game-store.ts';
import type { PostMortemStore } from './post-mortem-store.ts';
import type { Store } from './store.ts';
import type { WitnessStore } from './witness-store.ts';
import type { StoreMethods, StoreWorkerOptions } from './store-worker.ts';

/** Opens the store in a thread. */
export async function openWorkerStore(options: StoreWorkerOptions): Promise<Store> {
  const link = new WorkerLink<StoreMethods>({
    file: new URL('./store-worker.ts', import.meta.url),
    title: 'store',
    workerData: options,
    onNews: () => undefined,
    onDeath: (reason) => process.stderr.write(`The store's thread died: ${reason.message}\n`),
  });
  const open = async () => {
    if (link.running) return;
    link.start();
    try {
      await link.call('open', null);
    } catch (error) {
      await link.stop();
      throw error;
    }
  };
  await open();
  const call: typeof link.call = async (method, argument) => {
    await open();
    return link.call(method, argument);
  };
  const games: GameStore = {
    save: (game) => call('save', game),
    debrief: (id) => call('debrief', id),
    events: (id) => call('events', id),
    samples: (id) => call('samples', id),
    inputs: (id) => call('inputs', id),
    seats: (id) => call('seats', id),
  };
  const boards: BoardStore = {
    seeds: (scenarioId, limit) => call('playedSeeds', { scenarioId, limit }),
    onSeed: (scenarioId, seed) => call('gamesOnSeed', { scenarioId, seed }),
    game: (id) => call('boardGame', id),
    list: (query) => call('listGames', query),
    choices: (guard) => call('gamesChoices', guard),
  };
  const witnesses: WitnessStore = {
    meet: (meetings) => call('meet', [...meetings]),
    begin: (begun) => call('begin', [...begun]),
    hasMet: (person, scenarioId, seed) => call('hasMet', { person, scenarioId, seed }),
  };
  const catalogue: CatalogueStore = {
    offer: (scenarios) => call('offer', [...scenarios]),
    list: () => call('offered', null),
  };
  const postMortems: PostMortemStore = {
    answers: (id) => call('answers', id),
    saveAnswer: (id, answer) => call('saveAnswer', { id, answer }),
    versions: (id) => call('versions', id),
    version: (id, version) => call('version', { id, version }),
    saveVersion: (id, kept) => call('saveVersion', { id, kept }),
    states: (ids) => call('postMortemStates', [...ids]),
  };
  return {
    games,
    postMortems,
    boards,
    witnesses,
    catalogue,
    close: async () => {
      if (link.running) await link.call('close', null).catch(() => undefined);
      await link.stop();
    },
  };
}
