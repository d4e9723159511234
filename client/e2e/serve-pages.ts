/** Makes what the tests need: the build for tests, and the recording, when they are missing or old. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const CLIENT = join(import.meta.dirname, '..');
const ROOT = join(CLIENT, '..');
const VITE = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');

function newestBelow(folder: string): number {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    newest = Math.max(newest, entry.isDirectory() ? newestBelow(path) : statSync(path).mtimeMs);
  }
  return newest;
}

function run(words: string, command: string, args: string[], cwd: string): void {
  console.log(words);
  execFileSync(command, args, { cwd, stdio: 'inherit' });
}

/** Records and builds. */
export default function globalSetup(): void {
  const recording = join(import.meta.dirname, '.cache/demo.json');
  if (!existsSync(recording)) {
    run('Recording an incident for the pages', process.execPath, ['client/e2e/record-demo.ts'], ROOT);
  }
  const built = join(import.meta.dirname, 'dist/index.html');
  if (!existsSync(built) || statSync(built).mtimeMs < newestBelow(CLIENT)) {
    run('Building the client for tests', process.execPath, [VITE, 'build', '--mode', 'replay'], CLIENT);
  }
}
