/**
 * Who may join which room: sessions, tickets, and how often an address may be wrong. Only failed joins count,
 * so a whole class behind one address can join one room.
 */
import { AddressLimits } from './address-limits.ts';
import { JoinTickets } from './join-tickets.ts';
import { SeatHandovers } from './seat-handovers.ts';
import type { Sessions } from './sessions.ts';
import { TokenBucket } from './token-bucket.ts';
import type { Admission } from './transport.ts';

/** Wrong codes and tickets of an address: a burst, then so many a second. */
const FAILURES_BURST = 10;
const FAILURES_PER_SECOND = 10 / 60;
/** The same over all addresses, against guessing from many. */
const ALL_FAILURES_BURST = 200;
const ALL_FAILURES_PER_SECOND = 100 / 60;

const UNKNOWN = { status: 404, sentence: 'There is no room of this code. Check it with whoever sent it.' };
const TOO_OFTEN = { status: 429, sentence: 'Too many wrong codes from this address. Wait a minute.' };

/** What the gate needs. */
export type JoinGateOptions = {
  sessions: Sessions;
  /** Whether there is a room of this code. */
  hasRoom: (code: string) => boolean;
  /** Whether pages are reached over HTTPS. */
  isSecure: boolean;
};

/** The gate of all rooms. */
export class JoinGate {
  readonly sessions: Sessions;
  readonly tickets = new JoinTickets();
  readonly handovers = new SeatHandovers();
  readonly #options: JoinGateOptions;
  readonly #failures = new AddressLimits(FAILURES_BURST, FAILURES_PER_SECOND);
  readonly #allFailures = new TokenBucket(ALL_FAILURES_BURST, ALL_FAILURES_PER_SECOND);

  constructor(options: JoinGateOptions) {
    this.#options = options;
    this.sessions = options.sessions;
  }

  /** Why a code opens nothing for this address, or null. The same for missing, malformed and closed rooms. */
  whyNotKnown(code: string | null, address: string): { status: number; sentence: string } | null {
    if (!this.#mayTry(address)) return TOO_OFTEN;
    if (code !== null && this.#options.hasRoom(code)) return null;
    this.#failed(address);
    return UNKNOWN;
  }

  /** Lets somebody in by a ticket and the session in their cookies, or not. */
  admit(ticket: string, cookies: string | undefined, address: string): Admission | null {
    if (!this.#mayTry(address)) return null;
    const used = this.tickets.use(ticket, this.sessions.read(cookies));
    if (used === null) this.#failed(address);
    return used && { seat: used.seat, code: used.code };
  }

  /** The seat that a link moves to another device, or null; wrong ones count against the address. */
  takeOver(code: string, token: string, address: string): string | null {
    if (!this.#mayTry(address)) return null;
    const seat = this.handovers.use(code, token);
    if (seat === null) this.#failed(address);
    return seat;
  }

  /** Whether a cookie for a page of this origin may ask for HTTPS. */
  isSecure(origin: string | undefined): boolean {
    return this.#options.isSecure || (origin ?? '').startsWith('https:');
  }

  #mayTry(address: string): boolean {
    return this.#failures.hasAny(address) && this.#allFailures.hasAny;
  }

  #failed(address: string): void {
    this.#failures.take(address);
    this.#allFailures.take();
  }
}
