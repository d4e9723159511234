/** A disk that fails when told to, in the ways that disks do. */
import { openAppendFile } from '../append-file.ts';
import type { OpenAppendFile } from '../append-file.ts';

/** What the next write or sync does. */
export type Fault =
  /** The disk is full after so many bytes. */
  | { on: 'append'; code: 'ENOSPC' | 'EIO'; bytesBefore: number }
  /** The sync fails; what was written stays readable, as in a page cache. */
  | { on: 'sync'; code: 'EIO' };

/** A disk and the handles to it. */
export type FaultyDisk = {
  /** Opens files on it. */
  openFile: OpenAppendFile;
  /** What fails next; once. */
  fault: Fault | undefined;
  /** Syncs so far. */
  syncs: number;
};

/** A disk that works until `fault` is set. */
export function createFaultyDisk(): FaultyDisk {
  const take = (on: Fault['on']): Fault | undefined => {
    const { fault } = disk;
    if (fault?.on !== on) return undefined;
    disk.fault = undefined;
    return fault;
  };
  const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });
  const disk: FaultyDisk = {
    fault: undefined,
    syncs: 0,
    openFile: async (path) => {
      const file = await openAppendFile(path);
      return {
        sizeBytes: () => file.sizeBytes(),
        append: async (bytes) => {
          const fault = take('append');
          if (fault?.on !== 'append') return file.append(bytes);
          await file.append(bytes.subarray(0, fault.bytesBefore));
          throw failure(fault.code);
        },
        sync: async () => {
          const fault = take('sync');
          if (fault) throw failure(fault.code);
          disk.syncs++;
          await file.sync();
        },
        close: () => file.close(),
      };
    },
  };
  return disk;
}
