/**
 * The embedded database: PostgreSQL in WebAssembly on a folder of its own. It takes no lock itself, and two
 * processes on one folder lose rows without an error, so we take one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { lockFolder } from '../journal/folder-lock.ts';
import { DrizzleBoards } from './drizzle-boards.ts';
import { DrizzleCatalogue } from './drizzle-catalogue.ts';
import { DrizzleGames } from './drizzle-games.ts';
import { DrizzlePostMortems } from './drizzle-post-mortems.ts';
import { DrizzleWitnesses } from './drizzle-witnesses.ts';
import { MIGRATIONS } from './migrations-folder.ts';
import * as schema from './schema.ts';
import type { Store } from './store.ts';

/**
 * Opens the embedded database in a folder and brings its tables up to date.
 *
 * @throws StoreError `locked` when another process has it.
 */
export async function openPglite(folder: string): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  const client = new PGlite({ dataDir: join(folder, 'pgdata') });
  try {
    await client.waitReady;
    const database = drizzle({ client, schema, casing: 'snake_case' });
    await migrate(database, { migrationsFolder: MIGRATIONS });
    return {
      games: new DrizzleGames(database),
      postMortems: new DrizzlePostMortems(database),
      boards: new DrizzleBoards(database),
      witnesses: new DrizzleWitnesses(database),
      catalogue: new DrizzleCatalogue(database),
      close: async () => {
        await client.close();
        lock.release();
      },
    };
  } catch (error) {
    await client.close().catch(() => undefined);
    lock.release();
    throw error;
  }
}
