/** A file that only grows: all that a journal asks of a disk. Tests put a failing one in its place. */
import { constants, fstatSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** An open file. */
export interface AppendFile {
  /** Its length now, whoever wrote it. */
  sizeBytes(): number;
  /** Writes all of these at its end; after a failure any first part may be there. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was written is on the disk itself (fdatasync). */
  sync(): Promise<void>;
  /** Lets go of it. */
  close(): Promise<void>;
}

/** How to open one that exists. */
export type OpenAppendFile = (path: string) => Promise<AppendFile>;

/** Opens a file on the disk. */
export const openAppendFile: OpenAppendFile = async (path) => {
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND);
  return {
    sizeBytes: () => fstatSync(handle.fd).size,
    append: async (bytes) => {
      for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
};
