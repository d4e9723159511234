/** Teammates as they are felt: where they look, what their terminals run and show, where somebody points. */
import type { ClientMessage, SeatLook, ServerMessage } from '@chaotic-good/engine/protocol/wire';

/** So long a pointed-at second is marked, milliseconds. */
const HERE_MS = 20_000;
/** Characters of a followed terminal that are kept. */
const FOLLOWED_MAX = 20_000;

/** Where somebody points. */
export type Here = {
  /** Who. */
  seat: string;
  /** Title of the chart. */
  chart: string;
  /** Thing whose chart it is, '' for charts of all. */
  focus: string;
  /** Second of incident time. */
  second: number;
  /** When it was heard, Unix milliseconds. */
  atMs: number;
};

type Heard = Extract<ServerMessage, { type: 'looks' | 'here' | 'followed' }>;

/** Sequences that colour and place text on a terminal; what is followed is read as plain text. */
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g;

/** Teammates of a room. */
export class PresenceState {
  /** Where everybody looks, oneself included. */
  looks = $state.raw<readonly SeatLook[]>([]);
  /** Where somebody has just pointed, or null. */
  here = $state.raw<Here | null>(null);
  /** Seat whose terminals are followed, '' for none. */
  followedSeat = $state('');
  /** What these show. */
  followedText = $state('');
  #send: (message: ClientMessage) => boolean;
  #look = { tab: '', thing: '' };

  constructor(send: (message: ClientMessage) => boolean) {
    this.#send = send;
  }

  /** Tells the others where one looks; the same again is not told. */
  look(tab: string, thing: string): void {
    if (tab === this.#look.tab && thing === this.#look.thing) return;
    this.#look = { tab, thing };
    this.#send({ type: 'look', ...this.#look });
  }

  /** Points at a second of a chart. */
  point(chart: string, focus: string, second: number): void {
    this.#send({ type: 'here', chart, focus, second });
  }

  /** Follows the terminals of a seat; '' ends it. */
  follow(seat: string): void {
    if (seat === this.followedSeat) return;
    this.followedSeat = seat;
    this.followedText = '';
    this.#send({ type: 'follow', seat });
  }

  /** The line is open: the room knows nothing yet of where one looks. */
  lineOpened(): void {
    if (this.#look.tab !== '' || this.#look.thing !== '') this.#send({ type: 'look', ...this.#look });
    if (this.followedSeat !== '') this.#send({ type: 'follow', seat: this.followedSeat });
  }

  /** The room told something of others. */
  take(message: Heard, nowMs: number): void {
    if (message.type === 'looks') this.looks = message.looks;
    else if (message.type === 'here') {
      const { seat, chart, focus, second } = message;
      this.here = { seat, chart, focus, second, atMs: nowMs };
    } else if (message.seat === this.followedSeat) {
      const text = message.text.replace(ESCAPES, '');
      this.followedText = ((message.fresh ? '' : this.followedText) + text).slice(-FOLLOWED_MAX);
    }
  }

  /** Takes off what is over. */
  tidy(nowMs: number): void {
    if (this.here !== null && nowMs - this.here.atMs > HERE_MS) this.here = null;
  }
}
