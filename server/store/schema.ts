/**
 * The tables. A change here goes with a new file of SQL, made by `npm run db:generate -w server`; files that
 * have been released are never edited.
 */
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Debrief, PhaseSeconds } from '@chaotic-good/engine/protocol/debrief';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { GameMode } from '@chaotic-good/engine/protocol/game-rules';
import type { CommandRecord, JournalHeader } from '@chaotic-good/engine/protocol/journal-record';

/** Finished games: what lists show, and what is read whole. */
export const games = pgTable(
  'games',
  {
    /** Id of the incident; for the first round of a room, its code. */
    id: text().primaryKey(),
    /** Code of its room, which stays the same from round to round. */
    roomCode: text().notNull().default(''),
    /** Which round of its room it was, from 1. */
    round: integer().notNull().default(1),
    /** What the team calls itself, '' when it said nothing. */
    team: text().notNull().default(''),
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
    /** How much was at stake; only ranked games stand on boards. */
    mode: text().$type<GameMode>().notNull().default('practice'),
    /** Day whose common seed it was played on, `YYYY-MM-DD` (UTC); null for any other seed. */
    seedDay: text(),
    /** Class of the fault: id of the drawn choice, e.g. `disk-full`; '' in games before it was kept. */
    faultClass: text().notNull().default(''),
    /** Whether somebody of the team had played or watched this seed before; then it has no rank. */
    practised: boolean().notNull().default(false),
    /** Impact: seconds of total outage that users lost. */
    impactSeconds: doublePrecision().notNull().default(0),
    /** Points of the recovery and of the diagnosis, before rescaling: how boards break ties. */
    recoveryPoints: doublePrecision().notNull().default(0),
    diagnosisPoints: doublePrecision().notNull().default(0),
    /** Hints that were taken. */
    hints: integer().notNull().default(0),
    /** Second at which users were well for the last time, −1 when they were not. */
    recoveredSecond: integer().notNull().default(-1),
    /** How the time was spent, seconds; null in games before it was kept. */
    phases: jsonb().$type<PhaseSeconds>(),
  },
  (table) => [
    index('games_played_at').on(table.playedAt),
    index('games_seed').on(table.scenarioId, table.seed),
    index('games_room').on(table.roomCode),
  ],
);

/** What a game was played with: enough to simulate it again, with the engine that played it. */
export const gameInputs = pgTable('game_inputs', {
  gameId: text()
    .primaryKey()
    .references(() => games.id, { onDelete: 'cascade' }),
  header: jsonb().$type<JournalHeader>().notNull(),
  /** Commands in order, roles in place of names. */
  records: jsonb().$type<CommandRecord[]>().notNull(),
});

/** Seats of each game: who may answer its questions and edit its post-mortem. */
export const gameSeats = pgTable(
  'game_seats',
  {
    gameId: text()
      .notNull()
      .references(() => games.id, { onDelete: 'cascade' }),
    /** Id of the seat. */
    seat: text().notNull(),
    /** Its role as people read it. */
    role: text().notNull(),
    kind: text().$type<'player' | 'facilitator'>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.gameId, table.seat] })],
);

/**
 * Who met a game, and how, written while it goes on: a seed that somebody has met before is practised. A
 * person is a keyed digest of a session; the game may not be finished yet.
 */
export const gameWitnesses = pgTable(
  'game_witnesses',
  {
    gameId: text().notNull(),
    person: text().notNull(),
    how: text().$type<'played' | 'watched'>().notNull(),
    metAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.gameId, table.person, table.how] }),
    index('game_witnesses_person').on(table.person),
  ],
);

/**
 * Seeds of games whose trouble has begun, finished or not: who meets one of them and gives up has met its
 * seed all the same.
 */
export const gameSeeds = pgTable('game_seeds', {
  gameId: text().primaryKey(),
  scenarioId: text().notNull(),
  /** 32 hex digits. */
  seed: text().notNull(),
});

/** What each player answered after a game. */
export const gameAnswers = pgTable(
  'game_answers',
  {
    gameId: text()
      .notNull()
      .references(() => games.id, { onDelete: 'cascade' }),
    seat: text().notNull(),
    /** Role of the seat as people read it. */
    role: text().notNull(),
    /** What was hard. */
    hard: text().notNull(),
    /** One thing to change. */
    change: text().notNull(),
    answeredAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.gameId, table.seat] })],
);

/** Versions of post-mortems, from 1; the last one is the current one, and one that is final is the last. */
export const postMortems = pgTable(
  'post_mortems',
  {
    gameId: text()
      .notNull()
      .references(() => games.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    state: text().$type<'draft' | 'final'>().notNull(),
    /** Role of who wrote it; '' for the one that was computed. */
    author: text().notNull(),
    writtenAt: timestamp({ withTimezone: true }).notNull(),
    /** The document as JSON. */
    document: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.gameId, table.version] })],
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
