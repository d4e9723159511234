/** The day by which seeds are the same for all. */

/** The day of a moment, `YYYY-MM-DD` (UTC). */
export function utcDay(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, 10);
}
