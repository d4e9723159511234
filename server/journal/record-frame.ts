/**
 * How a record lies in the file. All numbers are little-endian.
 *
 *     0  u32  length of the body
 *     4  u32  number of the record, from 0
 *     8  u32  epoch: which opening wrote it, from 1
 *    12  u32  crc32c of the body
 *    16  16 B hash of the record before: the first half of its SHA-256, head and body
 *    32  u32  crc32c of the 32 bytes above
 *    36  …    body
 *
 * Why   The head has its own checksum: were a flipped bit to make the length of the last record larger, it
 *       would look like a record that was cut off, and an acknowledged command would be dropped in silence.
 */
import { hash } from 'node:crypto';
import { crc32c } from './crc32c.ts';

/** Bytes before the body. */
export const HEAD_BYTES = 36;
/** Bytes of the head that its own checksum covers. */
const HEAD_CHECKED_BYTES = 32;
/** First bytes of every journal file. */
export const MAGIC = Buffer.from('CGJRNL1\n', 'latin1');

const HASH_DIGITS = 32;

/** The head of a record. */
export type RecordHead = {
  /** Length of the body. */
  bodyBytes: number;
  /** Number of the record. */
  number: number;
  /** Which opening wrote it. */
  epoch: number;
  /** Checksum of the body. */
  bodyCrc: number;
  /** Hash of the record before, 32 hex digits. */
  previousHash: string;
};

/** What stands in for the record before the first: it ties the file to its incident. */
export function firstPreviousHash(incidentId: string): string {
  return hash('sha256', `chaotic-good journal of ${incidentId}`).slice(0, HASH_DIGITS);
}

/** The hash of a whole record, 32 hex digits. */
export function hashFrame(frame: Uint8Array): string {
  return hash('sha256', frame).slice(0, HASH_DIGITS);
}

/** A record as bytes. */
export function encodeFrame(body: Uint8Array, head: Omit<RecordHead, 'bodyBytes' | 'bodyCrc'>): Buffer {
  const frame = Buffer.allocUnsafe(HEAD_BYTES + body.length);
  frame.writeUInt32LE(body.length, 0);
  frame.writeUInt32LE(head.number, 4);
  frame.writeUInt32LE(head.epoch, 8);
  frame.writeUInt32LE(crc32c(body), 12);
  frame.write(head.previousHash, 16, 'hex');
  frame.writeUInt32LE(crc32c(frame, 0, HEAD_CHECKED_BYTES), HEAD_CHECKED_BYTES);
  frame.set(body, HEAD_BYTES);
  return frame;
}

/** The head at an offset, or undefined when its checksum is wrong. `HEAD_BYTES` must be there. */
export function decodeHead(bytes: Buffer, offset: number): RecordHead | undefined {
  const checked = offset + HEAD_CHECKED_BYTES;
  if (crc32c(bytes, offset, checked) !== bytes.readUInt32LE(checked)) return undefined;
  return {
    bodyBytes: bytes.readUInt32LE(offset),
    number: bytes.readUInt32LE(offset + 4),
    epoch: bytes.readUInt32LE(offset + 8),
    bodyCrc: bytes.readUInt32LE(offset + 12),
    previousHash: bytes.toString('hex', offset + 16, checked),
  };
}
