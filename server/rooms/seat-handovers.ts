/**
 * Links that move a seat to another device: one use, five minutes, one at a time for each seat. They live in
 * memory only, so nothing that is written can give somebody else's seat away.
 */
import { randomBytes } from 'node:crypto';

/** How long a link is good, seconds. */
export const HANDOVER_SECONDS = 300;

/** The links that are out. */
export class SeatHandovers {
  readonly #links = new Map<string, { code: string; seat: string; untilMs: number }>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** A new token for this seat of a room; the one before is no longer good. */
  issue(code: string, seat: string): string {
    for (const [token, link] of this.#links) {
      const isSame = link.code === code && link.seat === seat;
      if (isSame || link.untilMs < this.#nowMs()) this.#links.delete(token);
    }
    const token = randomBytes(24).toString('base64url');
    this.#links.set(token, { code, seat, untilMs: this.#nowMs() + HANDOVER_SECONDS * 1000 });
    return token;
  }

  /** Takes a token; null when it is unknown, used, replaced, too old or of another room. */
  use(code: string, token: string): string | null {
    const found = this.#links.get(token);
    this.#links.delete(token);
    return found !== undefined && found.code === code && found.untilMs >= this.#nowMs() ? found.seat : null;
  }
}
