/**
 * The contract of a journal: one incident's durable, ordered record. Adapters: files (`file-journal.ts`);
 * each must pass `journal.contract.test.ts`.
 *
 * Why   Acknowledged means durable: a command takes effect only after `append` has resolved, so whatever a
 *       player was told survives kill -9 and power loss. Whoever cannot keep that refuses.
 */
import type { JournalHeader, JournalRecord } from '@chaotic-good/engine/protocol/journal-record';

/** A place in a journal. */
export type JournalPosition = {
  /** Number of the record there; the header is 0. */
  number: number;
  /** Hash of that record, 32 hex digits; it covers all records before, so it names the whole history. */
  hash: string;
};

/** A record as it stands in the journal. */
export type JournalEntry = JournalPosition & {
  /** Which opening of the journal wrote it, from 1; never falls. */
  epoch: number;
  /** The record. */
  record: JournalRecord;
};

/** An open journal; this process is its only writer. */
export interface Journal {
  /** Whose it is. */
  readonly incidentId: string;
  /** Number of this opening; larger than that of any record found. */
  readonly epoch: number;
  /** The first record. */
  readonly header: JournalHeader;
  /** The last durable record. */
  readonly position: JournalPosition;
  /**
   * Adds records after all appended before, and resolves with the last one's position when they are durable.
   * Appends that wait at the same time share one sync. Of an append that was never answered any first part
   * may be found later.
   *
   * @throws StoreError when that failed. All appends until the journal is opened again then fail too: what
   * a failed sync left on the disk is unknown. Only a record that is `unfit` spoils nothing. Who does not
   * wait (for a mark) need not catch: the next append that somebody waits for tells.
   */
  append(records: readonly JournalRecord[]): Promise<JournalPosition>;
  /**
   * The durable records from number `from` on, in order.
   *
   * @throws StoreError `damaged` when they are not what was written.
   */
  read(from?: number): AsyncIterable<JournalEntry>;
  /** Waits for appends under way and lets go of it. */
  close(): Promise<void>;
}

/** Where journals are. */
export interface JournalStore {
  /**
   * Begins the journal of a new incident; its header is durable when this resolves.
   *
   * @throws StoreError `exists`, `low-space`, `disk-full`, `unfit`, `io`.
   */
  create(incidentId: string, header: JournalHeader): Promise<Journal>;
  /**
   * Opens a journal to go on with it, after checking all of it. A last record that was never acknowledged
   * may be gone; anything else that is not as written is refused, and nothing is changed.
   *
   * @throws StoreError `damaged` with the place, `missing`, `open-already`, `io`.
   */
  open(incidentId: string): Promise<Journal>;
  /** The incidents that have a journal, in order of their ids. */
  list(): Promise<string[]>;
  /** Closes what is open and lets go of the place. */
  close(): Promise<void>;
}
