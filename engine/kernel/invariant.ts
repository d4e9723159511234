/** Our own bug, never a player's: the incident that throws it is quarantined, its journal kept. */
export class InvariantError extends Error {
  override name = 'InvariantError';
}

/**
 * States what must be true whatever players do.
 *
 * @throws InvariantError when it is not.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}
