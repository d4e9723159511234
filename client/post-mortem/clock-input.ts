/** Times that people write on the clock of the exercise, as moments and back. */

const DAY_SECONDS = 86_400;

/** `14:06:21` of a moment, UTC. */
export function clockOf(startedAtUnixMs: number, atMicros: number): string {
  return new Date(startedAtUnixMs + atMicros / 1000).toISOString().slice(11, 19);
}

/** The moment of a clock time (`14:06` or `14:06:21`), the first at or after time 0; null when it is none. */
export function momentOf(startedAtUnixMs: number, clock: string): number | null {
  const [, hours, minutes, seconds = '0'] = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(clock.trim()) ?? [];
  if (minutes === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return null;
  const began = Math.floor(startedAtUnixMs / 1000) % DAY_SECONDS;
  const asked = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return ((asked - began + DAY_SECONDS) % DAY_SECONDS) * 1e6;
}
