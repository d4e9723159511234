/** Base64 of text as UTF-8, for Secrets: the engine has neither `btoa` nor a text encoder. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 bytes of a text. */
function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** Base64 of a text. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let encoded = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    encoded += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
    encoded += left > 1 ? ALPHABET[(word >> 6) & 63] : '=';
    encoded += left > 2 ? ALPHABET[word & 63] : '=';
  }
  return encoded;
}

/** Where a base64 text stops being one, or −1 when it is valid. */
export function base64ErrorAt(text: string): number {
  const valid = /^[A-Za-z0-9+/]*={0,2}/.exec(text)?.[0].length ?? 0;
  if (valid < text.length) return valid;
  return text.length % 4 === 0 ? -1 : text.length;
}

/** Number of bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of the four bytes.
    if (code >= 0x800) length += code >= 0xd800 && code < 0xe000 ? 1 : 2;
    else if (code >= 0x80) length += 1;
  }
  return length;
}
