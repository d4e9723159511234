/** How long to wait before trying again. */

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** Milliseconds before attempt number `attempt` (from 1); `luck` (0–1) spreads the clients of a room. */
export function backoffMs(attempt: number, luck: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt - 1));
  return Math.round(full * (0.75 + 0.5 * luck));
}
