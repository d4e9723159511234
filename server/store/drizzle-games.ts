/** Finished games in SQL. */
import { asc, eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { FinishedGame } from './finished-game.ts';
import type { GameStore } from './game-store.ts';
import { frozenFigures } from './frozen-figures.ts';
import { gameEvents, gameInputs, games, gameSamples, gameSeats } from './schema.ts';
import { storable } from './storable.ts';
import { wasPractised } from './was-practised.ts';

/** Rows of the log that one statement holds: PostgreSQL takes 65,535 parameters. */
const ROWS_MAX = 1000;

/** Finished games of a database. */
export class DrizzleGames implements GameStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async save(game: FinishedGame): Promise<void> {
    const { debrief, playedAtUnixMs, events, samples, inputs, seats, seedDay } = storable(game);
    const { gameId: id, score } = debrief;
    await this.#database.transaction(async (transaction) => {
      const practised = await wasPractised(transaction, game);
      const kept = await transaction
        .insert(games)
        .values({
          id,
          scenarioId: debrief.scenarioId,
          title: debrief.title,
          engineVersion: debrief.engineVersion,
          seed: debrief.seed,
          playedAt: new Date(playedAtUnixMs),
          players: debrief.players,
          closed: debrief.closed,
          recovery: debrief.recovery,
          total: score.total,
          scoringVersion: score.scoringVersion,
          debrief,
          seedDay,
          practised,
          ...frozenFigures(debrief),
        })
        .onConflictDoNothing()
        .returning({ id: games.id });
      if (kept.length === 0) return;
      const rows = events.map((event, position) => ({
        gameId: id,
        position,
        atMicros: event.atMicros,
        type: event.type,
        event,
      }));
      for (let from = 0; from < rows.length; from += ROWS_MAX) {
        await transaction.insert(gameEvents).values(rows.slice(from, from + ROWS_MAX));
      }
      await transaction.insert(gameSamples).values({ gameId: id, ...samples });
      await transaction.insert(gameInputs).values({ gameId: id, ...inputs });
      if (seats.length > 0) {
        await transaction.insert(gameSeats).values(seats.map((seat) => ({ gameId: id, ...seat })));
      }
    });
  }

  async debrief(id: string) {
    const [row] = await this.#database.select({ debrief: games.debrief }).from(games).where(eq(games.id, id));
    return row?.debrief;
  }

  async events(id: string) {
    const rows = await this.#database
      .select({ event: gameEvents.event })
      .from(gameEvents)
      .where(eq(gameEvents.gameId, id))
      .orderBy(asc(gameEvents.position));
    return rows.map(({ event }) => event);
  }

  async samples(id: string) {
    const { firstSecond, journeys, counts } = gameSamples;
    const [row] = await this.#database
      .select({ firstSecond, journeys, counts })
      .from(gameSamples)
      .where(eq(gameSamples.gameId, id));
    return row;
  }

  async inputs(id: string) {
    const { header, records } = gameInputs;
    const [row] = await this.#database
      .select({ header, records })
      .from(gameInputs)
      .where(eq(gameInputs.gameId, id));
    return row;
  }

  async seats(id: string) {
    const { seat, role, kind } = gameSeats;
    return this.#database
      .select({ seat, role, kind })
      .from(gameSeats)
      .where(eq(gameSeats.gameId, id))
      .orderBy(asc(seat));
  }
}
