/** A request that the server refused, or that did not reach it (`status` 0). */
export class ApiError extends Error {
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** What else the server told, null when nothing. */
  readonly body: unknown;

  constructor(status: number, sentence: string, body: unknown = null) {
    super(sentence);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}
