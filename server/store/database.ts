/** A Drizzle database over our tables, whichever driver carries it. */
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema.ts';

/** The database, as repositories see it. */
export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
