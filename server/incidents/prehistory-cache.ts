/**
 * Prehistories in files: building one takes seconds, reading one milliseconds. Named by everything that
 * decides what is in it, so a file is either right or of another engine, system, scenario or load.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Prehistory } from '@chaotic-good/engine/incident/prehistory';
import type { ScenarioWithSystem } from '@chaotic-good/scenarios/sdk/registry';
import { contentHash } from './content-hash.ts';

const DIGEST_BYTES = 32;

/** Whose prehistory. */
export type PrehistoryKey = { subject: ScenarioWithSystem; loadScale: number; variant: number };

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Prehistories in a folder. */
export class PrehistoryCache {
  readonly #folder: string;
  readonly #engineVersion: string;

  constructor(folder: string, engineVersion: string) {
    this.#folder = folder;
    this.#engineVersion = engineVersion;
  }

  /** Whether it lies there. */
  has(key: PrehistoryKey): boolean {
    return existsSync(this.#path(key));
  }

  /** Reads it; undefined when it is not there or damaged. */
  load(key: PrehistoryKey): Prehistory | undefined {
    try {
      const file = readFileSync(this.#path(key));
      const packed = file.subarray(DIGEST_BYTES);
      if (!digestOf(packed).equals(file.subarray(0, DIGEST_BYTES))) return undefined;
      const { buffer, byteOffset, byteLength } = zstdDecompressSync(packed);
      return { variant: key.variant, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
    } catch {
      return undefined;
    }
  }

  /** Keeps it. */
  save(key: PrehistoryKey, prehistory: Prehistory): void {
    mkdirSync(this.#folder, { recursive: true });
    const packed = zstdCompressSync(prehistory.bytes);
    const path = this.#path(key);
    writeFileSync(`${path}.new`, Buffer.concat([digestOf(packed), packed]));
    renameSync(`${path}.new`, path);
  }

  /** Removes the files of other engines. */
  dropForeign(): void {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      if (!name.startsWith(this.#engineVersion)) rmSync(join(this.#folder, name), { force: true });
    }
  }

  #path({ subject, loadScale, variant }: PrehistoryKey): string {
    const { scenario, system } = subject;
    const name = [this.#engineVersion, contentHash({ scenario, system, loadScale }), variant].join('-');
    return join(this.#folder, `${name}.prehistory`);
  }
}
