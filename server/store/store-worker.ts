/** The thread of the store: PGlite works on the thread that it runs on, so it gets one of its own. */
import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { serveCalls } from '../workers/serve-calls.ts';
import type { GamesQuery, SpoilerGuard } from './board-store.ts';
import type { OfferedScenario } from './catalogue-store.ts';
import type { FinishedGame } from './finished-game.ts';
import { openPglite } from './open-pglite.ts';
import { openPostgres } from './open-postgres.ts';
import type { GameAnswer, KeptVersion } from './post-mortem-store.ts';
import type { Store } from './store.ts';
import type { BegunGame, Meeting } from './witness-store.ts';

/** Which store. */
export type StoreWorkerOptions = { databaseUrl: string | null; folder: string };

const { databaseUrl, folder } = workerData as StoreWorkerOptions;
let store: Store | undefined;

function opened(): Store {
  if (store === undefined) throw new Error('The store is not open.');
  return store;
}

const methods = {
  open: async (_: null) => {
    store ??= databaseUrl === null ? await openPglite(folder) : await openPostgres(databaseUrl);
  },
  save: (game: FinishedGame) => opened().games.save(game),
  debrief: (id: string) => opened().games.debrief(id),
  events: (id: string) => opened().games.events(id),
  samples: (id: string) => opened().games.samples(id),
  inputs: (id: string) => opened().games.inputs(id),
  seats: (id: string) => opened().games.seats(id),
  answers: (id: string) => opened().postMortems.answers(id),
  saveAnswer: ({ id, answer }: { id: string; answer: GameAnswer }) =>
    opened().postMortems.saveAnswer(id, answer),
  versions: (id: string) => opened().postMortems.versions(id),
  version: ({ id, version }: { id: string; version: number }) => opened().postMortems.version(id, version),
  saveVersion: ({ id, kept }: { id: string; kept: KeptVersion }) =>
    opened().postMortems.saveVersion(id, kept),
  postMortemStates: (ids: string[]) => opened().postMortems.states(ids),
  playedSeeds: (asked: { scenarioId: string; limit: number }) =>
    opened().boards.seeds(asked.scenarioId, asked.limit),
  gamesOnSeed: (asked: { scenarioId: string; seed: string }) =>
    opened().boards.onSeed(asked.scenarioId, asked.seed),
  boardGame: (id: string) => opened().boards.game(id),
  listGames: (query: GamesQuery) => opened().boards.list(query),
  gamesChoices: (guard: SpoilerGuard) => opened().boards.choices(guard),
  meet: (meetings: Meeting[]) => opened().witnesses.meet(meetings),
  begin: (begun: BegunGame[]) => opened().witnesses.begin(begun),
  hasMet: (asked: { person: string; scenarioId: string; seed: string }) =>
    opened().witnesses.hasMet(asked.person, asked.scenarioId, asked.seed),
  offer: (scenarios: OfferedScenario[]) => opened().catalogue.offer(scenarios),
  offered: (_: null) => opened().catalogue.list(),
  close: async (_: null) => {
    await store?.close();
    store = undefined;
  },
};

/** What the thread can be asked. */
export type StoreMethods = typeof methods;

try {
  if (process.platform === 'linux') setPriority(5);
} catch {
  // Where it may not be set, it stays as it is.
}
serveCalls(methods);
