/** A room as somebody sees it who only watches: late, without names, without a way to say anything. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { JourneySignals } from '../../server/spectators/public-message.ts';
import type { SpectatorLine, SpectatorNews } from '../net/spectator-line.ts';
import { holdLeftSeconds } from './hold-left.ts';
import { valueReader } from './journey-signals.ts';
import { signalSeries } from './signal-series.ts';
import { SystemState } from './system.svelte.ts';
import { TelemetryState } from './telemetry.svelte.ts';
import { foldWatch, unseen } from './watch-fold.ts';
import type { Watched } from './watch-fold.ts';

/** A room that is watched. */
export class WatchedRoom {
  /** Its code. */
  readonly code: string;
  /** What is known of it. */
  known = $state.raw<Watched>(unseen(Date.now()));
  /** What users met in this round, as series. */
  telemetry = $state.raw(new TelemetryState());
  /** What follows from it. */
  readonly system: SystemState;
  /** Seconds until the journeys would have held; null while users are being hurt. */
  holdLeft = $derived.by(() => {
    const { view } = this.known;
    if (view === null) return null;
    const journeys = view.journeys.map(({ name: journey, objectiveRatio }) => ({
      objectiveRatio,
      attempts: valueReader(this.telemetry, 'journey_attempts_total', { journey }),
      failures: valueReader(this.telemetry, 'journey_failures_total', { journey }),
    }));
    return holdLeftSeconds(journeys, Math.floor(this.telemetry.second), view.resolution.holdSeconds);
  });
  #line: SpectatorLine;
  #journeys: string[] = [];

  constructor(code: string, line: SpectatorLine) {
    this.code = code;
    this.#line = line;
    const read = (): IncidentFrame | null => this.known.view;
    const series = (): TelemetryState => this.telemetry;
    this.system = new SystemState({
      get telemetry() {
        return series();
      },
      info: null,
      get view() {
        return read();
      },
    });
  }

  /** Connects; returns what hangs up. */
  open(): () => void {
    return this.#line((news) => this.#take(news));
  }

  /** What somebody is called here: a role. */
  roleOf(seat: string): string {
    return this.known.view?.seats.find((one) => one.seat === seat)?.name ?? seat;
  }

  #take(news: SpectatorNews): void {
    if (news.type === 'signals') return this.#signals(news.signals);
    const before = this.known.room?.incidentId;
    this.known = foldWatch(this.known, news, Date.now());
    if (before === undefined || before === this.known.room?.incidentId) return;
    // Another round: nothing of the one before is kept.
    this.telemetry = new TelemetryState();
    this.#journeys = [];
  }

  #signals(signals: JourneySignals): void {
    const last = signals.seconds.at(-1);
    if (last === undefined) return;
    for (const { name } of signals.journeys) {
      if (!this.#journeys.includes(name)) this.#journeys.push(name);
    }
    this.telemetry.merge(signalSeries(signals, this.#journeys));
    // Charts end where signals do: frames are a second or two further, and nothing would be drawn there.
    this.telemetry.tick(last * 1e6);
  }
}
