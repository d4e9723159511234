/**
 * A 128-bit fingerprint of a state, equal on every machine for equal states.
 *
 * Four 32-bit lanes over 16-byte stripes with the mixing of `mix.ts`: it must find
 * two runs that parted, not withstand an attacker (the journal's hash chain does that).
 */
import { closeWord, foldWord } from './mix.ts';
import { encodeState } from './state-codec.ts';

/** 32 lower-case hex digits over the bytes. */
export function hashBytes(bytes: Uint8Array): string {
  const lanes = new Int32Array([0x51ed270b, 0x2545f491, 0x6c62272e, 0x165667b1]);
  const whole = bytes.length & ~15;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fold = (lane: number, word: number): void => {
    lanes[lane] = foldWord(lanes[lane], word);
  };
  for (let at = 0; at < whole; at += 16) {
    fold(0, view.getInt32(at, true));
    fold(1, view.getInt32(at + 4, true));
    fold(2, view.getInt32(at + 8, true));
    fold(3, view.getInt32(at + 12, true));
  }
  for (let at = whole; at < bytes.length; at++) fold(at & 3, bytes[at]);
  let text = '';
  let carry = bytes.length | 0;
  // Each lane is closed over its neighbours, so that a change in one shows in all digits.
  for (let pass = 0; pass < 2; pass++) {
    for (let lane = 0; lane < 4; lane++) {
      carry = closeWord(lanes[lane] ^ carry ^ (lane + 1));
      lanes[lane] = (lanes[lane] + carry) | 0;
    }
  }
  for (let lane = 0; lane < 4; lane++) text += (lanes[lane] >>> 0).toString(16).padStart(8, '0');
  return text;
}

/** The fingerprint of a state tree. */
export function hashState(state: unknown): string {
  return hashBytes(encodeState(state));
}
