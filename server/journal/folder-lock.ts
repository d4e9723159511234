/**
 * One process per data folder.
 *
 * How   An exclusive SQLite lock on an empty file: a lock of the kernel's, that goes with the process
 *       however it ends, so none is ever left behind. A file with a process number would do worse: in
 *       containers every server has the same number, and after kill -9 somebody has to judge whether the
 *       number still means it. SQLite lets go of the lock when its object is collected, so every file that
 *       holds one is remembered here: nobody loses a folder because he kept no reference to its lock.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asStoreError } from './as-store-error.ts';
import { StoreError } from './store-error.ts';

const LOCK_FILE = 'lock';
/** Tells people who holds the lock; nothing is decided by it. */
const OWNER_FILE = 'lock-owner.txt';
const SQLITE_BUSY = 5;
/** The files that hold a lock of this thread's, out of the garbage collector's reach. */
const held = new Set<DatabaseSync>();

/** A folder that is ours. */
export type FolderLock = {
  /** Lets others have it. */
  release: () => void;
};

function ownerOf(folder: string): string {
  try {
    return readFileSync(join(folder, OWNER_FILE), 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}

/**
 * Takes a folder, making it if need be.
 *
 * @throws StoreError `locked` when another process, or another part of this one, has it; `io`.
 */
export function lockFolder(folder: string): FolderLock {
  const file = exclusiveFile(folder);
  held.add(file);
  try {
    writeFileSync(join(folder, OWNER_FILE), `process ${process.pid} on ${hostname()}\n`);
  } catch {
    // On a full disk the lock holds all the same.
  }
  const release = (): void => {
    file.close();
    held.delete(file);
  };
  return { release };
}

/** The folder's lock file, locked. */
function exclusiveFile(folder: string): DatabaseSync {
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    file = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
    file.exec('BEGIN EXCLUSIVE');
    return file;
  } catch (failure) {
    file?.close();
    if ((failure as { errcode?: unknown }).errcode !== SQLITE_BUSY) {
      throw asStoreError(failure, `lock the data folder ${folder}`);
    }
    const owner = ownerOf(folder);
    const message = `The data folder ${folder} is in use by ${owner}; stop it or choose another one.`;
    throw new StoreError('locked', message, failure);
  }
}
