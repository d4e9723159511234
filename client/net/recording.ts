/** A recorded room: what the server said to one seat, and what it would have answered to questions. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { ThingFacts } from '@chaotic-good/engine/protocol/thing-facts';
import type { ServerMessage, WireAnswer } from '@chaotic-good/engine/protocol/wire';

/** A file of `e2e/record-demo.ts`. */
export type Recording = {
  /** Messages with the incident second at which they came, −1 for those of the lobby. */
  messages: { atSecond: number; message: ServerMessage }[];
  /** Every series with its points. */
  series: Extract<WireAnswer, { kind: 'series' }>['series'];
  /** Log lines, oldest first. */
  logs: Extract<WireAnswer, { kind: 'logs' }>['found']['lines'];
  /** Facts of things at some seconds, earliest first. */
  facts: { atSecond: number; facts: ThingFacts }[];
  /** The debrief. */
  debrief: Debrief | null;
};
