/** Where the SQL of all versions of the tables is. */
import { resolve } from 'node:path';

/** The folder. */
export const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');
