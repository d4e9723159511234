/** Bytes that are being read. Whatever is not as a sink wrote it is an error, never a guess. */
import { WireError } from './wire-error.ts';

/** Where reading stands. */
export type ByteSource = { bytes: Uint8Array; at: number };

/** Characters that are put together at once; more are too many arguments. */
const CHUNK = 4096;

/** Begins to read. */
export function createSource(bytes: Uint8Array): ByteSource {
  return { bytes, at: 0 };
}

/** Reads one byte. @throws WireError `damaged` at the end. */
export function takeByte(source: ByteSource): number {
  if (source.at >= source.bytes.length) throw new WireError('damaged', 'the bytes end too early');
  return source.bytes[source.at++];
}

/** Reads so many bytes, without copying them. @throws WireError `damaged` at the end. */
export function takeBytes(source: ByteSource, count: number): Uint8Array {
  const end = source.at + count;
  if (end > source.bytes.length) throw new WireError('damaged', 'the bytes end too early');
  const taken = source.bytes.subarray(source.at, end);
  source.at = end;
  return taken;
}

/** Reads a whole number from 0 to 2^53 − 1. @throws WireError `damaged` when there is none. */
export function takeCount(source: ByteSource): number {
  let count = 0;
  for (let factor = 1; factor <= 562949953421312; factor *= 128) {
    const byte = takeByte(source);
    count += (byte & 127) * factor;
    if (byte < 128) return count;
  }
  throw new WireError('damaged', 'a number has no end');
}

/** Reads a whole number of either sign. @throws WireError `damaged` when there is none. */
export function takeSigned(source: ByteSource): number {
  return unzigzag(takeCount(source));
}

/** The whole number of either sign that `zigzag` turned into this one. */
export function unzigzag(count: number): number {
  return count % 2 === 1 ? -(count + 1) / 2 : count / 2;
}

/** Reads a text. @throws WireError `damaged` when it is not complete. */
export function takeText(source: ByteSource): string {
  const bytes = takeBytes(source, takeCount(source));
  let text = '';
  let units: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at];
    const width = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let point = width === 1 ? lead : lead & (0x7f >> width);
    for (let next = 1; next < width; next++) point = (point << 6) | (bytes[at + next] & 0x3f);
    at += width;
    if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
    else units.push(point);
    if (units.length < CHUNK) continue;
    text += String.fromCharCode(...units);
    units = [];
  }
  return text + String.fromCharCode(...units);
}
