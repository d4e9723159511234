/**
 * Snapshots of incidents beside their journals: a cache that spares replaying from the start.
 *
 * Why   The journal is the truth. A snapshot is taken only when it was made by this very engine and fits the
 *       journal's history up to a record; anything else is as good as none, so nothing here is ever synced.
 */
import { hash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asStoreError } from './as-store-error.ts';
import { checkIncidentId } from './incident-id.ts';
import type { JournalEntry, JournalPosition } from './journal.ts';

const SUFFIX = '.snapshot';
const DIGEST_BYTES = 32;
const PREFIX_BYTES = DIGEST_BYTES + 4;

/** What a snapshot says about itself. */
export type SnapshotLabel = {
  /** Content hash of the engine that made it. */
  engineVersion: string;
  /** The last journal record in it. */
  position: JournalPosition;
  /** When it was taken, simulation microseconds. */
  atMicros: number;
  /** The incident's state hash, to check what is restored from it. */
  stateHash: string;
};

/** A snapshot that fits. */
export type Snapshot = SnapshotLabel & {
  /** The incident, as `snapshotIncident` encoded it. */
  bytes: Uint8Array;
};

/** SHA-256 of all that follows it; then the length of the label, the label as JSON, the bytes. */
function encodeSnapshot({ bytes, ...label }: Snapshot): Buffer {
  const text = Buffer.from(JSON.stringify(label), 'utf8');
  const file = Buffer.allocUnsafe(PREFIX_BYTES + text.length + bytes.length);
  file.writeUInt32LE(text.length, DIGEST_BYTES);
  file.set(text, PREFIX_BYTES);
  file.set(bytes, PREFIX_BYTES + text.length);
  file.write(hash('sha256', file.subarray(DIGEST_BYTES)), 0, 'hex');
  return file;
}

/** The snapshot in a file's bytes, or undefined when they are damaged. */
function decodeSnapshot(file: Buffer): Snapshot | undefined {
  if (file.length < PREFIX_BYTES) return undefined;
  if (hash('sha256', file.subarray(DIGEST_BYTES)) !== file.toString('hex', 0, DIGEST_BYTES)) return undefined;
  const start = PREFIX_BYTES + file.readUInt32LE(DIGEST_BYTES);
  const label = JSON.parse(file.toString('utf8', PREFIX_BYTES, start)) as SnapshotLabel;
  // No Buffer: its `slice` shares memory, on which the engine's codec does not count.
  return { ...label, bytes: new Uint8Array(file.subarray(start)) };
}

/** The snapshots in a folder, the newest of each incident. */
export class SnapshotCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Keeps a snapshot in place of the one before.
   *
   * @throws StoreError when it could not be written; the one before is still there, and nothing is lost.
   */
  async save(incidentId: string, snapshot: Snapshot): Promise<void> {
    const path = this.#path(incidentId);
    try {
      await writeFile(`${path}.new`, encodeSnapshot(snapshot));
      await rename(`${path}.new`, path);
    } catch (failure) {
      await rm(`${path}.new`, { force: true }).catch(() => undefined);
      throw asStoreError(failure, `keep a snapshot of ${incidentId}`);
    }
  }

  /** The snapshot of an incident, or undefined when there is none that fits this engine and this journal. */
  async load(
    incidentId: string,
    given: { engineVersion: string; entries: readonly JournalEntry[] },
  ): Promise<Snapshot | undefined> {
    const file = await readFile(this.#path(incidentId)).catch(() => undefined);
    const snapshot = file && decodeSnapshot(file);
    if (snapshot === undefined || snapshot.engineVersion !== given.engineVersion) return undefined;
    const { number, hash: recordHash } = snapshot.position;
    const entry = given.entries.find((found) => found.number === number);
    return entry?.hash === recordHash ? snapshot : undefined;
  }

  /** Forgets the snapshot of an incident. */
  async drop(incidentId: string): Promise<void> {
    await rm(this.#path(incidentId), { force: true });
  }

  #path(incidentId: string): string {
    return join(this.#folder, checkIncidentId(incidentId) + SUFFIX);
  }
}
