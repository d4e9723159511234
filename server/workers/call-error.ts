/** A call to another thread that failed there; bears that error's name, code and words. */
import type { SentError } from './messages.ts';

/** Code of calls that were under way when their thread ended: whether they were done is unknown. */
export const THREAD_GONE = 'thread-gone';

/** An error from another thread. */
export class CallError extends Error {
  override name = 'CallError';
  /** Name of the error there, e.g. `StoreError`. */
  readonly origin: string;
  /** Its code, '' when it has none. */
  readonly code: string;

  constructor({ name, message, code, stack }: SentError) {
    super(message);
    this.origin = name;
    this.code = code;
    if (stack !== '') this.stack = stack;
  }
}

/** The failure of calls whose thread is gone. */
export function threadGone(title: string): CallError {
  const message = `The ${title} thread has ended; it starts again by itself.`;
  return new CallError({ name: 'CallError', message, code: THREAD_GONE, stack: '' });
}
