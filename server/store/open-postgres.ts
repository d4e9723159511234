/** PostgreSQL, by its address. A database that is away makes calls fail within seconds, never hang. */
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { DrizzleBoards } from './drizzle-boards.ts';
import { DrizzleCatalogue } from './drizzle-catalogue.ts';
import { DrizzleGames } from './drizzle-games.ts';
import { DrizzlePostMortems } from './drizzle-post-mortems.ts';
import { DrizzleWitnesses } from './drizzle-witnesses.ts';
import { MIGRATIONS } from './migrations-folder.ts';
import * as schema from './schema.ts';
import type { Store } from './store.ts';

const CONNECT_SECONDS = 5;
const STATEMENT_MS = 10_000;

/**
 * Connects and brings the tables up to date.
 *
 * @throws Error of the driver when the database cannot be reached.
 */
export async function openPostgres(url: string): Promise<Store> {
  const client = postgres(url, {
    max: 4,
    connect_timeout: CONNECT_SECONDS,
    idle_timeout: 60,
    connection: { statement_timeout: STATEMENT_MS },
    onnotice: () => undefined,
  });
  try {
    const database = drizzle({ client, schema, casing: 'snake_case' });
    await migrate(database, { migrationsFolder: MIGRATIONS });
    return {
      games: new DrizzleGames(database),
      postMortems: new DrizzlePostMortems(database),
      boards: new DrizzleBoards(database),
      witnesses: new DrizzleWitnesses(database),
      catalogue: new DrizzleCatalogue(database),
      close: () => client.end({ timeout: 3 }),
    };
  } catch (error) {
    await client.end({ timeout: 1 });
    throw error;
  }
}
