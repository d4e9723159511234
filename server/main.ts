/**
 * Starts the server and ends it: `node server/main.ts`. Ends by SIGTERM or SIGINT within ten seconds, come
 * what may; whatever was acknowledged is in the journals before anything else is done.
 */
import { readConfig } from './config/config.ts';
import { Refusal } from './config/refusal.ts';
import { GameServer } from './game-server.ts';
import { openWorkerStore } from './store/worker-store.ts';
import { join } from 'node:path';

/** After so long the process ends even if something hangs, milliseconds. */
const DEADLINE_MS = 10_000;
/** Unexpected errors in a minute after which it is better to start afresh. */
const FAILURES_MAX = 20;

let server: GameServer | undefined;
let isEnding = false;
let failures = 0;

async function end(exitCode: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(exitCode === 0 ? 1 : exitCode), DEADLINE_MS).unref();
  await server?.close().catch((error: Error) => process.stderr.write(`${error.stack}\n`));
  process.exit(exitCode);
}

/**
 * An error that nobody caught. This thread only carries: the truth is in journals and other threads, so
 * going on harms nobody, and ending would throw everybody out because of one odd packet.
 */
function survive(error: unknown): void {
  process.stderr.write(`unexpected: ${error instanceof Error ? error.stack : String(error)}\n`);
  if (++failures >= FAILURES_MAX) void end(1);
}

process.on('uncaughtException', survive);
process.on('unhandledRejection', survive);
setInterval(() => (failures = 0), 60_000).unref();
process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));

try {
  const config = readConfig(process.env);
  server = await GameServer.start({
    config,
    openStore: () =>
      openWorkerStore({ databaseUrl: config.databaseUrl, folder: join(config.dataDir, 'database') }),
    onHopeless: (error) => {
      process.stderr.write(`The incidents cannot be kept running: ${error.message}\n`);
      void end(1);
    },
  });
  const { publicUrl, onlyThisComputer } = server.urls;
  const who = onlyThisComputer ? 'only this computer can join; HOST=0.0.0.0 lets others in' : 'ready to join';
  process.stdout.write(`Chaotic Good is at ${publicUrl} (${who})\n`);
} catch (error) {
  const sentence = error instanceof Refusal ? error.message : (error as Error).stack;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
