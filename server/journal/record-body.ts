/** A journal record as text and back. */
import type { JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import { StoreError } from './store-error.ts';

/** Longest body, bytes: far above any command that the server lets in. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;

const TYPES: ReadonlySet<unknown> = new Set(['header', 'command', 'mark', 'hash', 'observation', 'end']);

/**
 * The body of a record: its JSON as UTF-8.
 *
 * @throws StoreError `unfit` when it is too long.
 */
export function encodeBody(record: JournalRecord): Buffer {
  const body = Buffer.from(JSON.stringify(record), 'utf8');
  if (body.length <= BODY_BYTES_MAX) return body;
  throw new StoreError('unfit', `A ${record.type} record of ${body.length} bytes is too long to keep.`);
}

/**
 * The record that a body holds. The checksum has shown that we wrote it; this finds a shape that this
 * version does not know.
 *
 * @throws StoreError `damaged` when it is no record.
 */
export function decodeBody(body: Buffer): JournalRecord {
  let record: unknown;
  try {
    record = JSON.parse(body.toString('utf8'));
  } catch (failure) {
    throw new StoreError('damaged', 'A record of the journal is no JSON.', failure);
  }
  const { type, atMicros } = (record ?? {}) as { type?: unknown; atMicros?: unknown };
  const timed = type === 'header' || Number.isSafeInteger(atMicros);
  if (TYPES.has(type) && timed) return record as JournalRecord;
  throw new StoreError('damaged', `This version does not know journal records of type ${String(type)}.`);
}
