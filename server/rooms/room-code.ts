/** Codes of rooms: 8 characters of Crockford's alphabet, read aloud without mistakes. */
import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
const CODE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** A new code, 40 random bits. */
export function newRoomCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** The code that somebody typed, or null when it is none: case, hyphens and look-alikes do not matter. */
export function readRoomCode(typed: string): string | null {
  if (typed.length > 20) return null;
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return CODE.test(code) ? code : null;
}
