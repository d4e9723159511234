/**
 * Room on the disk: no new game begins when little is left, and a ballast file is given up to let running
 * ones go on.
 */
import { randomFillSync } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Below so much free space no new game begins. */
export const NEW_GAME_FREE_BYTES = 500_000_000;
/** Size of the ballast: hours of journals of many games. */
export const BALLAST_BYTES = 64 * 1024 * 1024;

const BALLAST_FILE = 'ballast';
const CHUNK_BYTES = 1024 * 1024;

/** Bytes that this process may still write to the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** True when the ballast lies there, whole. */
async function hasBallast(path: string, bytes: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.size === bytes;
}

/** Lays the ballast if it is not there; false when there was no room for it. */
export async function layBallast(folder: string, bytes = BALLAST_BYTES): Promise<boolean> {
  const path = join(folder, BALLAST_FILE);
  if (await hasBallast(path, bytes)) return true;
  // Noise, lest a file system that compresses keeps no room for it.
  const noise = randomFillSync(Buffer.alloc(Math.min(bytes, CHUNK_BYTES)));
  try {
    const file = await open(path, 'w');
    try {
      for (let at = 0; at < bytes; at += CHUNK_BYTES) {
        await file.writev([noise.subarray(0, Math.min(CHUNK_BYTES, bytes - at))]);
      }
    } finally {
      await file.close();
    }
  } catch {
    await dropBallast(folder);
    return false;
  }
  return hasBallast(path, bytes);
}

/** Gives the ballast up. */
export async function dropBallast(folder: string): Promise<void> {
  await rm(join(folder, BALLAST_FILE), { force: true }).catch(() => undefined);
}
