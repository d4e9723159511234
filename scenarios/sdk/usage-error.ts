/** What a person did wrong on the command line or in a script: a sentence for them, exit code 2. */
import { nearMisses } from '@chaotic-good/engine/console/near-miss';

/** A mistake of whoever typed it. */
export class UsageError extends Error {
  /** For `catch`. */
  override readonly name = 'UsageError';
}

/** `no scenario polls-mistery; did you mean polls-mystery?`, or what there is. */
export function unknownWord(kind: string, word: string, known: readonly string[]): UsageError {
  const near = nearMisses(word, known);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there is ${known.join(', ')}`;
  return new UsageError(`no ${kind} ${word === '' ? '(empty)' : word}; ${hint}`);
}
