/** How long until the journeys have held, if from now on nothing more fails. */

/** A journey as counters by second; null where nothing is known. */
export type HeldJourney = {
  /** Promised share of good ones. */
  objectiveRatio: number;
  /** User actions that have ended until a second. */
  attempts: (second: number) => number | null;
  /** Those of them that ended badly. */
  failures: (second: number) => number | null;
};

/** Traffic is taken to go on, and harm to be over, as seen over so many seconds. */
const RECENT_SECONDS = 10;
/** Share of failures over these seconds from which users are being hurt. */
const HURT_RATIO = 0.05;

/** Whether the window that ends `ahead` seconds from now would be inside the objective. */
function holdsAt(journey: HeldJourney, now: number, holdSeconds: number, ahead: number): boolean {
  const { attempts, failures, objectiveRatio } = journey;
  const from = now - holdSeconds + ahead;
  const [all, allThen, bad, badThen] = [attempts(now), attempts(from), failures(now), failures(from)];
  if (all === null || allThen === null || bad === null || badThen === null) return false;
  const perSecond = (all - (attempts(now - RECENT_SECONDS) ?? allThen)) / RECENT_SECONDS;
  const ended = all - allThen + perSecond * ahead;
  return ended > 0 && bad - badThen <= (1 - objectiveRatio) * ended + 1e-9;
}

/** Whether more than a few of the newest user actions fail; over all journeys, for a few are noise. */
function isHurting(journeys: readonly HeldJourney[], now: number): boolean {
  const recent = (read: HeldJourney['attempts']) => (read(now) ?? 0) - (read(now - RECENT_SECONDS) ?? 0);
  const ended = journeys.reduce((sum, { attempts }) => sum + recent(attempts), 0);
  const bad = journeys.reduce((sum, { failures }) => sum + recent(failures), 0);
  return ended <= 0 || bad / ended >= HURT_RATIO;
}

/**
 * Seconds until every journey would have been inside its objective for the hold window, 0 to
 * `holdSeconds`; null while users are being hurt, or when nothing is known.
 */
export function holdLeftSeconds(
  journeys: readonly HeldJourney[],
  now: number,
  holdSeconds: number,
): number | null {
  if (journeys.length === 0 || isHurting(journeys, now)) return null;
  for (let ahead = 0; ahead < holdSeconds; ahead++) {
    if (journeys.every((one) => holdsAt(one, now, holdSeconds, ahead))) return ahead;
  }
  return holdSeconds;
}
