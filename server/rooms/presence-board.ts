/**
 * Who looks at what: where each connected seat looks and which line its terminal runs. Told to all whenever
 * it changes, at most twice a second; kept in memory only.
 */
import type { SeatLook } from '@chaotic-good/engine/protocol/wire';

/** Changes of so long are told together, milliseconds. */
const GATHER_MS = 500;
/** Characters of a running line that others are told. */
const RUNNING_MAX = 80;

/** The board of one room. */
export class PresenceBoard {
  readonly #tell: (looks: SeatLook[]) => void;
  readonly #looks = new Map<string, SeatLook>();
  #timer: NodeJS.Timeout | undefined;
  /** What was told last, as text. */
  #told = '[]';

  constructor(tell: (looks: SeatLook[]) => void) {
    this.#tell = tell;
  }

  /** Everybody's, in order of coming. */
  get looks(): SeatLook[] {
    return [...this.#looks.values()];
  }

  /** Somebody looks somewhere else. */
  look(seat: string, tab: string, thing: string): void {
    this.#set(seat, { tab, thing });
  }

  /** A seat's terminal begins a line; '' when it has ended. */
  runs(seat: string, line: string): void {
    this.#set(seat, { running: line.trim().slice(0, RUNNING_MAX) });
  }

  /** Somebody is no longer connected. */
  gone(seat: string): void {
    if (this.#looks.delete(seat)) this.#soon();
  }

  /** Tells nothing any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#looks.clear();
  }

  #set(seat: string, change: Partial<SeatLook>): void {
    const before = this.#looks.get(seat) ?? { seat, tab: '', thing: '', running: '' };
    this.#looks.set(seat, { ...before, ...change });
    this.#soon();
  }

  /** A line that is over at once, and a glance that goes back, are not told. */
  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const text = JSON.stringify(this.looks);
      if (text === this.#told) return;
      this.#told = text;
      this.#tell(this.looks);
    }, GATHER_MS);
  }
}
