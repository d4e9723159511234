/**
 * Lets seats look over each other's shoulders: what a seat's terminals show goes to those who follow it, who
 * begin with the end of what it showed before. In memory only, bounded.
 *
 * Why   What is shown within a moment goes together, and of a flood only its end: a line that prints without
 *       end costs its followers no more than a screenful each time, and their own frames come on.
 */

/** Characters of each seat's terminals that are kept for whoever begins to follow: more than a screenful. */
const TAIL_MAX = 8000;
/** What is shown within so long goes together, milliseconds. */
const GATHER_MS = 150;

/** Sends a followed piece to a seat. */
export type TellFollower = (follower: string, seat: string, text: string, fresh: boolean) => void;

/** A seat's terminals as one stream. */
type Stream = {
  /** Its end. */
  tail: string;
  /** What followers have not been told yet. */
  news: string;
  /** Terminal that showed something last. */
  terminal: string;
};

/** Whom somebody follows, and whether they have got the beginning. */
type Following = { seat: string; fresh: boolean };

/** The relay of one room. */
export class TerminalRelay {
  readonly #tell: TellFollower;
  readonly #streams = new Map<string, Stream>();
  readonly #following = new Map<string, Following>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(tell: TellFollower) {
    this.#tell = tell;
  }

  /** Begins to follow a seat, or with '' ends it; following oneself means nothing. */
  follow(follower: string, seat: string): void {
    this.#following.delete(follower);
    if (seat === '' || seat === follower) return;
    this.#following.set(follower, { seat, fresh: true });
    this.#soon();
  }

  /** A terminal of a seat shows something. */
  shows(seat: string, terminal: string, text: string): void {
    if (text === '') return;
    const stream = this.#streams.get(seat) ?? { tail: '', news: '', terminal };
    // All terminals of a seat go into one stream; where it changes, it says so on a line of its own.
    const breaks = stream.tail === '' || stream.tail.endsWith('\n') ? '' : '\n';
    const turned = stream.terminal === terminal ? text : `${breaks}[${terminal}]\n${text}`;
    this.#streams.set(seat, {
      tail: end(stream.tail + turned),
      news: (stream.news + turned).slice(-TAIL_MAX - 1),
      terminal,
    });
    this.#soon();
  }

  /** A follower is no longer connected; it says again whom it follows when it is back. */
  gone(follower: string): void {
    this.#following.delete(follower);
  }

  /** A seat is removed: nobody sees any more what it did. */
  forget(seat: string): void {
    this.gone(seat);
    this.#streams.delete(seat);
    for (const [follower, followed] of this.#following) {
      if (followed.seat !== seat) continue;
      this.gone(follower);
      this.#tell(follower, seat, '', true);
    }
  }

  /** Tells nothing any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #soon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tellAll();
    }, GATHER_MS);
  }

  #tellAll(): void {
    for (const [follower, followed] of this.#following) {
      const { tail, news } = this.#streams.get(followed.seat) ?? { tail: '', news: '' };
      // More news than a tail holds: what lies between is lost to followers, so they begin anew.
      const fresh = followed.fresh || news.length > TAIL_MAX;
      followed.fresh = false;
      if (fresh) this.#tell(follower, followed.seat, tail, true);
      else if (news !== '') this.#tell(follower, followed.seat, news, false);
    }
    for (const stream of this.#streams.values()) stream.news = '';
  }
}

/** The last lines that fit, whole ones where possible: half a colour or half a character would be shown. */
function end(text: string): string {
  if (text.length <= TAIL_MAX) return text;
  const last = text.slice(-TAIL_MAX);
  return last.slice(last.indexOf('\n') + 1);
}
