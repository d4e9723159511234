/** When a server of this data folder was alive last: tells the next one for how long nobody was there. */
import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'last-alive';
const BEAT_MS = 1000;

/** The sign of life of a data folder. */
export class AliveFile {
  readonly #path: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#path = join(dataDir, FILE);
  }

  /** Seconds since the last sign; 0 when there was none. */
  awaySeconds(): number {
    try {
      return Math.max(0, (Date.now() - statSync(this.#path).mtimeMs) / 1000);
    } catch {
      return 0;
    }
  }

  /** Gives a sign every second from now on. */
  beat(): void {
    const give = () => {
      try {
        utimesSync(this.#path, new Date(), new Date());
      } catch {
        writeFileSync(this.#path, '', { flag: 'a' });
      }
    };
    give();
    this.#timer = setInterval(() => {
      try {
        give();
      } catch {
        // On a full or broken disk others complain.
      }
    }, BEAT_MS);
  }

  /** Gives none any more. */
  stop(): void {
    clearInterval(this.#timer);
  }
}
