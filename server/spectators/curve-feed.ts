/**
 * The curve of harm beside the one that nobody acting would have made, as late as the frames. The second is
 * known to its end while the game runs; here it is given out second by second, never further than the first.
 */
import { LaterQueue } from './later-queue.ts';
import type { CurvePiece, PublicCurves } from './public-message.ts';

const READ_EVERY_MS = 2000;

/** How curves are made. */
export type CurveFeedOptions = {
  /** Reads how badly users were hurt (0–1) in each second from one on. */
  readOwn: (fromSecond: number) => Promise<readonly number[]>;
  /** How badly they would be with nobody acting, from second 0; null while that is not known. */
  readNobody: () => Promise<ArrayLike<number> | null>;
  /** Sends news to everybody who watches. */
  send: (text: string) => void;
  /** How late, milliseconds. */
  delayMs: number;
  /** How often it is read, milliseconds. */
  everyMs?: number;
};

/** Three places suffice for a chart. */
function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The curves of one incident. */
export class CurveFeed {
  readonly #options: CurveFeedOptions;
  readonly #later: LaterQueue;
  readonly #timer: NodeJS.Timeout;
  readonly #own: number[] = [];
  readonly #nobody: number[] = [];
  #whole: ArrayLike<number> | null = null;
  #readSeconds = 0;
  #isReading = false;
  #isAsking = false;
  #isOver = false;
  #beginning: string | null = null;

  constructor(options: CurveFeedOptions) {
    this.#options = options;
    this.#later = new LaterQueue(options.delayMs);
    this.#timer = setInterval(() => void this.#read(), options.everyMs ?? READ_EVERY_MS);
    void this.#read();
  }

  /** Everything that is out; null while nothing is. */
  get beginning(): string | null {
    if (this.#own.length === 0) return null;
    const whole = (values: number[]): CurvePiece => ({ from: 0, values });
    const curves: PublicCurves = { own: whole(this.#own), nobody: whole(this.#nobody) };
    return (this.#beginning ??= JSON.stringify(curves));
  }

  /** Reads no more; what waits still goes out at its time. */
  finish(): void {
    clearInterval(this.#timer);
    this.#isOver = true;
    this.#later.finish();
  }

  /** Ends it. */
  end(): void {
    this.finish();
    this.#later.end();
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    // The incident may be gone, or not be loaded yet; it is asked again.
    const own = await this.#options.readOwn(this.#readSeconds).catch(() => []);
    this.#askNobody();
    this.#isReading = false;
    if (own.length === 0 || this.#isOver) return;
    this.#readSeconds += own.length;
    this.#later.push(() => this.#show(own));
  }

  /** The other one may take long to compute: nothing waits for it. */
  #askNobody(): void {
    if (this.#whole !== null || this.#isAsking) return;
    this.#isAsking = true;
    void this.#options
      .readNobody()
      .catch(() => null)
      .then((whole) => {
        this.#whole = whole;
        this.#isAsking = false;
      });
  }

  /** The other curve catches up to the same second, and stops where it was not computed any further. */
  #show(own: readonly number[]): void {
    const from = this.#own.length;
    this.#own.push(...own.map(short));
    const nobodyFrom = this.#nobody.length;
    const until = Math.min(this.#own.length, this.#whole?.length ?? 0);
    for (let second = nobodyFrom; second < until; second++)
      this.#nobody.push(short(this.#whole?.[second] ?? 0));
    this.#beginning = null;
    const news: PublicCurves = {
      own: { from, values: this.#own.slice(from) },
      nobody: { from: nobodyFrom, values: this.#nobody.slice(nobodyFrom) },
    };
    this.#options.send(JSON.stringify(news));
  }
}
