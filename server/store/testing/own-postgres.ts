/**
 * A PostgreSQL of the test's own: a new cluster in a new folder, on a free port of this computer, ended with
 * the test. It refuses to run as root, so then it runs as another user.
 */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
const READY_MS_MAX = 20_000;

/** A running PostgreSQL, or why there is none. */
export type OwnPostgres = { url: string; stop: () => Promise<void> } | { why: string };

/** Folder of the programs: Debian's newest, else wherever `initdb` is on the PATH. */
function programs(): string | undefined {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
  const onPath = (process.env.PATH ?? '').split(delimiter);
  return [...debian.sort().reverse(), ...onPath].find((folder) => existsSync(join(folder, 'initdb')));
}

/** The user to run as: ourselves, or `postgres`, else `nobody`, when we are root. */
function runAs(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const found = ['postgres', 'nobody'].map((name) => users.find((line) => line.startsWith(`${name}:`)));
  const [, , uid, gid] = (found.find((line) => line !== undefined) ?? ':::').split(':');
  return uid === '' ? {} : { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function waitUntilReady(bin: string, port: number, server: ChildProcess): Promise<boolean> {
  for (const endMs = Date.now() + READY_MS_MAX; Date.now() < endMs && server.exitCode === null;) {
    try {
      await run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return false;
}

/** Starts one. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const bin = programs();
  if (bin === undefined) return { why: `PostgreSQL is not installed: no initdb in ${DEBIAN} or on the PATH` };
  const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-postgres-'));
  const user = runAs();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const drop = () => rmSync(folder, { recursive: true, force: true });
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C' } };
  try {
    await run(join(bin, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '-N'], options);
  } catch (error) {
    drop();
    return { why: `initdb failed: ${(error as Error).message.split('\n')[0]}` };
  }
  const port = await freePort();
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`];
  const args = ['-D', data, '-p', String(port), ...settings];
  const server = spawn(join(bin, 'postgres'), args, { ...options, stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    server.kill('SIGINT');
    await ended;
    drop();
  };
  if (await waitUntilReady(bin, port, server)) {
    return { url: `postgres://test@127.0.0.1:${port}/postgres`, stop };
  }
  await stop();
  return { why: 'PostgreSQL did not become ready' };
}
