/**
 * Lets seats look over each other's shoulders: what a seat's terminals show goes to those who follow it, who
 * begin with the end of what it showed before. In memory only, bounded.
 */

/** Characters of each seat's terminals that are kept for whoever begins to follow: more than a screenful. */
const TAIL_MAX = 8000;

/** Sends a followed piece to a seat. */
export type TellFollower = (follower: string, seat: string, text: string, fresh: boolean) => void;

/** The relay of one room. */
export class TerminalRelay {
  readonly #tell: TellFollower;
  readonly #tails = new Map<string, string>();
  /** Terminal that a seat used last. */
  readonly #terminals = new Map<string, string>();
  /** Follower → seat that it follows. */
  readonly #following = new Map<string, string>();

  constructor(tell: TellFollower) {
    this.#tell = tell;
  }

  /** Begins to follow a seat, or with '' ends it; following oneself means nothing. */
  follow(follower: string, seat: string): void {
    this.#following.delete(follower);
    if (seat === '' || seat === follower) return;
    this.#following.set(follower, seat);
    this.#tell(follower, seat, this.#tails.get(seat) ?? '', true);
  }

  /** A terminal of a seat shows something. */
  shows(seat: string, terminal: string, text: string): void {
    if (text === '') return;
    const before = this.#terminals.get(seat);
    this.#terminals.set(seat, terminal);
    // Both terminals of a seat go into one stream; where it changes, it says so.
    const turned = before !== undefined && before !== terminal ? `[${terminal}]\n${text}` : text;
    this.#tails.set(seat, ((this.#tails.get(seat) ?? '') + turned).slice(-TAIL_MAX));
    for (const [follower, followed] of this.#following) {
      if (followed === seat) this.#tell(follower, seat, turned, false);
    }
  }

  /** A follower is no longer connected; it says again whom it follows when it is back. */
  gone(follower: string): void {
    this.#following.delete(follower);
  }

  /** A seat is removed: nobody sees any more what it did. */
  forget(seat: string): void {
    this.gone(seat);
    this.#tails.delete(seat);
    this.#terminals.delete(seat);
    for (const [follower, followed] of this.#following) if (followed === seat) this.gone(follower);
  }
}
