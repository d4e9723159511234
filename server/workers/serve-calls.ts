/** The answering side of a thread: leads each call to its method, one answer each, whatever it throws. */
import { parentPort } from 'node:worker_threads';
import { sentError } from './messages.ts';
import type { AnswerMessage, CallMessage, Methods, NewsMessage } from './messages.ts';

/** Tells the other side what happened. */
export type TellNews = (news: string, value: unknown) => void;

/** Answers calls of the thread that started this one; the answer tells it news. */
export function serveCalls(methods: Methods): TellNews {
  const port = parentPort;
  if (port === null) throw new Error('serveCalls is for worker threads');
  const answer = (message: AnswerMessage) => port.postMessage(message);
  port.on('message', async ({ call, method, argument }: CallMessage) => {
    try {
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (run === undefined) throw new Error(`there is no method ${method}`);
      answer({ answer: call, ok: true, value: await run(argument as never) });
    } catch (error) {
      answer({ answer: call, ok: false, error: sentError(error) });
    }
  });
  return (news, value) => port.postMessage({ news, value } satisfies NewsMessage);
}
