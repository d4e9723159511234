/** What the API answers when it cannot: a status, a word for programs and a sentence for people. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  /** HTTP status. */
  readonly status: number;
  /** Word for programs, kebab-case. */
  readonly error: string;

  constructor(status: number, error: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.error = error;
  }
}
