/**
 * What the shell asks of an incident, and nothing else: the border behind which a server can put the shell
 * into a worker of its own.
 */
import type { ConsoleReading, ConsoleStream, StreamPiece } from '@chaotic-good/engine/console/console-types';
import type {
  ClusterCommand,
  CommandOutcome,
  Observation,
  SendRequest,
} from '@chaotic-good/engine/protocol/cluster-commands';

/** An incident, as the shell of one seat sees it. Everything but the clock is asynchronous. */
export type ShellPort = {
  /** Reads one console line, split into words; changes nothing. */
  read: (argv: string[], stdin: string) => Promise<ConsoleReading>;
  /** Applies a command; `cause` is the line as it was typed, for the timeline. A refusal is an outcome. */
  submit: (command: ClusterCommand, cause: string) => Promise<CommandOutcome>;
  /** Tells what the seat was shown. */
  observe: (observation: Observation, cause: string) => Promise<void>;
  /** Waits for the answer to a request that was sent by hand, tells that it was seen, and words it. */
  waitFor: (request: SendRequest, cause: string) => Promise<CommandOutcome>;
  /** Waits for the next piece of a stream, or its end. */
  follow: (stream: ConsoleStream) => Promise<StreamPiece>;
  /** Lets simulated time pass. */
  sleep: (micros: number) => Promise<void>;
  /** The incident's time, Unix milliseconds. */
  unixMs: () => number;
};
