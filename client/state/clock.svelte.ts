/** The wall clock of this screen, once a second: for ages, never for the game. */
export class Clock {
  /** Unix milliseconds. */
  nowMs = $state(Date.now());

  /** Lets it run; returns what stops it. */
  start(): () => void {
    const timer = setInterval(() => (this.nowMs = Date.now()), 1000);
    return () => clearInterval(timer);
  }
}
