/** Log of the carrier: whatever clients do, it writes no more than so many lines a minute. */
import { TokenBucket } from './token-bucket.ts';

const LINES_MAX = 20;

/** A log with a limit. */
export class QuietLog {
  readonly #bucket = new TokenBucket(LINES_MAX, LINES_MAX / 60);
  #left = 0;

  error(...words: unknown[]): void {
    this.#write(words);
  }

  warn(...words: unknown[]): void {
    this.#write(words);
  }

  info(): void {}

  debug(): void {}

  trace(): void {}

  #write(words: unknown[]): void {
    if (!this.#bucket.take()) {
      this.#left++;
      return;
    }
    const left = this.#left > 0 ? ` (${this.#left} lines left out before)` : '';
    this.#left = 0;
    process.stderr.write(`carrier: ${words.map(String).join(' ').split('\n')[0].slice(0, 500)}${left}\n`);
  }
}
