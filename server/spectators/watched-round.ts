/** One round of a room as it is watched: frames, signals and curves, each as late as the others. */
import type { SeriesPoints } from '@chaotic-good/engine/telemetry/read-series';
import type { IncidentHost } from '../incidents/incident-host.ts';
import { CurveFeed } from './curve-feed.ts';
import { PublicFeed } from './public-feed.ts';
import type { PublicBeat, PublicRoom } from './public-message.ts';
import { PublicSignals } from './public-signals.ts';

/** What is told, by name. */
export type PublicEvent = 'room' | 'signals' | 'curves' | 'frame' | 'beat';

/** What a round needs. */
export type WatchedRoundOptions = {
  host: IncidentHost;
  /** How badly users would be hurt with nobody acting, a value a second; null while that is not known. */
  nobody: (incidentId: string) => Promise<ArrayLike<number> | null>;
  /** Code of the room. */
  code: string;
  /** What is played in it. */
  incidentId: string;
  /** Sends something to everybody who watches the room. */
  send: (event: PublicEvent, text: string) => void;
  /** Told once, when the first piece of this round goes out. */
  onShown: () => void;
  /** How late, milliseconds. */
  delayMs: number;
};

/** A round that is watched. */
export class WatchedRound {
  readonly incidentId: string;
  readonly #options: WatchedRoundOptions;
  readonly #feed: PublicFeed;
  readonly #signals: PublicSignals;
  readonly #curves: CurveFeed;
  readonly #room: Promise<string>;
  #isShown = false;
  #beat = 0;

  constructor(options: WatchedRoundOptions) {
    this.#options = options;
    const { host, incidentId, delayMs, nobody } = options;
    this.incidentId = incidentId;
    // A room that cannot be told of now is told of with the next round, or when the page comes again.
    this.#room = this.#askRoom().then(JSON.stringify, () => '');
    const say = (event: PublicEvent) => (text: string) => void this.#say(event, text);
    this.#feed = new PublicFeed({
      subscribe: (listener) => host.subscribe(incidentId, { kind: 'public' }, listener),
      send: say('frame'),
      delayMs,
    });
    this.#signals = new PublicSignals({
      read: (name, fromMicros) => this.#series(name, fromMicros),
      send: say('signals'),
      delayMs,
    });
    this.#curves = new CurveFeed({
      readOwn: (fromSecond) => host.query(incidentId, '', { kind: 'badness', fromSecond }),
      readNobody: () => nobody(incidentId),
      send: say('curves'),
      delayMs,
    });
  }

  /** Tells somebody who comes everything that is out. */
  async tell(send: (event: PublicEvent, text: string) => void): Promise<void> {
    const room = await this.#room;
    this.#isShown = true;
    if (room !== '') send('room', room);
    const parts: [PublicEvent, string | null][] = [
      ['signals', this.#signals.beginning],
      ['curves', this.#curves.beginning],
      ['frame', this.#feed.beginning],
      ['beat', this.#beat === 0 ? null : this.#beatText()],
    ];
    for (const [event, text] of parts) if (text !== null) send(event, text);
  }

  /**
   * Moves everybody to a step of the debrief, at once: what it shows is no secret any more. A step that
   * comes before the truth is told is not passed on.
   */
  async lead(beat: number): Promise<void> {
    const { host, incidentId, send } = this.#options;
    const known = await host.query(incidentId, '', { kind: 'summary' }).catch(() => null);
    if (!known?.revealed) return;
    this.#beat = beat;
    send('beat', this.#beatText());
  }

  /** Takes in no more; what waits is still shown to its end. */
  finish(): void {
    for (const part of [this.#feed, this.#signals, this.#curves]) part.finish();
  }

  /** Ends it at once. */
  end(): void {
    for (const part of [this.#feed, this.#signals, this.#curves]) part.end();
  }

  #beatText(): string {
    const beat: PublicBeat = { incidentId: this.incidentId, beat: this.#beat };
    return JSON.stringify(beat);
  }

  /** Whoever gets a piece of a round has been told before which round it is. */
  async #say(event: PublicEvent, text: string): Promise<void> {
    const room = await this.#room;
    if (!this.#isShown) {
      this.#isShown = true;
      this.#options.onShown();
      if (room !== '') this.#options.send('room', room);
    }
    this.#options.send(event, text);
  }

  async #askRoom(): Promise<PublicRoom> {
    const { host, code, incidentId, delayMs } = this.#options;
    const { room } = await host.query(incidentId, '', { kind: 'summary' });
    const { round, scenarioId, title, story, sentences, map, startedAtUnixMs } = room;
    const told = { round, scenarioId, title, story, sentences, map, startedAtUnixMs };
    return { code, incidentId, ...told, delaySeconds: delayMs / 1000 };
  }

  async #series(name: string, fromMicros: number): Promise<SeriesPoints[]> {
    const { host, incidentId } = this.#options;
    const toMicros = Number.MAX_SAFE_INTEGER;
    const query = { kind: 'series' as const, name, labels: {}, fromMicros, toMicros };
    const answer = await host.query(incidentId, '', { kind: 'wire', query });
    return answer.kind === 'series' ? answer.series : [];
  }
}
