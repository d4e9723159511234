/** Boards, lists and witnesses in memory, for tests of what stands before a store. */
import type { GamesChoices, ListedGame } from '@chaotic-good/engine/protocol/boards';
import type { BoardGame, BoardStore, GamesQuery, PlayedSeed, SpoilerGuard } from './board-store.ts';
import type { FinishedGame } from './finished-game.ts';
import { frozenFigures } from './frozen-figures.ts';
import type { PostMortemStore } from './post-mortem-store.ts';
import type { BegunGame, Meeting, WitnessStore } from './witness-store.ts';

/** A game that is kept, and whether it was practised. */
export type KeptGame = FinishedGame & { practised: boolean };

/** Who has met what, while the process lasts. */
export type MemoryWitnesses = WitnessStore & {
  /** Whether one of the players had met the seed in another game before it was told. */
  practised: (game: FinishedGame) => boolean;
};

function figuresOf({ debrief, playedAtUnixMs, seedDay, practised }: KeptGame): BoardGame {
  const { team, mode, faultClass, impactSeconds, recoveryPoints, diagnosisPoints, hints, recoveredSecond } =
    frozenFigures(debrief);
  const { gameId: id, scenarioId, title, seed, players, recovery, score } = debrief;
  return {
    ...{ id, scenarioId, title, seed, seedDay, team, players, mode, practised, recovery, impactSeconds },
    ...{ recoveryPoints, diagnosisPoints, hints, recoveredSecond, faultClass, playedAtUnixMs },
    total: score.total,
    scoringVersion: score.scoringVersion,
  };
}

function byNewest(left: BoardGame, right: BoardGame): number {
  return right.playedAtUnixMs - left.playedAtUnixMs || (left.id < right.id ? -1 : 1);
}

/** Witnesses of these games. */
export function createMemoryWitnesses(kept: ReadonlyMap<string, KeptGame>): MemoryWitnesses {
  const meetings = new Map<string, Meeting>();
  const begun = new Map<string, BegunGame>();
  const isOf = (gameId: string, scenarioId: string, seed: string) => {
    const known = kept.get(gameId)?.debrief ?? begun.get(gameId);
    return known?.scenarioId === scenarioId && known.seed === seed;
  };
  return {
    meet: async (met) => {
      for (const meeting of met) {
        const key = `${meeting.gameId} ${meeting.person} ${meeting.how}`;
        if (!meetings.has(key)) meetings.set(key, meeting);
      }
    },
    begin: async (games) => {
      for (const game of games) if (!begun.has(game.gameId)) begun.set(game.gameId, game);
    },
    hasMet: async (person, scenarioId, seed) =>
      [...meetings.values()].some(
        (meeting) =>
          meeting.person === person && kept.has(meeting.gameId) && isOf(meeting.gameId, scenarioId, seed),
      ),
    practised: ({ debrief: { gameId, scenarioId, seed }, toldAtUnixMs }) => {
      const all = [...meetings.values()];
      const players = all.filter((one) => one.gameId === gameId && one.how === 'played');
      return all.some(
        (other) =>
          other.gameId !== gameId &&
          other.metAtUnixMs < toldAtUnixMs &&
          isOf(other.gameId, scenarioId, seed) &&
          players.some(({ person }) => person === other.person),
      );
    },
  };
}

/** Boards of these games. */
export function createMemoryBoards(
  kept: ReadonlyMap<string, KeptGame>,
  { witnesses, postMortems }: { witnesses: WitnessStore; postMortems: PostMortemStore },
): BoardStore {
  const all = () => [...kept.values()].map(figuresOf);
  const isHidden = async ({ seedDay, scenarioId, seed }: BoardGame, { day, person }: SpoilerGuard) =>
    seedDay === day && !(await witnesses.hasMet(person, scenarioId, seed));
  return {
    seeds: async (scenarioId, limit) => playedSeeds(all(), scenarioId).slice(0, limit),
    onSeed: async (scenarioId, seed) =>
      all()
        .filter((game) => game.scenarioId === scenarioId && game.seed === seed && game.mode === 'ranked')
        .sort((left, right) => right.total - left.total || (left.id < right.id ? -1 : 1)),
    game: async (id) => all().find((game) => game.id === id),
    list: async (query) => {
      const found: ListedGame[] = [];
      for (const game of all().sort(byNewest)) {
        const isSecret = await isHidden(game, query.guard);
        if (!isAsked(game, query) || (isSecret && query.faultClass !== '')) continue;
        found.push(listed(game, isSecret, kept));
      }
      const page = found.slice(0, query.limit);
      const states = await postMortems.states(page.map(({ id }) => id));
      return page.map((game) => ({ ...game, postMortem: states[game.id] ?? 'none' }));
    },
    choices: async (guard): Promise<GamesChoices> => {
      const scenarios = new Map(all().map(({ scenarioId: id, title }) => [id, { id, title }]));
      const classes = new Set<string>();
      for (const game of all()) {
        if (game.faultClass !== '' && !(await isHidden(game, guard))) classes.add(game.faultClass);
      }
      return {
        scenarios: [...scenarios.values()].sort((left, right) => (left.id < right.id ? -1 : 1)),
        faultClasses: [...classes].sort(),
      };
    },
  };
}

function listed(game: BoardGame, isSecret: boolean, kept: ReadonlyMap<string, KeptGame>): ListedGame {
  const { id, scenarioId, title, team, players, mode, practised, total, recovery, faultClass } = game;
  return {
    ...{ id, scenarioId, title, team, players, mode, practised, total, recovery },
    startedAtUnixMs: game.playedAtUnixMs,
    faultClass: isSecret ? null : faultClass,
    phases: kept.get(id)?.debrief.phases ?? null,
    postMortem: 'none',
  };
}

function isAsked(game: BoardGame, { scenarioId, team, faultClass, fromUnixMs, toUnixMs, after }: GamesQuery) {
  const { playedAtUnixMs, id } = game;
  const isPast =
    after === null ||
    playedAtUnixMs < after.startedAtUnixMs ||
    (playedAtUnixMs === after.startedAtUnixMs && id > after.id);
  return (
    isPast &&
    (scenarioId === '' || game.scenarioId === scenarioId) &&
    game.team.toLowerCase().includes(team.toLowerCase()) &&
    (faultClass === '' || game.faultClass === faultClass) &&
    (fromUnixMs === null || playedAtUnixMs >= fromUnixMs) &&
    (toUnixMs === null || playedAtUnixMs <= toUnixMs)
  );
}

function playedSeeds(games: readonly BoardGame[], scenarioId: string): PlayedSeed[] {
  const ranked = games.filter((game) => game.scenarioId === scenarioId && game.mode === 'ranked');
  const oldestFirst = [...ranked].sort((left, right) => {
    return left.playedAtUnixMs - right.playedAtUnixMs || (left.id < right.id ? -1 : 1);
  });
  const seeds = new Map<string, PlayedSeed>();
  for (const { seed, seedDay, id, playedAtUnixMs } of oldestFirst) {
    const known = seeds.get(seed) ?? { seed, day: seedDay, firstGame: id, games: 0, newestUnixMs: 0 };
    known.games++;
    known.day ??= seedDay;
    known.newestUnixMs = playedAtUnixMs;
    seeds.set(seed, known);
  }
  return [...seeds.values()].sort((left, right) => {
    return right.newestUnixMs - left.newestUnixMs || (left.seed < right.seed ? -1 : 1);
  });
}
