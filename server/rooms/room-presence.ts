/**
 * What makes teammates felt: where they look, where they point, what their terminals run and show. It changes
 * nothing, so nobody records it. Facilitators see the truth: nobody is told what they look at or type, for it
 * would be a hint.
 */
import { AUTHORITY } from '@chaotic-good/engine/incident/authority';
import type { SeatView } from '@chaotic-good/engine/protocol/views';
import type {
  FollowMessage,
  HereMessage,
  LookMessage,
  ServerMessage,
} from '@chaotic-good/engine/protocol/wire';
import { PresenceBoard } from './presence-board.ts';
import type { SeatConnection } from './seat-connection.ts';
import { TerminalRelay } from './terminal-relay.ts';
import { TokenBucket } from './token-bucket.ts';

/** Everybody's page shows a notice of each: so many at once, then so many a second. */
const HERE_BURST = 5;
const HERE_PER_SECOND = 0.5;

const TOO_MANY = 'You point too often. Wait a moment and point again.';
const ONLY_WATCHES = 'Who only watches does not point. Choose another role to take part.';

/** What it needs of a room. */
export type RoomPresenceOptions = {
  /** Connections of all who are there. */
  connections: () => Iterable<SeatConnection>;
  /** The seat as it stands now; undefined when there is none. */
  seatNow: (seat: string) => Promise<SeatView | undefined>;
};

/** The presence of one room. */
export class RoomPresence {
  readonly #options: RoomPresenceOptions;
  readonly #board = new PresenceBoard((bytes) => this.#tellAll(bytes));
  readonly #relay = new TerminalRelay((...piece) => this.#tellFollower(...piece));
  readonly #points = new Map<string, TokenBucket>();
  readonly #facilitators = new Set<string>();

  constructor(options: RoomPresenceOptions) {
    this.#options = options;
  }

  /** A seat is connected, perhaps in place of another connection of it, whose look and following are over. */
  came({ seat, line }: SeatConnection, kind: SeatView['kind']): void {
    this.#relay.gone(seat);
    line.sayBytes(this.#board.whole);
    if (kind === 'facilitator') this.#facilitators.add(seat);
    else this.#board.came(seat);
  }

  /** A connected seat looks, points or follows. */
  hear(connection: SeatConnection, message: LookMessage | HereMessage | FollowMessage): void {
    const { seat } = connection;
    if (message.type === 'look') this.#board.look(seat, message.tab, message.thing);
    else if (message.type === 'follow') this.#relay.follow(seat, message.seat);
    else void this.#point(connection, message);
  }

  /** A terminal of a seat begins a line, on this prompt. */
  begins(seat: string, terminal: string, prompt: string, { lineId, line }: { lineId: string; line: string }) {
    if (this.#facilitators.has(seat)) return;
    this.#board.begins(seat, terminal, lineId, line);
    this.#relay.shows(seat, terminal, `${prompt}${line}\n`);
  }

  /** A terminal of a seat has said something to it. */
  said(seat: string, message: ServerMessage): void {
    if (this.#facilitators.has(seat)) return;
    if (message.type === 'output') this.#relay.shows(seat, message.terminal, message.text);
    if (message.type === 'prompt') this.#board.ends(seat, message.lineId);
  }

  /** A seat presses Ctrl-C: followers see it, as in any terminal, when something runs. */
  interrupted(seat: string, terminal: string): void {
    if (this.#board.runsIn(seat, terminal)) this.#relay.shows(seat, terminal, '^C\n');
  }

  /** A seat is no longer connected. */
  gone(seat: string): void {
    this.#board.gone(seat);
    this.#relay.gone(seat);
  }

  /** A seat is gone for good. */
  forget(seat: string): void {
    this.#board.forget(seat);
    this.#relay.forget(seat);
    this.#points.delete(seat);
  }

  /** Tells nothing any more. */
  close(): void {
    this.#board.close();
    this.#relay.close();
  }

  async #point(connection: SeatConnection, { chart, focus, second }: HereMessage): Promise<void> {
    const { seat } = connection;
    const bucket = this.#points.get(seat) ?? new TokenBucket(HERE_BURST, HERE_PER_SECOND);
    this.#points.set(seat, bucket);
    const warn = (text: string) => connection.say({ type: 'notice', level: 'warn', text });
    if (!bucket.take()) return warn(TOO_MANY);
    const known = await this.#options.seatNow(seat).catch(() => undefined);
    if (known === undefined) return;
    if (!known.roles.some((role) => AUTHORITY[role].social)) return warn(ONLY_WATCHES);
    this.#board.here({ type: 'here', seat, chart, focus, second });
  }

  #tellAll(bytes: Uint8Array): void {
    for (const { line } of this.#options.connections()) line.sayBytes(bytes);
  }

  #tellFollower(follower: string, seat: string, text: string, fresh: boolean): void {
    for (const connection of this.#options.connections()) {
      if (connection.seat === follower) connection.say({ type: 'followed', seat, text, fresh });
    }
  }
}
