/** What `decide` answers: events, or a rejection. Deciding changes nothing; `evolve` folds the events. */
import type { NewEvent } from '../protocol/events.ts';
import type { Rejection, RejectionCode } from '../protocol/rejection.ts';

/** The answer of a decision. */
export type Decision = { ok: true; events: NewEvent[] } | { ok: false; rejection: Rejection };

/** Yes, and this is what happened. */
export function accept(...events: NewEvent[]): Decision {
  return { ok: true, events };
}

/** Not now, and this is what to do. */
export function reject(code: RejectionCode, sentence: string): Decision {
  return { ok: false, rejection: { code, sentence } };
}
