/**
 * Uids and generated name suffixes.
 *
 * Why  They come from (who, how often), never from a running counter of the store: creating an unrelated
 *      object must not rename another, or two runs could not be compared (design §2 rule 3).
 */
import type { Seed } from '../../kernel/chance.ts';
import { drawU32, hashText } from '../../kernel/chance.ts';
import { PURPOSE_IDENTITY } from '../../kernel/purposes.ts';
import type { Store } from './store-state.ts';

/** Characters of generated suffixes: no vowels, so that no word comes out; as apimachinery has them. */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** Draw indices: 0–3 make a uid, from here on suffixes. */
const FIRST_SUFFIX_INDEX = 16;

/** A word of luck for (key, ordinal). */
function draw(seed: Seed, key: string, ordinal: number, index: number): number {
  return drawU32(seed, PURPOSE_IDENTITY, hashText(key), ordinal, index);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

/** A random-looking (version 4) UUID for the `ordinal`-th creation under a key. */
export function uidFor(seed: Seed, key: string, ordinal: number): string {
  const words = [0, 1, 2, 3].map((index) => draw(seed, key, ordinal, index));
  const second = hex(words[1]);
  const third = hex(((words[2] & 0x3fffffff) | 0x80000000) >>> 0); // RFC 4122 variant.
  const version = `4${second.slice(5)}`;
  const parts = [
    hex(words[0]),
    second.slice(0, 4),
    version,
    third.slice(0, 4),
    third.slice(4) + hex(words[3]),
  ];
  return parts.join('-');
}

/** Five letters after a `generateName` prefix; `attempt` moves on when the name is taken. */
export function suffixFor(seed: Seed, key: string, ordinal: number, attempt: number): string {
  let suffix = '';
  for (let place = 0; place < SUFFIX_LENGTH; place++) {
    const word = draw(seed, key, ordinal, FIRST_SUFFIX_INDEX + attempt * SUFFIX_LENGTH + place);
    suffix += SUFFIX_ALPHABET[word % SUFFIX_ALPHABET.length];
  }
  return suffix;
}

/** A whole number below `count`, for addresses and ports the server allocates. */
export function allocationFor(seed: Seed, key: string, attempt: number, count: number): number {
  return draw(seed, `allocation ${key}`, 0, attempt) % count;
}

/** How many creations the key has seen. */
export function creationOrdinal(store: Store, key: string): number {
  return store.creationCounts.get(key) ?? 0;
}

/** Counts one more creation under the key. */
export function countCreation(store: Store, key: string): void {
  store.creationCounts.set(key, creationOrdinal(store, key) + 1);
}
