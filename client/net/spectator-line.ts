/**
 * The line of whoever only watches, over Socket.IO. Nothing is ever sent: the server cuts off those who
 * speak. Only the watch page imports this, so nobody else loads the library.
 */
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import type {
  JourneySignals,
  PublicBeat,
  PublicCurves,
  PublicRoom,
  RefusedWhy,
} from '../../server/spectators/public-message.ts';
import { backoffMs } from './backoff.ts';

/** What the line tells. */
export type SpectatorNews =
  | { type: 'opened' }
  /** Lost, or not there yet; it is tried again. */
  | { type: 'lost' }
  /** Refused with a sentence; tried again unless there is no such room. */
  | { type: 'refused'; why: RefusedWhy; sentence: string }
  | { type: 'room'; room: PublicRoom }
  | { type: 'frame'; frame: WireFrame }
  /** What users met, later than anything told before unless it begins anew. */
  | { type: 'signals'; signals: JourneySignals }
  /** The curve of harm beside the one of nobody acting, later than anything told before or anew. */
  | { type: 'curves'; curves: PublicCurves }
  /** The host has moved the debrief to a step. */
  | { type: 'beat'; beat: PublicBeat };

/** A line: begins to connect and goes on trying; returns what hangs up. */
export type SpectatorLine = (tell: (news: SpectatorNews) => void) => () => void;

/** Until a refusal may have passed, milliseconds. */
const AGAIN_MS: Readonly<Record<RefusedWhy, number>> = {
  full: 15_000,
  'too-often': 60_000,
  'no-room': 30_000,
};

function listen(socket: Socket, tell: (news: SpectatorNews) => void): void {
  socket.on('room', (text: string) => tell({ type: 'room', room: JSON.parse(text) as PublicRoom }));
  socket.on('frame', (text: string) => tell({ type: 'frame', frame: JSON.parse(text) as WireFrame }));
  socket.on('signals', (text: string) =>
    tell({ type: 'signals', signals: JSON.parse(text) as JourneySignals }),
  );
  socket.on('curves', (text: string) => tell({ type: 'curves', curves: JSON.parse(text) as PublicCurves }));
  socket.on('beat', (text: string) => tell({ type: 'beat', beat: JSON.parse(text) as PublicBeat }));
}

/** How a line is made. */
type LineOptions = {
  /** Asks again for a room that is not there: a wall stays when rooms come and go. */
  patient?: boolean;
};

/** A line to the spectators' side of a room on the server at `origin`. */
export function spectatorLine(
  code: string,
  origin: string,
  { patient = false }: LineOptions = {},
): SpectatorLine {
  return (tell) => {
    const socket = io(`${origin}/public`, {
      auth: { code },
      transports: ['websocket'],
      forceNew: true,
      // Whoever does not answer for so long is said not to.
      timeout: 5000,
      reconnectionDelay: 500,
      reconnectionDelayMax: 10_000,
    });
    let retry: ReturnType<typeof setTimeout> | undefined;
    let cuts = 0;
    // After a refusal, and when the server hangs up, the library does not come back by itself.
    const again = (ms: number) => (retry = setTimeout(() => socket.connect(), ms));
    listen(socket, tell);
    socket.on('connect', () => tell({ type: 'opened' }));
    socket.on('frame', () => (cuts = 0));
    socket.on('disconnect', (reason) => {
      tell({ type: 'lost' });
      if (reason === 'io server disconnect') again(backoffMs(++cuts, Math.random()));
    });
    socket.on('connect_error', (error: Error & { data?: { why?: RefusedWhy } }) => {
      const why = error.data?.why;
      if (why === undefined) return tell({ type: 'lost' });
      tell({ type: 'refused', why, sentence: error.message });
      if (why !== 'no-room' || patient) again(AGAIN_MS[why]);
    });
    return () => {
      clearTimeout(retry);
      socket.removeAllListeners();
      socket.close();
    };
  };
}
