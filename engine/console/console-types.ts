/**
 * What the console answers to one command line (already split into words by the shell).
 *
 * `readLine` only looks: it answers with output, or with the typed commands that the line means. The
 * commands are applied elsewhere, in order, and their own output follows. So a line changes nothing by
 * itself, and what is journalled is what it meant.
 */
import type { ClusterCommand, Observation } from '../protocol/cluster-commands.ts';

/** Where a line was typed. */
export type ConsoleContext = {
  /** Seat that typed it. */
  seat: string;
  /** Namespace of the kubeconfig context, used when a line names none. */
  namespace: string;
};

/** A stream that goes on (`-w`, `-f`, `rollout status`): handed back to `followStream` to continue. */
export type ConsoleStream =
  | { kind: 'watch'; argv: string[]; resourceVersion: number; namespace: string }
  | { kind: 'logs'; argv: string[]; positions: { [container: string]: number }; namespace: string }
  | { kind: 'rollout'; argv: string[]; lastLine: string; namespace: string };

/** The answer to a line. */
export type ConsoleReading = {
  /** Standard output so far. */
  stdout: string;
  /** Standard error so far. */
  stderr: string;
  /** Exit code if no command follows; else the exit code counts only when all commands succeed. */
  exitCode: number;
  /** What was shown, as evidence. */
  observed: Observation[];
  /** What the line means to do, in order. */
  commands: ClusterCommand[];
  /** Set when the line goes on streaming. */
  stream: ConsoleStream | null;
};

/** The next piece of a stream. */
export type StreamPiece = {
  /** What to print now; '' when nothing is new. */
  stdout: string;
  /** The stream to continue with, or null when it has ended. */
  stream: ConsoleStream | null;
  /** Exit code once ended. */
  exitCode: number;
  /** What was shown, as evidence. */
  observed: Observation[];
};
