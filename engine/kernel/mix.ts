/**
 * Mixing of 32-bit words, for draws and fingerprints (constants: Y. Collet, xxHash; A. Appleby, MurmurHash3;
 * facts only).
 */

const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;

/** Folds a word into an accumulator: one xxHash32-style round. Both are read modulo 2^32. */
export function foldWord(accumulator: number, word: number): number {
  const mixed = (accumulator + Math.imul(word, PRIME_2)) | 0;
  return Math.imul((mixed << 13) | (mixed >>> 19), PRIME_1);
}

/** MurmurHash3's finaliser, a uint32: each input bit flips each output bit with probability near 1/2. */
export function closeWord(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
