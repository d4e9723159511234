/** A request that the server refused, or that did not reach it (`status` 0). */
export class ApiError extends Error {
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'ApiError';
    this.status = status;
  }
}
