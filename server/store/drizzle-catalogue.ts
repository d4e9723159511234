/** The catalogue of scenarios in SQL. */
import { asc, desc } from 'drizzle-orm';
import type { CatalogueStore, OfferedScenario } from './catalogue-store.ts';
import type { Database } from './database.ts';
import { scenarios } from './schema.ts';

/** The catalogue of a database. */
export class DrizzleCatalogue implements CatalogueStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async offer(offered: readonly OfferedScenario[]): Promise<void> {
    if (offered.length === 0) return;
    const firstOfferedAt = new Date();
    const rows = offered.map((scenario) => ({ ...scenario, firstOfferedAt }));
    await this.#database.insert(scenarios).values(rows).onConflictDoNothing();
  }

  async list(): Promise<OfferedScenario[]> {
    const { id, contentHash, title, level, system, firstOfferedAt } = scenarios;
    return this.#database
      .select({ id, contentHash, title, level, system })
      .from(scenarios)
      .orderBy(asc(id), desc(firstOfferedAt));
  }
}
