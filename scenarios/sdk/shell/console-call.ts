/**
 * One call of a console program (`kubectl …`) from inside a line: read, tell what was seen, apply what was
 * meant, wait for answers.
 */
import type { ConsoleStream, StreamPiece } from '@chaotic-good/engine/console/console-types';
import type { ClusterCommand } from '@chaotic-good/engine/protocol/cluster-commands';
import type { ShellPort } from './shell-port.ts';

/** What a call printed so far, and the stream by which it goes on. */
export type CallResult = {
  /** Standard output. */
  stdout: string;
  /** Standard error. */
  stderr: string;
  /** Exit code; means nothing while a stream goes on. */
  exitCode: number;
  /** How it goes on, or null. */
  stream: ConsoleStream | null;
};

/** Applies one command; a request that was sent is waited for. */
async function applyCommand(port: ShellPort, command: ClusterCommand, cause: string, into: CallResult) {
  const outcomes = [await port.submit(command, cause)];
  if (command.type === 'SendRequest' && outcomes[0].ok) {
    outcomes.push(await port.waitFor(command, cause));
  }
  for (const { ok, stdout, stderr, exitCode } of outcomes) {
    into.stdout += stdout;
    into.stderr += stderr;
    if (!ok || exitCode !== 0) into.exitCode = exitCode === 0 ? 1 : exitCode;
  }
}

/** Calls a console program. */
export async function callConsole(
  port: ShellPort,
  argv: string[],
  typed: { stdin: string; cause: string },
): Promise<CallResult> {
  const reading = await port.read(argv, typed.stdin);
  const { stdout, stderr, exitCode, stream } = reading;
  for (const observation of reading.observed) await port.observe(observation, typed.cause);
  const result: CallResult = { stdout, stderr, exitCode, stream };
  for (const command of reading.commands) await applyCommand(port, command, typed.cause, result);
  return result;
}

/** The next piece of a stream, with what it showed told. */
export async function nextPiece(port: ShellPort, stream: ConsoleStream, cause: string): Promise<StreamPiece> {
  const piece = await port.follow(stream);
  for (const observation of piece.observed) await port.observe(observation, cause);
  return piece;
}

const CANNOT_STREAM = 'this goes on and on, so it must be the last command line and begin it';

/**
 * A call in the midst of a line, where output is buffered: a rollout is awaited to its end, an endless stream
 * is refused after what it had to say at once.
 */
export async function callBuffered(
  port: ShellPort,
  argv: string[],
  typed: { stdin: string; cause: string },
): Promise<CallResult> {
  const result = await callConsole(port, argv, typed);
  if (result.stream !== null && result.stream.kind !== 'rollout') {
    const example = `${argv.slice(0, 2).join(' ')} … | grep error`;
    const stderr = `${result.stderr}${argv[0]}: ${CANNOT_STREAM}, e.g. ${example}\n`;
    return { ...result, stderr, exitCode: 1, stream: null };
  }
  while (result.stream !== null) {
    const piece = await nextPiece(port, result.stream, typed.cause);
    result.stdout += piece.stdout;
    result.stream = piece.stream;
    result.exitCode = piece.exitCode;
  }
  return result;
}
