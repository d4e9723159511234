/** Which seed a new room is played on: any, a known one, today's, or that of a finished game. */
import { z } from 'zod';
import type { OpenRequest } from '../incidents/incident-host.ts';
import { readRoomCode } from '../rooms/room-code.ts';
import type { Sessions } from '../rooms/sessions.ts';
import { utcDay } from '../rooms/utc-day.ts';
import type { BoardStore } from '../store/board-store.ts';
import { ApiProblem } from './api-problem.ts';

/** How a request may choose; at most one of them. */
export const seedChoice = {
  /** Its text. */
  seed: z.string().min(1).max(100).optional(),
  /** The one that is the same for all who ask for it on this day. Nobody sees it before a debrief. */
  sameForAll: z.literal('today').optional(),
  /** The one of this finished game. */
  seedOf: z.string().max(20).optional(),
};

/** What a request chose. */
type Choice = { scenario: string; seed?: string; sameForAll?: 'today'; seedOf?: string };

const ONE = 'Choose one seed: a text, the one of today, or that of a finished game.';
const NO_GAME = 'There is no such game of this scenario, so its seed is not known.';

/**
 * The seed, and the day whose common seed it is.
 *
 * @throws ApiProblem when more than one is asked for (400), or the game is not there (404).
 */
export async function chosenSeed(
  { scenario, seed, sameForAll, seedOf }: Choice,
  { sessions, boards }: { sessions: Sessions; boards: BoardStore },
): Promise<Pick<OpenRequest, 'seed' | 'seedDay'>> {
  if ([seed, sameForAll, seedOf].filter((one) => one !== undefined).length > 1) {
    throw new ApiProblem(400, 'not-understood', ONE);
  }
  if (sameForAll !== undefined) {
    const seedDay = utcDay(Date.now());
    return { seed: sessions.daySeed(scenario, seedDay), seedDay };
  }
  if (seedOf === undefined) return { seed: seed ?? null, seedDay: null };
  const id = readRoomCode(seedOf);
  const game = id === null ? undefined : await boards.game(id);
  if (game?.scenarioId !== scenario) throw new ApiProblem(404, 'no-such-game', NO_GAME);
  // The board of a day also lists who plays its seed later.
  return { seed: game.seed, seedDay: game.seedDay };
}
