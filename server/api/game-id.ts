/** Which finished game an address names: by the code of its room, or by the id of a later round. */
import type { Request } from 'express';
import { isIncidentId } from '../journal/incident-id.ts';
import { readRoomCode } from '../rooms/room-code.ts';
import { ApiProblem } from './api-problem.ts';

/** The id that an address gives, as games are kept under it; null when it cannot be one. */
export function readGameId(asked: string): string | null {
  return readRoomCode(asked) ?? (isIncidentId(asked) ? asked : null);
}

/**
 * Id of the game in the address.
 *
 * @throws ApiProblem (404) when it cannot be one.
 */
export function gameId(request: Request): string {
  const id = readGameId(String(request.params.id));
  if (id === null) throw new ApiProblem(404, 'no-such-game', 'There is no such game.');
  return id;
}
