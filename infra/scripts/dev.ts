/**
 * `npm run dev`: the server, started again when its sources change, and the pages as they are edited. Ends
 * both when one of them ends.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const DEFAULT_PORT = '2567';

const port = process.env.PORT?.trim() || DEFAULT_PORT;
const env = { ...process.env, PORT: port, SERVER_URL: `http://localhost:${port}` };
const children: ChildProcess[] = [];

/** Ends everything; once. */
function end(): void {
  for (const child of children.splice(0)) child.kill('SIGTERM');
}

function run(args: readonly string[]): void {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  children.push(child);
  child.on('exit', end);
}

process.on('SIGINT', end);
process.on('SIGTERM', end);
run(['--watch', 'server/main.ts']);
run(['node_modules/vite/bin/vite.js', 'client']);
