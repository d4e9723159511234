/**
 * A folder of journals: `ID.journal` each, `ID.acked` and `ID.snapshot` beside it, one lock, one ballast.
 *
 * Why   A file gets its name only when its header is durable, so whatever bears the name of a journal was
 *       begun, and opening can be strict.
 */
import { constants } from 'node:fs';
import { access, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { AckedExtentFile, readAckedExtent } from './acked-extent.ts';
import type { AckedExtent, ScannedJournal } from './scan-journal.ts';
import { openAppendFile } from './append-file.ts';
import type { OpenAppendFile } from './append-file.ts';
import { asStoreError } from './as-store-error.ts';
import { BALLAST_BYTES, dropBallast, freeBytes, layBallast, NEW_GAME_FREE_BYTES } from './disk-room.ts';
import { FileJournal } from './file-journal.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { checkIncidentId, isIncidentId } from './incident-id.ts';
import type { Journal, JournalStore } from './journal.ts';
import { decodeBody, encodeBody } from './record-body.ts';
import { encodeFrame, firstPreviousHash, MAGIC } from './record-frame.ts';
import { scanJournal } from './scan-journal.ts';
import { StoreError } from './store-error.ts';

const JOURNAL_SUFFIX = '.journal';
const UNBORN_SUFFIX = '.journal.new';
const ACKED_SUFFIX = '.acked';

/** How to open a folder. */
export type FileJournalStoreOptions = {
  /** Where the journals are; made if need be. */
  folder: string;
  /** Below so much free space `create` refuses. */
  newGameFreeBytes?: number;
  /** Size of the ballast, 0 for none. */
  ballastBytes?: number;
  /** How journals reach the disk; tests put a failing one here. */
  openFile?: OpenAppendFile;
  /** How much room is left; tests put a small one here. */
  measureFreeBytes?: (folder: string) => Promise<number>;
};

/** Makes the names in a folder durable. */
async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing; there renames are durable by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a whole new file, durably. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(bytes);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * Drops a torn tail and makes what is left durable: records after the acknowledged extent may so far be in
 * memory only, and after a failed sync only writing them again brings them to the disk.
 */
async function settle(path: string, scanned: ScannedJournal, acked: AckedExtent | undefined): Promise<void> {
  const from = acked?.bytes ?? 0;
  if (scanned.tornBytes === 0 && from === scanned.bytes) return;
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(scanned.bytes);
    const unsure = (await handle.readFile()).subarray(from);
    for (let at = 0; at < unsure.length;) {
      at += (await handle.write(unsure, at, unsure.length - at, from + at)).bytesWritten;
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A folder of journals, ours alone. */
export class FileJournalStore implements JournalStore {
  readonly #options: Required<FileJournalStoreOptions>;
  readonly #lock: FolderLock;
  readonly #open = new Map<string, Journal>();
  /** Names being created or opened. */
  readonly #taken = new Set<string>();
  #ballast: Promise<unknown> = Promise.resolve();
  /** Settles when the ballast that a full disk asked for has been given up. */
  #relief: Promise<unknown> | undefined;
  #closed = false;

  private constructor(options: Required<FileJournalStoreOptions>, lock: FolderLock) {
    this.#options = options;
    this.#lock = lock;
  }

  /**
   * Takes the folder.
   *
   * @throws StoreError `locked`, `io`.
   */
  static async open(options: FileJournalStoreOptions): Promise<FileJournalStore> {
    const lock = lockFolder(options.folder);
    const store = new FileJournalStore(
      {
        newGameFreeBytes: NEW_GAME_FREE_BYTES,
        ballastBytes: BALLAST_BYTES,
        openFile: openAppendFile,
        measureFreeBytes: freeBytes,
        ...options,
      },
      lock,
    );
    try {
      const names = await readdir(options.folder);
      const unborn = names.filter((name) => name.endsWith(UNBORN_SUFFIX));
      for (const name of unborn) await rm(join(options.folder, name));
      if (await store.#hasRoom()) store.#layBallast();
    } catch (failure) {
      lock.release();
      throw asStoreError(failure, `open the folder ${options.folder}`);
    }
    return store;
  }

  /** False when a new game would be refused for want of space. Lays a ballast again that was given up. */
  async mayCreate(): Promise<boolean> {
    const hasRoom = await this.#hasRoom();
    if (hasRoom) this.#layBallast();
    return hasRoom;
  }

  async create(incidentId: string, header: JournalHeader): Promise<Journal> {
    return this.#take(incidentId, async () => {
      await this.#begin(incidentId, header);
      return this.#openFile(incidentId, { isNew: true });
    });
  }

  async open(incidentId: string): Promise<Journal> {
    return this.#take(incidentId, () => this.#openFile(incidentId, { isNew: false }));
  }

  async list(): Promise<string[]> {
    const names = await readdir(this.#options.folder);
    return names
      .filter((name) => name.endsWith(JOURNAL_SUFFIX))
      .map((name) => name.slice(0, -JOURNAL_SUFFIX.length))
      .filter(isIncidentId)
      .sort((a, b) => (a < b ? -1 : 1));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled([...this.#open.values()].map((journal) => journal.close()));
    await this.#ballast;
    this.#lock.release();
  }

  /** Lets one caller at a time have a journal. */
  async #take(incidentId: string, action: () => Promise<Journal>): Promise<Journal> {
    checkIncidentId(incidentId);
    if (this.#closed) throw new StoreError('closed', 'The journals have been closed.');
    if (this.#open.has(incidentId) || this.#taken.has(incidentId)) {
      throw new StoreError('open-already', `The journal of ${incidentId} is open already.`);
    }
    this.#taken.add(incidentId);
    try {
      const journal = await action();
      this.#open.set(incidentId, journal);
      return journal;
    } catch (failure) {
      throw asStoreError(failure, `open the journal of ${incidentId}`);
    } finally {
      this.#taken.delete(incidentId);
    }
  }

  /** Brings a journal into being, with its header. */
  async #begin(incidentId: string, header: JournalHeader): Promise<void> {
    const path = this.#path(incidentId, JOURNAL_SUFFIX);
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) throw new StoreError('exists', `There is a journal of ${incidentId} already.`);
    if (!(await this.mayCreate())) {
      const megabytes = Math.round(this.#options.newGameFreeBytes / 1e6);
      const message = `No new game: less than ${megabytes} MB of disk are free. Free some space.`;
      throw new StoreError('low-space', message);
    }
    const previousHash = firstPreviousHash(incidentId);
    const frame = encodeFrame(encodeBody(header), { number: 0, epoch: 1, previousHash });
    const unborn = this.#path(incidentId, UNBORN_SUFFIX);
    try {
      await rm(this.#path(incidentId, ACKED_SUFFIX), { force: true });
      await writeDurably(unborn, Buffer.concat([MAGIC, frame]));
      await rename(unborn, path);
      await syncFolder(this.#options.folder);
    } catch (failure) {
      await rm(unborn, { force: true }).catch(() => undefined);
      throw asStoreError(failure, `begin the journal of ${incidentId}`);
    }
  }

  async #openFile(incidentId: string, { isNew }: { isNew: boolean }): Promise<Journal> {
    await this.#relief;
    const path = this.#path(incidentId, JOURNAL_SUFFIX);
    const ackedPath = this.#path(incidentId, ACKED_SUFFIX);
    const content = await readFile(path).catch((failure: unknown) => {
      if ((failure as { code?: unknown }).code !== 'ENOENT') throw failure;
      throw new StoreError('missing', `There is no journal of ${incidentId}.`, failure);
    });
    const acked = readAckedExtent(ackedPath);
    const scanned = scanJournal(content, incidentId, acked);
    const header = decodeBody(scanned.frames[0].body);
    if (header.type !== 'header')
      throw new StoreError('damaged', `The journal of ${incidentId} has no header.`);
    await settle(path, scanned, acked);
    const { number, hash, epoch } = scanned.frames[scanned.frames.length - 1];
    return new FileJournal({
      incidentId,
      path,
      epoch: isNew ? epoch : epoch + 1,
      header,
      position: { number, hash },
      bytes: scanned.bytes,
      file: await this.#options.openFile(path),
      extent: new AckedExtentFile(ackedPath),
      onFailure: (failure) => this.#relieve(failure),
      onClose: () => this.#open.delete(incidentId),
    });
  }

  /** On a full disk the ballast goes, so that the journal can be opened again and its game go on. */
  #relieve(failure: StoreError): void {
    if (failure.code !== 'disk-full') return;
    this.#ballast = this.#ballast.then(() => dropBallast(this.#options.folder));
    this.#relief = this.#ballast;
  }

  #layBallast(): void {
    const { folder, ballastBytes } = this.#options;
    if (ballastBytes > 0) this.#ballast = this.#ballast.then(() => layBallast(folder, ballastBytes));
  }

  async #hasRoom(): Promise<boolean> {
    const { folder, measureFreeBytes, newGameFreeBytes } = this.#options;
    return (await measureFreeBytes(folder)) >= newGameFreeBytes;
  }

  #path(incidentId: string, suffix: string): string {
    return join(this.#options.folder, incidentId + suffix);
  }
}
