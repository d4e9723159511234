/** Which engine this is: a hash of its sources. Another engine may not replay what this one recorded. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ENGINE = join(import.meta.dirname, '../../engine');
/** Hex digits that suffice to tell engines apart. */
const DIGITS = 32;

function isPlayed(path: string): boolean {
  return (
    path.endsWith('.ts') && !path.endsWith('.test.ts') && !/(^|[\\/])(testing|node_modules)[\\/]/.test(path)
  );
}

/** Content hash of the engine's sources without tests, 32 hex digits. */
export function engineVersion(folder: string = ENGINE): string {
  const hash = createHash('sha256');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isPlayed);
  for (const path of paths.map((found) => found.replaceAll('\\', '/')).sort()) {
    const text = readFileSync(join(folder, path));
    hash.update(`${path}\n${text.length}\n`).update(text);
  }
  return hash.digest('hex').slice(0, DIGITS);
}
