/** Text of a base64 value of UTF-8 text, for Secrets read by containers. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes a base64 text stands for; whatever is no base64 is skipped. */
function bytesOf(encoded: string): number[] {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const character of encoded) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) continue;
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((word >> bits) & 255);
  }
  return bytes;
}

/** Decodes base64 to text. */
export function decodeBase64(encoded: string): string {
  const bytes = bytesOf(encoded);
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at];
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    let code = more === 0 ? first : first & (0x3f >> more);
    for (let left = more; left > 0; left--) code = (code << 6) | ((bytes[++at] ?? 0x80) & 63);
    text += String.fromCodePoint(code);
  }
  return text;
}
