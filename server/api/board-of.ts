/** The board of a scenario, and the place of a game on it, of what the store has. */
import { bracketOf, SIZE_BRACKETS } from '@chaotic-good/engine/protocol/boards';
import type {
  Board,
  BoardRow,
  BoardSeed,
  GamePlace,
  SizeBracket,
} from '@chaotic-good/engine/protocol/boards';
import type { BoardGame, BoardStore, PlayedSeed } from '../store/board-store.ts';
import { rankGames } from '../store/rank-games.ts';
import type { Placed } from '../store/rank-games.ts';

/** Seeds that can be chosen from. */
const SEEDS_MAX = 60;

/** Which board. */
export type BoardRequest = {
  scenarioId: string;
  title: string;
  /** Key of the seed, '' = today's, else the one played last. */
  key: string;
  /** '' = the smallest with games. */
  bracket: SizeBracket | '';
  /** Today, `YYYY-MM-DD`. */
  today: string;
  /** Whether whoever asks has met a finished game on this seed. */
  hasMet: (seed: string) => Promise<boolean>;
};

function keyOf({ day, firstGame }: PlayedSeed): string {
  return day ?? firstGame;
}

function shown(seed: PlayedSeed): BoardSeed {
  const { day, games, newestUnixMs } = seed;
  return { key: keyOf(seed), day, games, newestUnixMs };
}

function row(game: BoardGame, place: Omit<Placed<BoardGame>, 'game'> | null): BoardRow {
  const { id, team, players, total, impactSeconds, recovery, recoveryPoints, diagnosisPoints } = game;
  const { hints, recoveredSecond, playedAtUnixMs } = game;
  return {
    gameId: id,
    ...{ place: place?.place ?? null, tied: place?.tied ?? false },
    ...{ team, players, total, impactSeconds, recovery, recoveryPoints, diagnosisPoints },
    ...{ hints, recoveredSecond, playedAtUnixMs },
  };
}

/** Games under the newest rules of scoring among them; boards never mix rules. */
function underOneRule(games: readonly BoardGame[]): BoardGame[] {
  const newest = Math.max(0, ...games.map(({ scoringVersion }) => scoringVersion));
  return games.filter(({ scoringVersion }) => scoringVersion === newest);
}

/** A seed by a key that is its day, or the id of any game on it. */
async function seedByKey(
  boards: BoardStore,
  seeds: readonly PlayedSeed[],
  key: string,
): Promise<PlayedSeed | undefined> {
  const known = seeds.find((seed) => keyOf(seed) === key);
  if (known !== undefined) return known;
  const game = await boards.game(key);
  return seeds.find(({ seed }) => seed === game?.seed);
}

/** Whether the class of the fault may be told: its day is over, or whoever asks knows it already. */
async function mayTell({ day, seed }: PlayedSeed, { today, hasMet }: BoardRequest): Promise<boolean> {
  return (day !== null && day < today) || hasMet(seed);
}

/** The board; undefined when the asked-for seed is not one of this scenario. */
export async function boardOf(boards: BoardStore, request: BoardRequest): Promise<Board | undefined> {
  const { scenarioId, title, key, today } = request;
  const seeds = await boards.seeds(scenarioId, SEEDS_MAX);
  const usual = seeds.find(({ day }) => day === today) ?? seeds[0];
  const chosen = key === '' ? usual : await seedByKey(boards, seeds, key);
  // The seed of today is there to be played, also before anybody has.
  if (chosen === undefined && key !== '' && key !== today) return undefined;
  const games = chosen === undefined ? [] : underOneRule(await boards.onSeed(scenarioId, chosen.seed));
  const brackets = SIZE_BRACKETS.map((bracket) => ({
    bracket,
    games: games.filter(({ players }) => bracketOf(players) === bracket).length,
  }));
  const bracket = request.bracket || (brackets.find((one) => one.games > 0)?.bracket ?? '1');
  const here = games.filter(({ players }) => bracketOf(players) === bracket);
  const tells = chosen !== undefined && (await mayTell(chosen, request));
  return {
    ...{ scenarioId, title, today, bracket, brackets },
    seeds: seeds.map(shown),
    seed: chosen === undefined ? null : shown(chosen),
    faultClass: tells ? (games[0]?.faultClass ?? null) : null,
    scoringVersion: games[0]?.scoringVersion ?? 0,
    ranked: rankGames(here.filter(({ practised }) => !practised)).map((placed) => row(placed.game, placed)),
    practised: here
      .filter(({ practised }) => practised)
      .sort((left, right) => right.playedAtUnixMs - left.playedAtUnixMs)
      .map((game) => row(game, null)),
  };
}

/** The place of a finished game in its bracket, or why it has none; undefined when there is no such game. */
export async function placeOf(boards: BoardStore, id: string): Promise<GamePlace | undefined> {
  const game = await boards.game(id);
  if (game === undefined) return undefined;
  const { scenarioId, seed, seedDay, mode, practised, players } = game;
  const bracket = bracketOf(players);
  const games = underOneRule(await boards.onSeed(scenarioId, seed));
  const ranked = rankGames(games.filter((one) => !one.practised && bracketOf(one.players) === bracket));
  const placed = ranked.find((one) => one.game.id === id);
  const isOlder = mode === 'ranked' && !practised && placed === undefined;
  const why = mode === 'practice' ? 'practice' : practised ? 'practised' : isOlder ? 'older-rules' : null;
  return {
    ...{ scenarioId, seedKey: seedDay ?? id, bracket, why },
    ...{ place: placed?.place ?? null, tied: placed?.tied ?? false, of: ranked.length },
  };
}
