/** What goes between two threads. */

/** A request: do this and answer under this number. */
export type CallMessage = { call: number; method: string; argument: unknown };

/** An error, as it can be sent. */
export type SentError = { name: string; message: string; code: string; stack: string };

/** An answer. */
export type AnswerMessage =
  { answer: number; ok: true; value: unknown } | { answer: number; ok: false; error: SentError };

/** Something that happened, told without being asked. */
export type NewsMessage = { news: string; value: unknown };

/** Methods of a thread: each takes one argument and answers. */
export type Methods = { [method: string]: (argument: never) => unknown };

/** The argument of a method. */
export type ArgumentOf<Method> = Method extends (argument: infer Argument) => unknown ? Argument : never;

/** What a method resolves with. */
export type AnswerOf<Method> = Method extends (argument: never) => infer Answer ? Awaited<Answer> : never;

/** An error as it can be sent; only our own fields cross. */
export function sentError(error: unknown): SentError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), code: '', stack: '' };
  const { code } = error as { code?: unknown };
  const { name, message, stack = '' } = error;
  return { name, message, code: typeof code === 'string' ? code : '', stack };
}
