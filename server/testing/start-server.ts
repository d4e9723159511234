/**
 * The server as a child process, as an operator starts it, on a free port with a data folder of its own. What
 * ends it is a signal to its process id: the same as in life.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '../main.ts');
const LISTENING = /^Chaotic Good is at .*:(\d+) /m;
/** Longest time from the start until a game can be made, milliseconds; other programs share the machine. */
const READY_MS = 90_000;
const POLL_MS = 20;
/** A server that was asked to end ends by itself in ten seconds; then it is killed, milliseconds. */
const STOP_MS = 20_000;

/** How a server is started. */
export type StartServerOptions = {
  /** Where its data is. */
  dataDir: string;
  /** How much faster than in play time goes. */
  clockFactor?: number;
  /** Share of the load. */
  loadScale?: number;
  /** Further settings. */
  environment?: Readonly<Record<string, string>>;
};

/** A running server. */
export type RunningServer = {
  /** Its process. */
  pid: number;
  /** Address of its pages and API. */
  origin: string;
  /** Its port. */
  port: number;
  /** What it has said to its operator so far. */
  said: () => string;
  /** Whether its process is there. */
  isRunning: () => boolean;
  /** Ends it in good order; the exit code, null when it had to be killed. */
  stop: () => Promise<number | null>;
  /** Kills it, as the kernel does when memory is short. */
  kill: () => Promise<void>;
};

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (isOver(child)) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(late);
  return child.exitCode;
}

/** Waits until the server says that a game can be made; answers with its port. */
async function waitUntilReady(child: ChildProcess, said: () => string): Promise<number> {
  const untilMs = performance.now() + READY_MS;
  while (performance.now() < untilMs) {
    if (isOver(child)) throw new Error(`The server ended at once. It said:\n${said()}`);
    const [, port] = LISTENING.exec(said()) ?? [];
    if (port !== undefined) {
      const { ok } = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => ({ ok: false }));
      if (ok) return Number(port);
    }
    await sleep(POLL_MS);
  }
  await end(child, 'SIGKILL');
  throw new Error(`The server was not ready after ${READY_MS} ms. It said:\n${said()}`);
}

/** A server that has been started and may be ready or not. */
export type SpawnedServer = Pick<RunningServer, 'pid' | 'said' | 'isRunning' | 'stop' | 'kill'> & {
  /** The server once a game can be made. */
  ready: () => Promise<RunningServer>;
};

/** Starts a server without waiting for it. */
export function spawnServer(options: StartServerOptions): SpawnedServer {
  const { dataDir, clockFactor = 1, loadScale = 0.1, environment = {} } = options;
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Settings of whoever runs the tests are not the test's.
      PUBLIC_URL: '',
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      CHAOTIC_GOOD_TEST_CLOCK_FACTOR: String(clockFactor),
      CHAOTIC_GOOD_TEST_LOAD_SCALE: String(loadScale),
      ...environment,
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  }
  // A test that is ended from outside leaves no server behind.
  const killNow = () => child.kill('SIGKILL');
  process.on('exit', killNow);
  child.on('exit', () => process.off('exit', killNow));
  const spawned = {
    pid: child.pid ?? 0,
    said: () => text,
    isRunning: () => !isOver(child),
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
  return {
    ...spawned,
    ready: async () => {
      const port = await waitUntilReady(child, () => text);
      return { ...spawned, origin: `http://127.0.0.1:${port}`, port };
    },
  };
}

/** Starts a server; it can make a game when this resolves. */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  return spawnServer(options).ready();
}
