/** What a shell asks of its incident, as messages from its thread to the one that knows the incident. */
import type { ConsoleStream } from '@chaotic-good/engine/console/console-types';
import type {
  ClusterCommand,
  Observation,
  SendRequest,
} from '@chaotic-good/engine/protocol/cluster-commands';

/** A call of the shell's port. */
export type PortCall =
  | { kind: 'read'; argv: string[]; stdin: string }
  | { kind: 'submit'; command: ClusterCommand; cause: string }
  | { kind: 'observe'; observation: Observation; cause: string }
  | { kind: 'waitFor'; request: SendRequest; cause: string }
  | { kind: 'follow'; stream: ConsoleStream }
  | { kind: 'sleep'; micros: number };

/** A call on its way, answered by its number. */
export type NumberedPortCall = { ask: number; terminal: string; call: PortCall };

/** Time as a terminal knows it: the rest is reckoned from here. */
export type TerminalClock = { unixMs: number; rate: number };

/** Output of a line on its way. */
export type TerminalOutput = { terminal: string; text: string; stream: 'stdout' | 'stderr' };
