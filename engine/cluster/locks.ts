/** Locks inside a process: one holder each, and a line of who waits, in order of asking. */

/** A lock. */
export type Lock = {
  /** Span that holds it, −1 for none. */
  holder: number;
  /** Spans that wait, oldest first. */
  waiters: number[];
};

/** A lock that nobody holds. */
export function createLock(): Lock {
  return { holder: -1, waiters: [] };
}

/** Takes the lock for a span, or puts it in the line; false when it has to wait. One holds it only once. */
export function takeLock(lock: Lock, span: number): boolean {
  if (lock.holder === span) return true;
  if (lock.holder < 0) {
    lock.holder = span;
    return true;
  }
  lock.waiters.push(span);
  return false;
}

/** Lets the lock go if the span holds it; answers the span that has it now and may go on, or −1. */
export function releaseLock(lock: Lock, span: number): number {
  if (lock.holder !== span) return -1;
  lock.holder = lock.waiters.length > 0 ? (lock.waiters.shift() as number) : -1;
  return lock.holder;
}
