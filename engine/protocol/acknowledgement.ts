/** The answer to a command: it is durable when the client reads this. */
import type { CommandOutcome } from './cluster-commands.ts';
import type { Rejection } from './rejection.ts';

/** What came of a command. */
export type AckOutcome =
  /** Done; `output` is what a terminal prints, null for commands that print nothing. */
  | { ok: true; output: CommandOutcome | null }
  /** Refused, and recorded as refused. */
  | { ok: false; rejection: Rejection };

/** An acknowledgement. The same command id always gets the same one. */
export type Acknowledgement = {
  /** The command's id. */
  commandId: string;
  /** Number of the command in the incident, from 1. */
  seq: number;
  /** When it took effect, simulation microseconds. */
  atMicros: number;
  /** What came of it. */
  outcome: AckOutcome;
};
