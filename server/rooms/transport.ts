/**
 * What carries rooms to people, whatever it is: Colyseus today. It moves texts and bytes and tells who came
 * and went; it knows neither seats nor messages.
 */

/** The connection of one client. */
export interface Line {
  /** Sends a text. */
  say(text: string): void;
  /** Sends bytes as they are. */
  sayBytes(bytes: Uint8Array): void;
  /** Whether the client is still there. */
  readonly isOpen: boolean;
  /** Bytes that wait to be sent: a slow client shows here. */
  readonly bufferedBytes: number;
  /** Ends the connection after what has been said, with a code that the client can tell apart. */
  end(code: number, reason: string): void;
  /** Cuts it off. */
  terminate(): void;
}

/** What a room does with its lines. */
export interface RoomDesk {
  /** Somebody with a valid ticket for this seat is connected. */
  join(line: Line, seat: string): Promise<void>;
  /** They said something. */
  hear(line: Line, payload: unknown): void;
  /** They are gone. */
  leave(line: Line): void;
}

/** Who may join, asked before there is a line. */
export type Admission = { seat: string; code: string };

/** A carrier of rooms. */
export interface Transport {
  /** Makes a room joinable under its code. */
  openRoom(code: string, desk: RoomDesk): Promise<void>;
  /** Ends it; whoever is connected is cut off. */
  closeRoom(code: string): Promise<void>;
}

/** The connection was ended on purpose; coming back by itself would be wrong. */
export const CLOSE_FINAL = 4000;
/** Something about the client's own behaviour ended it. */
export const CLOSE_MISBEHAVED = 4002;
/** The server goes away for a moment: come back. */
export const CLOSE_COME_BACK = 4010;
