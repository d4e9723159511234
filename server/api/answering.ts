/** An answer that may take its time; what it throws goes to the one who tells problems. */
import type { Request, RequestHandler, Response } from 'express';

/** Makes a handler of an answer. */
export function answering(
  answer: (request: Request, response: Response) => Promise<void> | void,
): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => answer(request, response))
      .catch(next);
  };
}
