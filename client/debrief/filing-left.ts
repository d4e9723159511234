/** How long the team may still file its diagnosis before the truth is told anyway. */

/** As the server waits, milliseconds; it decides, this only counts down. */
const FILING_MS = 60_000;

/** Seconds left, 0 to 60, since this client saw the close (Unix milliseconds). */
export function filingLeftSeconds(seenAtMs: number, nowMs: number): number {
  return Math.min(60, Math.max(0, Math.ceil((seenAtMs + FILING_MS - nowMs) / 1000)));
}
