/**
 * Serves the build for tests on the port given as argument: `node serve-pages.ts PORT`. Records and
 * builds first what is missing or old; Playwright starts its server before anything else, so it cannot
 * be done later.
 */
import { execFileSync, spawn } from 'node:child_process';
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
function prepare(): void {
  const recording = join(import.meta.dirname, '.cache/demo.json');
  if (!existsSync(recording)) {
    run('Recording an incident for the pages', process.execPath, ['client/e2e/record-demo.ts'], ROOT);
  }
  if (!existsSync(join(import.meta.dirname, '.cache/post-mortem.json'))) {
    const write = ['server/post-mortem/testing/write-fixture.ts', join(import.meta.dirname, '.cache')];
    run('Playing games for post-mortems', process.execPath, write, ROOT);
  }
  if (!existsSync(join(import.meta.dirname, '.cache/replay-inputs.json'))) {
    run('Keeping what it is replayed from', process.execPath, ['client/e2e/record-replay.ts'], ROOT);
  }
  const built = join(import.meta.dirname, 'dist/index.html');
  if (!existsSync(built) || statSync(built).mtimeMs < newestBelow(CLIENT)) {
    run('Building the client for tests', process.execPath, [VITE, 'build', '--mode', 'replay'], CLIENT);
  }
}

prepare();
const [port] = process.argv.slice(2);
const options = ['preview', '--mode', 'replay', '--host', '127.0.0.1', '--port', port, '--strictPort'];
const preview = spawn(process.execPath, [VITE, ...options], { cwd: CLIENT, stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => preview.kill(signal));
preview.on('exit', (code) => process.exit(code ?? 0));
