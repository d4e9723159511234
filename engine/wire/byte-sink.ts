/** Bytes that are being written: whole numbers of any size in as few bytes as they need, and texts. */

/** What has been written so far: the first `length` bytes of a buffer that grows. */
export type ByteSink = { bytes: Uint8Array; length: number };

const FIRST_BYTES = 512;

/** An empty sink. */
export function createSink(): ByteSink {
  return { bytes: new Uint8Array(FIRST_BYTES), length: 0 };
}

/** A copy of what has been written, of exactly its length. */
export function sinkBytes({ bytes, length }: ByteSink): Uint8Array {
  return bytes.slice(0, length);
}

/** Makes room for so many further bytes. */
function reserve(sink: ByteSink, count: number): void {
  const needed = sink.length + count;
  if (needed <= sink.bytes.length) return;
  const larger = new Uint8Array(Math.max(needed, sink.bytes.length * 2));
  larger.set(sink.bytes);
  sink.bytes = larger;
}

/** Writes one byte, 0 to 255. */
export function putByte(sink: ByteSink, byte: number): void {
  reserve(sink, 1);
  sink.bytes[sink.length++] = byte;
}

/** Writes bytes as they are. */
export function putBytes(sink: ByteSink, bytes: Uint8Array): void {
  reserve(sink, bytes.length);
  sink.bytes.set(bytes, sink.length);
  sink.length += bytes.length;
}

/** Writes a whole number from 0 to 2^53 − 1, seven bits a byte, lowest first. */
export function putCount(sink: ByteSink, count: number): void {
  reserve(sink, 8);
  let rest = count;
  while (rest >= 128) {
    // Not by shifts: these cut numbers off at 32 bits.
    const higher = Math.floor(rest / 128);
    sink.bytes[sink.length++] = rest - higher * 128 + 128;
    rest = higher;
  }
  sink.bytes[sink.length++] = rest;
}

/** Writes a whole number between ±2^52, the small ones of either sign in few bytes. */
export function putSigned(sink: ByteSink, value: number): void {
  putCount(sink, zigzag(value));
}

/** Whole numbers of either sign as whole numbers from 0: 0, −1, 1, −2, … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** Writes a text as UTF-8 behind its length in bytes; half of a surrogate pair becomes U+FFFD. */
export function putText(sink: ByteSink, text: string): void {
  let length = 0;
  for (let at = 0; at < text.length; at++) length += utf8Width(text, at);
  putCount(sink, length);
  reserve(sink, length);
  for (let at = 0; at < text.length; at++) {
    const width = utf8Width(text, at);
    if (width === 1) sink.bytes[sink.length++] = text.charCodeAt(at);
    else if (width > 0) putPoint(sink, scalarAt(text, at), width);
  }
}

/** Bytes of the character that begins at an index; 0 for the second half of a pair. */
function utf8Width(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  if (unit < 0xdc00 || unit > 0xdfff) return (text.codePointAt(at) ?? 0) > 0xffff ? 4 : 3;
  const before = at > 0 ? text.charCodeAt(at - 1) : 0;
  return before >= 0xd800 && before <= 0xdbff ? 0 : 3;
}

function scalarAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
}

function putPoint(sink: ByteSink, point: number, width: number): void {
  const lead = width === 2 ? 0xc0 : width === 3 ? 0xe0 : 0xf0;
  let shift = 6 * (width - 1);
  sink.bytes[sink.length++] = lead | (point >> shift);
  for (shift -= 6; shift >= 0; shift -= 6) sink.bytes[sink.length++] = 0x80 | ((point >> shift) & 0x3f);
}
