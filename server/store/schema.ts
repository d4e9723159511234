/**
 * The tables. A change here goes with a new file of SQL, made by `npm run db:generate -w server`; files that
 * have been released are never edited.
 */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';

/** Finished games: what lists show, and what is read whole. */
export const games = pgTable(
  'games',
  {
    /** Code of its room. */
    id: text().primaryKey(),
    scenarioId: text().notNull(),
    title: text().notNull(),
    /** Content hash of the engine that played it: what-if runs need the same. */
    engineVersion: text().notNull(),
    /** 32 hex digits, no secret any more. */
    seed: text().notNull(),
    playedAt: timestamp({ withTimezone: true }).notNull(),
    players: integer().notNull(),
    closed: text().notNull(),
    recovery: text().$type<Debrief['recovery']>().notNull(),
    /** Points of 1000, under the rules of `scoringVersion`. */
    total: integer().notNull(),
    scoringVersion: integer().notNull(),
    debrief: jsonb().$type<Debrief>().notNull(),
    /** Markdown. */
    postMortem: text().notNull(),
  },
  (table) => [index('games_played_at').on(table.playedAt)],
);

/** The log of each game, roles in place of names. */
export const gameEvents = pgTable(
  'game_events',
  {
    gameId: text()
      .notNull()
      .references(() => games.id, { onDelete: 'cascade' }),
    /** Place in the log, from 0. */
    position: integer().notNull(),
    atMicros: bigint({ mode: 'number' }).notNull(),
    type: text().notNull(),
    event: jsonb().$type<IncidentEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.gameId, table.position] })],
);

/** How users fared in each game, second by second. */
export const gameSamples = pgTable('game_samples', {
  gameId: text()
    .primaryKey()
    .references(() => games.id, { onDelete: 'cascade' }),
  firstSecond: integer().notNull(),
  journeys: integer().notNull(),
  /** Counts by second, journey and field. */
  counts: integer().array().notNull(),
});

/** Every version of every scenario that this server has offered; games name them by id. */
export const scenarios = pgTable(
  'scenarios',
  {
    id: text().notNull(),
    contentHash: text().notNull(),
    title: text().notNull(),
    level: text().notNull(),
    system: text().notNull(),
    firstOfferedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.contentHash] })],
);
