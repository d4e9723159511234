/**
 * Reads a journal file as bytes: every record checked, the tail that a crash cut off told from damage.
 *
 * Why   Both look alike at first: a last record that does not add up. A crash leaves bytes *missing*: the
 *       file ends too early, or holds zeros (JSON has none) where a sector was never written. Damage leaves
 *       *other* bytes. So only the first is dropped, and only beyond what is known to have been
 *       acknowledged. (The sector rule is that of etcd's write-ahead log.)
 */
import { crc32c } from './crc32c.ts';
import { JournalDamage } from './journal-damage.ts';
import type { DamageKind } from './journal-damage.ts';
import { decodeHead, firstPreviousHash, hashFrame, HEAD_BYTES, MAGIC } from './record-frame.ts';
import type { RecordHead } from './record-frame.ts';

/** What disks write as a whole. */
const SECTOR_BYTES = 512;
/**
 * Where a record begins near the end of a sector, so few bytes of its head lie there that one flipped bit
 * could make them all zero; with its epoch among them it cannot.
 */
const ZEROS_MIN_AT_HEAD = 12;

/** A record found in the file. */
export type ScannedFrame = {
  /** Its number. */
  number: number;
  /** Which opening wrote it. */
  epoch: number;
  /** Its hash, 32 hex digits. */
  hash: string;
  /** Its body. */
  body: Buffer;
  /** Where it ends in the file. */
  end: number;
};

/** What is known to have been acknowledged: the file up to `bytes`, which ends with a record of this hash. */
export type AckedExtent = { bytes: number; hash: string };

/** A journal file, checked. */
export type ScannedJournal = {
  /** Its whole records. */
  frames: ScannedFrame[];
  /** Where the last whole record ends. */
  bytes: number;
  /** Bytes after it that were never acknowledged and do not make a record. */
  tornBytes: number;
};

type Cursor = {
  incidentId: string;
  bytes: Buffer;
  acked: AckedExtent | undefined;
  frames: ScannedFrame[];
  offset: number;
  previousHash: string;
  epoch: number;
};

function damageAt(cursor: Cursor, kind: DamageKind): JournalDamage {
  const place = { offset: cursor.offset, recordNumber: cursor.frames.length };
  return new JournalDamage(cursor.incidentId, kind, place);
}

/** True when bytes `[from, to)` are all zero. */
function areZeros(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** True when a sector's part of the record at `[from, to)` was never written. */
function lacksSector(bytes: Buffer, from: number, to: number): boolean {
  let start = from;
  while (start < to) {
    const end = Math.min(to, (Math.floor(start / SECTOR_BYTES) + 1) * SECTOR_BYTES);
    const enough = start > from || end - start >= ZEROS_MIN_AT_HEAD;
    if (enough && areZeros(bytes, start, end)) return true;
    start = end;
  }
  return false;
}

/** What is wrong with a head that is as it was written. */
function misplaced(cursor: Cursor, head: RecordHead): DamageKind | undefined {
  if (head.number !== cursor.frames.length) return 'out-of-order';
  if (head.previousHash !== cursor.previousHash) return 'wrong-chain';
  // An owner that wrote nothing leaves no trace, so the next one takes the same number again.
  if (head.epoch !== cursor.epoch && head.epoch !== cursor.epoch + 1) return 'foreign-epoch';
  return undefined;
}

/** Steps over one record; false when what is left is a torn tail. */
function step(cursor: Cursor): boolean {
  const { bytes, offset, acked } = cursor;
  const left = bytes.length - offset;
  // Beyond the extent, or where it is unknown, a record may have been under way when the process ended.
  const mayBeTorn = acked === undefined || offset >= acked.bytes;
  const torn = (isTorn: boolean, kind: DamageKind): false => {
    if (isTorn && mayBeTorn) return false;
    throw damageAt(cursor, isTorn ? 'cut-short' : kind);
  };
  if (left < HEAD_BYTES) return torn(true, 'cut-short');
  const head = decodeHead(bytes, offset);
  if (head === undefined) return torn(lacksSector(bytes, offset, offset + HEAD_BYTES), 'altered');
  const wrong = misplaced(cursor, head);
  if (wrong !== undefined) throw damageAt(cursor, wrong);
  const end = offset + HEAD_BYTES + head.bodyBytes;
  if (end > bytes.length) return torn(true, 'cut-short');
  const bodyStart = offset + HEAD_BYTES;
  if (crc32c(bytes, bodyStart, end) !== head.bodyCrc) {
    return torn(lacksSector(bytes, offset, end), 'altered');
  }
  const hash = hashFrame(bytes.subarray(offset, end));
  const { number, epoch } = head;
  cursor.frames.push({ number, epoch, hash, body: bytes.subarray(bodyStart, end), end });
  cursor.offset = end;
  cursor.previousHash = hash;
  cursor.epoch = epoch;
  return true;
}

/** The acknowledged extent must end with the record that it names. */
function checkExtent(cursor: Cursor, acked: AckedExtent): void {
  if (acked.bytes > cursor.offset) throw damageAt(cursor, 'cut-short');
  const last = cursor.frames.find(({ end }) => end === acked.bytes);
  if (last?.hash !== acked.hash) throw damageAt(cursor, 'wrong-chain');
}

/**
 * Checks a whole file. `acked` is what is known to have been acknowledged, if anything is.
 *
 * @throws JournalDamage when it is not as written, unless all that is wrong is a torn tail.
 */
export function scanJournal(bytes: Buffer, incidentId: string, acked?: AckedExtent): ScannedJournal {
  const previousHash = firstPreviousHash(incidentId);
  const cursor: Cursor = { incidentId, bytes, acked, frames: [], offset: 0, previousHash, epoch: 1 };
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damageAt(cursor, 'not-a-journal');
  cursor.offset = MAGIC.length;
  while (cursor.offset < bytes.length && step(cursor));
  // A journal comes into being with its first record already durable.
  if (cursor.frames.length === 0) throw damageAt(cursor, 'cut-short');
  if (acked !== undefined) checkExtent(cursor, acked);
  return { frames: cursor.frames, bytes: cursor.offset, tornBytes: bytes.length - cursor.offset };
}
