/** A start that cannot be: the operator reads one sentence that says what to do, and no stack. */
export class Refusal extends Error {
  override name = 'Refusal';
}
