/** The key of all draws that a text means. */
import { seedToHex } from '@chaotic-good/engine/incident/seed-hex';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';

const KEY = /^[0-9a-f]{32}$/;

/** The key itself, as a debrief tells it, is taken as it is; any other text is hashed. 32 hex digits. */
export function seedKey(text: string): string {
  return KEY.test(text) ? text : seedToHex(seedFromText(text));
}
