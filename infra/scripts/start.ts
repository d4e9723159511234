/**
 * `npm start`: builds the pages when their sources changed since the last build, says so, and starts the
 * server in this process, so that signals reach it directly.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** What the pages are made from, besides the client itself: its types, and the versions of its packages. */
const SOURCES = ['client', 'engine/protocol', 'package-lock.json'];
const SKIPPED = new Set(['node_modules', 'dist', 'e2e']);
/** Holds the fingerprint of the sources that the present build was made from. */
const STAMP = join(ROOT, 'client/dist/.built-from');

/** All files below a path, in order of name. */
function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(inner) : [inner];
  });
}

/** A fingerprint of everything that the pages are made from. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const files = source.endsWith('.json') ? [path] : filesBelow(path);
    for (const file of files) hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds the pages unless the build at hand was made from these very sources. */
function buildPages(): void {
  const made = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === made) return;
  process.stdout.write('The pages have changed since they were last built; building them (about 10 s) …\n');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(ROOT, 'client'),
    stdio: 'inherit',
  });
  if (built.status !== 0) {
    process.stderr.write('The pages could not be built; what the builder says stands above.\n');
    process.exit(1);
  }
  writeFileSync(STAMP, made);
}

buildPages();
await import('../../server/main.ts');
