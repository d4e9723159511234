/** A seed as text: how the journal's header keeps it. */
import { invariant } from '../kernel/invariant.ts';
import type { Seed } from '../kernel/chance.ts';

const HEX_DIGITS = /^[0-9a-f]{32}$/;

/** 32 lower-case hex digits. */
export function seedToHex(seed: Seed): string {
  let text = '';
  for (const word of seed) text += word.toString(16).padStart(8, '0');
  return text;
}

/**
 * The seed that these digits mean.
 *
 * @throws InvariantError when they are not 32 lower-case hex digits.
 */
export function seedFromHex(text: string): Seed {
  invariant(HEX_DIGITS.test(text), 'a seed is 32 lower-case hex digits');
  const seed = new Uint32Array(4);
  for (let word = 0; word < 4; word++) seed[word] = Number.parseInt(text.slice(word * 8, word * 8 + 8), 16);
  return seed;
}
