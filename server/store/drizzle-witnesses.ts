/** Who has met which game, in SQL. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { games, gameSeeds, gameWitnesses } from './schema.ts';
import type { BegunGame, Meeting, WitnessStore } from './witness-store.ts';

/** Witnesses of a database. */
export class DrizzleWitnesses implements WitnessStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async meet(meetings: readonly Meeting[]): Promise<void> {
    if (meetings.length === 0) return;
    const rows = meetings.map(({ metAtUnixMs, ...meeting }) => ({
      ...meeting,
      metAt: new Date(metAtUnixMs),
    }));
    await this.#database.insert(gameWitnesses).values(rows).onConflictDoNothing();
  }

  async begin(begun: readonly BegunGame[]): Promise<void> {
    if (begun.length === 0) return;
    await this.#database
      .insert(gameSeeds)
      .values([...begun])
      .onConflictDoNothing();
  }

  async hasMet(person: string, scenarioId: string, seed: string): Promise<boolean> {
    const rows = await this.#database
      .select({ one: sql`1` })
      .from(gameWitnesses)
      .innerJoin(games, eq(games.id, gameWitnesses.gameId))
      .where(and(eq(gameWitnesses.person, person), eq(games.scenarioId, scenarioId), eq(games.seed, seed)))
      .limit(1);
    return rows.length > 0;
  }
}
