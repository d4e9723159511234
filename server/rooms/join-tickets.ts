/** Tickets to join a room: one use, 30 s, bound to the session that asked for it. */
import { randomBytes } from 'node:crypto';

const LIFE_MS = 30_000;
const TICKETS_MAX = 10_000;

/** What a ticket stands for. */
export type Ticket = { code: string; seat: string; session: string };

/** The tickets that are out. */
export class JoinTickets {
  readonly #tickets = new Map<string, Ticket & { untilMs: number }>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** A new ticket. */
  issue(ticket: Ticket): string {
    this.#forgetOld();
    const name = randomBytes(16).toString('hex');
    this.#tickets.set(name, { ...ticket, untilMs: this.#nowMs() + LIFE_MS });
    return name;
  }

  /** Takes a ticket; null when it is unknown, used, too old or somebody else's. */
  use(name: string, session: string | null): Ticket | null {
    const found = this.#tickets.get(name);
    this.#tickets.delete(name);
    if (found === undefined || found.untilMs < this.#nowMs() || found.session !== session) return null;
    const { code, seat } = found;
    return { code, seat, session: found.session };
  }

  #forgetOld(): void {
    for (const [name, { untilMs }] of this.#tickets) {
      // Oldest first: the rest is younger.
      if (untilMs >= this.#nowMs() && this.#tickets.size < TICKETS_MAX) return;
      this.#tickets.delete(name);
    }
  }
}
