/**
 * What every Colyseus room of ours has to have, whatever it carries: without it one exception in a handler
 * ends the process, a late promise keeps a seat for ever, and a flood is answered.
 */
import { Room } from '@colyseus/core';
import type { RoomException, RoomMethodName } from '@colyseus/core';

/** Longest time that joining or leaving may take, milliseconds. */
const DEADLINE_MS = 5000;
/** More messages a second than people can cause end the connection. */
const MESSAGES_PER_SECOND_MAX = 30;
/** Lines connected to one room at most. */
const CLIENTS_MAX = 64;

/** The base of our rooms. */
export abstract class GuardedRoom extends Room {
  // Seats that nobody has come to yet would otherwise end an empty room under those who are on their way.
  override autoDispose = false;
  // No state: the truth goes as our own frames.
  override patchRate = null;
  override maxClients = CLIENTS_MAX;
  override maxMessagesPerSecond = MESSAGES_PER_SECOND_MAX;
  override seatReservationTimeout = 10;

  // Its mere presence makes Colyseus catch whatever handlers and lifecycle methods throw.
  override onUncaughtException(error: RoomException, method: RoomMethodName): void {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    process.stderr.write(`room ${this.roomId}: ${method} failed: ${cause}\n`);
  }

  /** Resolves with the action, or fails when it takes too long. */
  protected async withDeadline<T>(what: string, action: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} took longer than ${DEADLINE_MS} ms`)), DEADLINE_MS);
    });
    try {
      return await Promise.race([action, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
