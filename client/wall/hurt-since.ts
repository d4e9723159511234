/** For how long users have been hurt, read off the curve of badness. */

/** Mean badness over these seconds from which users are being hurt. */
const WINDOW_SECONDS = 10;
const HURT_BADNESS = 0.05;

/** Seconds for which users have been hurt by the end of the curve; 0 while they are not. */
export function hurtSeconds(badness: readonly number[]): number {
  const mean = (end: number) => {
    const from = Math.max(0, end - WINDOW_SECONDS);
    const values = badness.slice(from, end);
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  let end = badness.length;
  while (end > 0 && mean(end) >= HURT_BADNESS) end--;
  if (end === badness.length) return 0;
  return badness.length - end;
}
