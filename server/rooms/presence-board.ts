/**
 * Who looks at what: where each connected seat looks and which line its terminals run. Told to all whenever
 * it changes, at most twice a second; kept in memory only.
 */
import type { SeatLook } from '@chaotic-good/engine/protocol/wire';
import type { TimedHere } from '@chaotic-good/engine/wire/presence-delta';
import {
  createPresenceTable,
  packAllLooks,
  packHere,
  packLooks,
} from '@chaotic-good/engine/wire/presence-delta';

/** Changes of so long are told together, milliseconds. */
const GATHER_MS = 500;
/** Characters of a running line that others are told. */
const RUNNING_MAX = 80;

/** The board of one room. */
export class PresenceBoard {
  readonly #tell: (bytes: Uint8Array) => void;
  /** Where each connected seat looks, in order of coming. */
  readonly #places = new Map<string, { tab: string; thing: string }>();
  /** Lines that run, by seat and then by terminal, oldest first: they run on while their seat is away. */
  readonly #running = new Map<string, Map<string, { lineId: string; line: string }>>();
  /** What everybody has been told. */
  readonly #told = createPresenceTable();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(tell: (bytes: Uint8Array) => void) {
    this.#tell = tell;
  }

  /** What those who are here have been told, for somebody who comes; the rest is told to all together. */
  get whole(): Uint8Array {
    return packAllLooks(this.#told);
  }

  /** Somebody is connected anew, perhaps in place of another connection, and has not said where they look. */
  came(seat: string): void {
    this.#places.delete(seat);
    this.#places.set(seat, { tab: '', thing: '' });
    this.#soon();
  }

  /** Somebody who is connected looks somewhere else. */
  look(seat: string, tab: string, thing: string): void {
    if (!this.#places.has(seat)) return;
    this.#places.set(seat, { tab, thing });
    this.#soon();
  }

  /** A terminal of a seat begins a line. */
  begins(seat: string, terminal: string, lineId: string, line: string): void {
    const lines = this.#running.get(seat) ?? new Map<string, { lineId: string; line: string }>();
    lines.delete(terminal);
    this.#running.set(seat, lines.set(terminal, { lineId, line: firstCharacters(line.trim()) }));
    this.#soon();
  }

  /** A line has ended; one that does not run, as it waited or had ended before, changes nothing. */
  ends(seat: string, lineId: string): void {
    const lines = this.#running.get(seat);
    for (const [terminal, running] of lines ?? []) if (running.lineId === lineId) lines?.delete(terminal);
    this.#soon();
  }

  /** Whether a terminal of a seat runs a line. */
  runsIn(seat: string, terminal: string): boolean {
    return this.#running.get(seat)?.has(terminal) ?? false;
  }

  /** Somebody points at a second of a chart: told at once. */
  here(here: TimedHere): void {
    this.#tell(packHere(this.#told, here));
    this.#soon();
  }

  /** Somebody is no longer connected. */
  gone(seat: string): void {
    if (this.#places.delete(seat)) this.#soon();
  }

  /** Somebody is gone for good, with all that their terminals ran. */
  forget(seat: string): void {
    this.#running.delete(seat);
    this.gone(seat);
  }

  /** Tells nothing any more. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  /** Of seats that look nowhere and run nothing there is nothing to tell. */
  get #looks(): SeatLook[] {
    const looks = [...this.#places].map(([seat, place]) => {
      const running = [...(this.#running.get(seat)?.values() ?? [])].at(-1)?.line ?? '';
      return { seat, ...place, running };
    });
    return looks.filter(({ tab, thing, running }) => tab !== '' || thing !== '' || running !== '');
  }

  /** A line that is over at once, and a glance that goes back, are not told. */
  #soon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const bytes = packLooks(this.#told, this.#looks);
      if (bytes !== null) this.#tell(bytes);
    }, GATHER_MS);
  }
}

/** The beginning of a line, never half a character. */
function firstCharacters(line: string): string {
  return line.length > RUNNING_MAX
    ? [...line.slice(0, 2 * RUNNING_MAX)].slice(0, RUNNING_MAX).join('')
    : line;
}
