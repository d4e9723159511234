/**
 * The line to a room, whatever carries it: a socket, or a recording.
 *
 * Why   Pages and state are developed, tested and shown against a recording; only the carrier differs.
 */
import type { ClientMessage, ServerMessage } from '@chaotic-good/engine/protocol/wire';

/** How the line stands. `ended` does not come back by itself. */
export type LineState = 'connecting' | 'open' | 'lost' | 'ended';

/** Who listens on the line. */
export type ConnectionListener = {
  /** The room said something. */
  onMessage: (message: ServerMessage) => void;
  /** Any sign of life, also one without news. */
  onHeard: () => void;
  /** The line stands differently now; `why` is a sentence, or ''. */
  onLineState: (state: LineState, why: string) => void;
};

/** A line to a room. */
export type Connection = {
  /** Begins to connect, and goes on trying until closed or ended. */
  open: (listener: ConnectionListener) => void;
  /** Says something; false when the line is not open, then nothing was sent. */
  send: (message: ClientMessage) => boolean;
  /** Hangs up for good. */
  close: () => void;
};
