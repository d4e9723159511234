/**
 * Chance without a generator: every draw is a hash of (seed, purpose, stable key, index).
 *
 * Why   A generator has state, so one more draw anywhere shifts all later luck, and a run in which a
 *       player did something could not be compared with the run in which nobody did. Here each
 *       request carries its own luck wherever it is served.
 * How   Words are folded one at a time and closed as `mix.ts` does it.
 */
import { expOf, logOf } from './math.ts';
import { closeWord, foldWord } from './mix.ts';

/** 128 random bits as four unsigned 32-bit words. */
export type Seed = Uint32Array;

const PRIME_3 = 0xc2b2ae3d;
const TWO_32 = 4294967296;

/** A uint32 of a text, over its UTF-16 code units; the same everywhere, whatever the locale. */
export function hashText(text: string): number {
  let accumulator = PRIME_3 | 0;
  for (let at = 0; at < text.length; at++) accumulator = foldWord(accumulator, text.charCodeAt(at));
  return closeWord(accumulator ^ text.length);
}

/** The seed that `--seed TEXT` means: the text hashed to 128 bits. */
export function seedFromText(text: string): Seed {
  const seed = new Uint32Array(4);
  for (let word = 0; word < 4; word++) seed[word] = hashText(`${word}:${text}`);
  return seed;
}

/** A uniform uint32 for (seed, purpose, key, index); key and index are read modulo 2^32. */
export function drawU32(seed: Seed, purpose: number, keyHi: number, keyLo: number, index: number): number {
  let accumulator = (seed[0] ^ Math.imul(purpose, PRIME_3)) | 0;
  accumulator = foldWord(accumulator, keyHi ^ seed[1]);
  accumulator = foldWord(accumulator, keyLo ^ seed[2]);
  accumulator = foldWord(accumulator, index ^ seed[3]);
  return closeWord(accumulator ^ seed[2]);
}

/** A uniform number strictly between 0 and 1 (never 0, so its logarithm exists), 32 bits fine. */
export function drawUnit(seed: Seed, purpose: number, keyHi: number, keyLo: number, index: number): number {
  return (drawU32(seed, purpose, keyHi, keyLo, index) + 0.5) / TWO_32;
}

/** An exponential variate with mean 1. */
export function drawExponential(
  seed: Seed,
  purpose: number,
  keyHi: number,
  keyLo: number,
  index: number,
): number {
  return -logOf((drawU32(seed, purpose, keyHi, keyLo, index) + 0.5) / TWO_32);
}

/**
 * A standard normal variate as the sum of twelve uniforms less 6 (Irwin–Hall): exact mean 0 and
 * variance 1, tails cut at ±6. Enough for noise of load, where nobody looks beyond 4 sigma.
 */
export function drawNormal(seed: Seed, purpose: number, keyHi: number, keyLo: number, index: number): number {
  let sum = -6;
  for (let part = 0; part < 12; part++) sum += drawUnit(seed, purpose, keyHi, keyLo, index * 12 + part);
  return sum;
}

/** A log-normal variate with median 1 and the given sigma of its logarithm. */
export function drawLogNormal(
  seed: Seed,
  purpose: number,
  keyHi: number,
  keyLo: number,
  index: number,
  sigma: number,
): number {
  return expOf(sigma * drawNormal(seed, purpose, keyHi, keyLo, index));
}

/** A whole number in [0, count). */
export function drawBelow(
  seed: Seed,
  purpose: number,
  keyHi: number,
  keyLo: number,
  index: number,
  count: number,
): number {
  return Math.floor(drawUnit(seed, purpose, keyHi, keyLo, index) * count);
}
