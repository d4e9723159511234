/**
 * What an operator can set: `PORT`, `HOST`, `DATA_DIR`, `PUBLIC_URL`, `DATABASE_URL`.
 *
 * Why   `HOST` is this computer only unless somebody asks for more: a game that was started to look at it
 *       must not open a port to the whole network. `HOST=0.0.0.0` lets the others on the LAN in.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** The settings of this server. */
export type Config = {
  /** TCP port; 0 = any free one (tests). */
  port: number;
  /** Address to listen on. */
  host: string;
  /** Folder of everything that must outlive the process, absolute. */
  dataDir: string;
  /** Where players reach the server, without a slash at the end; null = found out from `host`. */
  publicUrl: string | null;
  /** PostgreSQL to use in place of the embedded one, or null. */
  databaseUrl: string | null;
  /** Folder of the built client, absolute; it may be missing. */
  clientDir: string;
  /** Simulated seconds per real second are multiplied by this; 1 in play, more in tests. */
  clockFactor: number;
  /** Share of the load; 1 in play, less in tests. */
  loadScale: number;
};

const HOST_TEXT = /^[A-Za-z0-9.:_-]{1,255}$/;

function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}

const SETTINGS = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port is a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'a port is a number from 0 to 65535')
    .default(2567),
  HOST: z
    .string()
    .regex(HOST_TEXT, 'use an address of this machine, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'name a folder').default('./data'),
  PUBLIC_URL: z
    .string()
    .refine((text) => isUrl(text, ['http:', 'https:']), 'use an address such as https://game.example.org')
    .transform((text) => text.replace(/\/+$/, ''))
    .nullable()
    .default(null),
  DATABASE_URL: z
    .string()
    .refine((text) => isUrl(text, ['postgres:', 'postgresql:']), 'use postgres://USER:PASSWORD@HOST/DATABASE')
    .nullable()
    .default(null),
  CLIENT_DIR: z.string().default(resolve(import.meta.dirname, '../../client/dist')),
  CHAOTIC_GOOD_TEST_CLOCK_FACTOR: z.coerce.number().min(0.1).max(1000).default(1),
  CHAOTIC_GOOD_TEST_LOAD_SCALE: z.coerce.number().min(0.01).max(1).default(1),
});

/** Settings that are set to nothing count as not set: `PORT= npm start` means the default. */
function given(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const names = Object.keys(SETTINGS.shape);
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = environment[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads the settings.
 *
 * @throws Refusal with a sentence that names the setting.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = SETTINGS.safeParse(given(environment));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue.path[0]);
    // A database address holds a password, so it is not repeated.
    const shown = name === 'DATABASE_URL' ? '' : ` is ${JSON.stringify(environment[name] ?? '')}, which`;
    throw new Refusal(`The setting ${name}${shown} cannot be used: ${issue.message}.`);
  }
  const settings = parsed.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir: resolve(settings.DATA_DIR),
    publicUrl: settings.PUBLIC_URL,
    databaseUrl: settings.DATABASE_URL,
    clientDir: resolve(settings.CLIENT_DIR),
    clockFactor: settings.CHAOTIC_GOOD_TEST_CLOCK_FACTOR,
    loadScale: settings.CHAOTIC_GOOD_TEST_LOAD_SCALE,
  };
}
