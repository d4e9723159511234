/** Whether a game was practised, asked of the database in the transaction that keeps it. */
import { and, eq, lt, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import type { FinishedGame } from './finished-game.ts';
import { games, gameSeeds, gameWitnesses } from './schema.ts';

/** True when one of its players had met its seed in another game, finished or begun, before it was told. */
export async function wasPractised(
  database: Pick<Database, 'select'>,
  { debrief, toldAtUnixMs }: FinishedGame,
): Promise<boolean> {
  const other = alias(gameWitnesses, 'other');
  const { gameId, scenarioId, seed } = debrief;
  const rows = await database
    .select({ one: sql`1` })
    .from(gameWitnesses)
    .innerJoin(other, and(eq(other.person, gameWitnesses.person), ne(other.gameId, gameId)))
    .leftJoin(games, eq(games.id, other.gameId))
    .leftJoin(gameSeeds, eq(gameSeeds.gameId, other.gameId))
    .where(
      and(
        eq(gameWitnesses.gameId, gameId),
        eq(gameWitnesses.how, 'played'),
        lt(other.metAt, new Date(toldAtUnixMs)),
        or(
          and(eq(games.scenarioId, scenarioId), eq(games.seed, seed)),
          and(eq(gameSeeds.scenarioId, scenarioId), eq(gameSeeds.seed, seed)),
        ),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
