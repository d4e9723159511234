/**
 * A small file beside a journal that tells how far it was acknowledged, so that a journal cut short, even at
 * the end of a record, is told from one that a crash left so.
 *
 * Why   It is written after each sync but not synced itself. After kill -9 it is exact; after power loss
 *       it may be behind, never ahead. It is believed only as a lower bound, so it need not be durable. To
 *       accept a journal that is shorter (a partial backup), delete it.
 */
import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32c } from './crc32c.ts';
import type { AckedExtent } from './scan-journal.ts';

/** 8 B extent, 16 B hash, u32 crc32c of both. */
const FILE_BYTES = 28;
const CHECKED_BYTES = 24;

/** The extent that the file tells, or undefined when it is missing or damaged. */
export function readAckedExtent(path: string): AckedExtent | undefined {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch {
    return undefined;
  }
  if (file.length !== FILE_BYTES) return undefined;
  if (crc32c(file, 0, CHECKED_BYTES) !== file.readUInt32LE(CHECKED_BYTES)) return undefined;
  return { bytes: Number(file.readBigUInt64LE(0)), hash: file.toString('hex', 8, CHECKED_BYTES) };
}

/** Keeps the extent of one open journal up to date. */
export class AckedExtentFile {
  readonly #file: number | undefined;
  readonly #bytes = Buffer.alloc(FILE_BYTES);

  constructor(path: string) {
    try {
      // Not emptied: until the first write, what stands there holds.
      this.#file = openSync(path, constants.O_WRONLY | constants.O_CREAT);
    } catch {
      // Without it a torn tail is still told from damage; only a cut at the end of a record is not.
      this.#file = undefined;
    }
  }

  /** Notes that the journal is durable so far. */
  write(extent: AckedExtent): void {
    if (this.#file === undefined) return;
    this.#bytes.writeBigUInt64LE(BigInt(extent.bytes), 0);
    this.#bytes.write(extent.hash, 8, 'hex');
    this.#bytes.writeUInt32LE(crc32c(this.#bytes, 0, CHECKED_BYTES), CHECKED_BYTES);
    try {
      writeSync(this.#file, this.#bytes, 0, FILE_BYTES, 0);
    } catch {
      // What stands there is behind, which is allowed.
    }
  }

  /** Lets go of the file. */
  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
