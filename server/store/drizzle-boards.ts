/** Boards and lists of finished games in SQL. */
import { and, asc, count, desc, eq, gte, lt, lte, ne, not, or, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { GamesChoices, ListedGame } from '@chaotic-good/engine/protocol/boards';
import type { BoardGame, BoardStore, GamesQuery, PlayedSeed, SpoilerGuard } from './board-store.ts';
import type { Database } from './database.ts';
import { DrizzlePostMortems } from './drizzle-post-mortems.ts';
import { games, gameWitnesses } from './schema.ts';

/** Games that one board reads at most. */
const BOARD_GAMES_MAX = 2000;

const FIGURES = {
  id: games.id,
  scenarioId: games.scenarioId,
  title: games.title,
  seed: games.seed,
  seedDay: games.seedDay,
  team: games.team,
  players: games.players,
  mode: games.mode,
  practised: games.practised,
  total: games.total,
  scoringVersion: games.scoringVersion,
  recovery: games.recovery,
  impactSeconds: games.impactSeconds,
  recoveryPoints: games.recoveryPoints,
  diagnosisPoints: games.diagnosisPoints,
  hints: games.hints,
  recoveredSecond: games.recoveredSecond,
  faultClass: games.faultClass,
  playedAt: games.playedAt,
};

function boardGame({ playedAt, ...rest }: Omit<BoardGame, 'playedAtUnixMs'> & { playedAt: Date }): BoardGame {
  return { ...rest, playedAtUnixMs: playedAt.getTime() };
}

/**
 * Whether the class of a game's fault is not to be told: its day is not over, and the person has not met it.
 * Columns are written out, because Drizzle leaves the table's name off in a selection from one table, and in
 * a subquery the bare name means another column.
 */
function hidden({ day, person }: SpoilerGuard): SQL<boolean> {
  return sql<boolean>`(coalesce(games.seed_day = ${day}, false) and not exists (
    select 1 from ${gameWitnesses} as met join ${games} as met_game on met_game.id = met.game_id
    where met.person = ${person}
      and met_game.scenario_id = games.scenario_id and met_game.seed = games.seed
  ))`;
}

/** Boards and lists of a database. */
export class DrizzleBoards implements BoardStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async seeds(scenarioId: string, limit: number): Promise<PlayedSeed[]> {
    const newest = sql<Date>`max(${games.playedAt})`.mapWith(games.playedAt);
    const rows = await this.#database
      .select({
        seed: games.seed,
        day: sql<string | null>`max(${games.seedDay})`,
        firstGame: sql<string>`(array_agg(${games.id} order by ${games.playedAt}, ${games.id}))[1]`,
        games: count(),
        newest,
      })
      .from(games)
      .where(and(eq(games.scenarioId, scenarioId), eq(games.mode, 'ranked')))
      .groupBy(games.seed)
      .orderBy(desc(newest), asc(games.seed))
      .limit(limit);
    return rows.map(({ newest: at, ...row }) => ({ ...row, newestUnixMs: at.getTime() }));
  }

  async onSeed(scenarioId: string, seed: string): Promise<BoardGame[]> {
    const rows = await this.#database
      .select(FIGURES)
      .from(games)
      .where(and(eq(games.scenarioId, scenarioId), eq(games.seed, seed), eq(games.mode, 'ranked')))
      .orderBy(desc(games.total), asc(games.id))
      .limit(BOARD_GAMES_MAX);
    return rows.map(boardGame);
  }

  async game(id: string): Promise<BoardGame | undefined> {
    const [row] = await this.#database.select(FIGURES).from(games).where(eq(games.id, id));
    return row && boardGame(row);
  }

  async list(query: GamesQuery): Promise<ListedGame[]> {
    const { id, scenarioId, title, team, players, mode, practised, total, recovery, phases } = games;
    const rows = await this.#database
      .select({
        id,
        scenarioId,
        title,
        team,
        players,
        mode,
        practised,
        total,
        recovery,
        phases,
        playedAt: games.playedAt,
        faultClass: sql<string | null>`case when ${hidden(query.guard)} then null else games.fault_class end`,
      })
      .from(games)
      .where(asked(query))
      .orderBy(desc(games.playedAt), asc(games.id))
      .limit(query.limit);
    const states = await new DrizzlePostMortems(this.#database).states(rows.map((row) => row.id));
    return rows.map(({ playedAt, ...row }) => ({
      ...row,
      startedAtUnixMs: playedAt.getTime(),
      postMortem: states[row.id] ?? 'none',
    }));
  }

  async choices(guard: SpoilerGuard): Promise<GamesChoices> {
    const scenarios = await this.#database
      .select({ id: games.scenarioId, title: sql<string>`max(${games.title})` })
      .from(games)
      .groupBy(games.scenarioId)
      .orderBy(asc(games.scenarioId));
    const classes = await this.#database
      .selectDistinct({ faultClass: games.faultClass })
      .from(games)
      .where(and(ne(games.faultClass, ''), not(hidden(guard))))
      .orderBy(asc(games.faultClass));
    return { scenarios, faultClasses: classes.map(({ faultClass }) => faultClass) };
  }
}

/** What a query asks for, as a condition. */
function asked({
  scenarioId,
  team,
  faultClass,
  fromUnixMs,
  toUnixMs,
  after,
  guard,
}: GamesQuery): SQL | undefined {
  const from = after && new Date(after.startedAtUnixMs);
  return and(
    scenarioId === '' ? undefined : eq(games.scenarioId, scenarioId),
    team === '' ? undefined : sql`strpos(lower(${games.team}), lower(${team})) > 0`,
    faultClass === '' ? undefined : and(eq(games.faultClass, faultClass), not(hidden(guard))),
    fromUnixMs === null ? undefined : gte(games.playedAt, new Date(fromUnixMs)),
    toUnixMs === null ? undefined : lte(games.playedAt, new Date(toUnixMs)),
    after === null || from === null
      ? undefined
      : or(lt(games.playedAt, from), and(eq(games.playedAt, from), sql`${games.id} > ${after.id}`)),
  );
}
