/**
 * A journal in a file: frames one after another (`record-frame.ts`), synced once for all appends that wait.
 *
 * Why   One failed write or sync ends all writing: the kernel may have dropped the pages and call the next
 *       sync a success, so only reading the file again tells what is there.
 */
import { readFile } from 'node:fs/promises';
import type { JournalHeader, JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { AckedExtentFile } from './acked-extent.ts';
import type { AppendFile } from './append-file.ts';
import { asStoreError } from './as-store-error.ts';
import type { Journal, JournalEntry, JournalPosition } from './journal.ts';
import { decodeBody, encodeBody } from './record-body.ts';
import { encodeFrame, hashFrame } from './record-frame.ts';
import { scanJournal } from './scan-journal.ts';
import { StoreError } from './store-error.ts';

/** What an open journal is made of. */
export type FileJournalParts = {
  incidentId: string;
  path: string;
  epoch: number;
  header: JournalHeader;
  /** The last durable record, and where the file ends. */
  position: JournalPosition;
  bytes: number;
  file: AppendFile;
  extent: AckedExtentFile;
  /** Called once, when writing has failed. */
  onFailure: (failure: StoreError) => void;
  /** Called once, when it has been closed. */
  onClose: () => void;
};

/** An append on its way. */
type Waiting = {
  frames: Buffer[];
  position: JournalPosition;
  resolve: (position: JournalPosition) => void;
  reject: (failure: StoreError) => void;
};

/** A journal in a file. */
export class FileJournal implements Journal {
  readonly #parts: FileJournalParts;
  /** The last durable record. */
  #position: JournalPosition;
  /** Where it ends. */
  #bytes: number;
  /** The last record that has been given a number. */
  #newest: JournalPosition;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: StoreError | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: FileJournalParts) {
    this.#parts = parts;
    this.#position = parts.position;
    this.#newest = parts.position;
    this.#bytes = parts.bytes;
    parts.extent.write({ bytes: parts.bytes, hash: parts.position.hash });
  }

  get incidentId(): string {
    return this.#parts.incidentId;
  }

  get epoch(): number {
    return this.#parts.epoch;
  }

  get header(): JournalHeader {
    return this.#parts.header;
  }

  get position(): JournalPosition {
    return this.#position;
  }

  append(records: readonly JournalRecord[]): Promise<JournalPosition> {
    const durable = this.#append(records);
    // Nobody waits for a mark; its failure must not end the process.
    durable.catch(() => undefined);
    return durable;
  }

  async *read(from = 0): AsyncGenerator<JournalEntry> {
    const { path, incidentId } = this.#parts;
    const bytes = this.#bytes;
    const acked = { bytes, hash: this.#position.hash };
    let file: Buffer;
    try {
      file = await readFile(path);
    } catch (failure) {
      throw asStoreError(failure, `read the journal of ${incidentId}`);
    }
    // What lies beyond is still on its way to the disk.
    const { frames } = scanJournal(file.subarray(0, bytes), incidentId, acked);
    for (const { number, hash, epoch, body } of frames.slice(from)) {
      yield { number, hash, epoch, record: decodeBody(body) };
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #append(records: readonly JournalRecord[]): Promise<JournalPosition> {
    const { incidentId } = this;
    if (this.#closing) throw new StoreError('closed', `The journal of ${incidentId} has been closed.`);
    if (this.#failure) throw this.#poisoned(this.#failure);
    // All bodies first: a record that does not fit must not leave a gap in the numbers.
    const bodies = records.map(encodeBody);
    const frames = bodies.map((body) => this.#frame(body));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frames, position: this.#newest, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Gives a record its place after all others. */
  #frame(body: Buffer): Buffer {
    const number = this.#newest.number + 1;
    const frame = encodeFrame(body, { number, epoch: this.epoch, previousHash: this.#newest.hash });
    this.#newest = { number, hash: hashFrame(frame) };
    return frame;
  }

  /** Writes and syncs what waits, again and again until nothing does. */
  async #write(): Promise<void> {
    // Appends of the same moment go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#writeBatch(batch);
        for (const { resolve, position } of batch) resolve(position);
      } catch (failure) {
        this.#fail(asStoreError(failure, `write the journal of ${this.incidentId}`), batch);
      }
    }
    this.#writing = undefined;
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const { file, extent } = this.#parts;
    if (file.sizeBytes() !== this.#bytes) {
      const advice = 'Stop the other process.';
      throw new StoreError(
        'fenced',
        `Another process writes to the journal of ${this.incidentId}. ${advice}`,
      );
    }
    const bytes = Buffer.concat(batch.flatMap(({ frames }) => frames));
    if (bytes.length === 0) return;
    await file.append(bytes);
    await file.sync();
    this.#bytes += bytes.length;
    this.#position = batch[batch.length - 1].position;
    extent.write({ bytes: this.#bytes, hash: this.#position.hash });
  }

  /** Nothing is known any more: refuses what was under way, what waits and what will come. */
  #fail(failure: StoreError, batch: readonly Waiting[]): void {
    this.#failure = failure;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of batch) reject(failure);
    for (const { reject } of waiting) reject(this.#poisoned(failure));
    this.#parts.onFailure(failure);
  }

  #poisoned(failure: StoreError): StoreError {
    const message = `The journal of ${this.incidentId} failed earlier; open it again. ${failure.message}`;
    return new StoreError('poisoned', message, failure);
  }

  async #close(): Promise<void> {
    const { file, extent, onClose } = this.#parts;
    await this.#writing;
    extent.close();
    try {
      await file.close();
    } finally {
      onClose();
    }
  }
}
