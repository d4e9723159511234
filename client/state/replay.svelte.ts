/** A replay on the screen: how far it is loaded, which second it shows, whose eyes it looks with. */
import type { ReplayGame, ReplaySeat } from '@chaotic-good/engine/protocol/replay';
import { ReplayConnection } from '../net/replay-connection.ts';
import type { ReplaySource } from '../net/replay-connection.ts';
import type { DecisionPoint, Eyes, ReplayNews, ReplaySpeed } from '../replay/replay-messages.ts';
import { replayCode } from './address.ts';
import { RoomState } from './room.svelte.ts';

/** What the address calls the eyes of somebody who knows the truth. */
export const TRUTH = 'facilitator';

/** A role as addresses write it: `Incident commander` as `incident-commander`. */
export function slugOf(role: string): string {
  return role.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The eyes that an address asks for: of a seat by its role or id, else of the first player. */
export function eyesOf(as: string, seats: readonly ReplaySeat[]): Eyes {
  const players = seats.filter(({ kind }) => kind === 'player');
  const found = players.find(({ seat, role }) => seat === as || slugOf(role) === as.toLowerCase());
  if (found !== undefined) return { kind: 'seat', seat: found.seat };
  if (as === TRUTH || players.length === 0) return { kind: 'truth' };
  return { kind: 'seat', seat: players[0].seat };
}

/** What is left of the error budget counts from the beginning on. */
const WHOLE_COUNTERS = ['journey_attempts_total', 'journey_failures_total'];
/** Other counters that the war room shows by their growth. */
const COUNTERS = [
  'traefik_service_requests_total',
  'pg_stat_database_xact_commit',
  'pg_stat_database_xact_rollback',
  'db_pool_connect_failures_total',
  'container_cpu_usage_seconds_total',
  'container_cpu_cfs_throttled_periods_total',
  'node_cpu_seconds_total',
  'node_netstat_Tcp_RetransSegs',
];
/** The longest window over which growth is shown is shorter. */
const RECALLED_MICROS = 60_000_000;

/** A replay. */
export class ReplayState {
  /** What a room would be: the war room reads it. */
  readonly room: RoomState;
  /** How it stands. */
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  /** Why it cannot be played, or ''. */
  failed = $state('');
  /** Second up to which it has been simulated while it is loading. */
  loadedSecond = $state(0);
  /** Last second; 0 before it is known. */
  endSecond = $state(0);
  /** Second that is shown, or that was asked for and comes next. */
  second = $state(0);
  /** Seconds of the incident per second; 0 = it stands still. */
  speed = $state<ReplaySpeed>(0);
  /** Speed of the next play. */
  chosenSpeed = $state<ReplaySpeed>(1);
  /** Moments of decision, in order of time. */
  points = $state.raw<readonly DecisionPoint[]>([]);
  /** Players' seats. */
  seats = $state.raw<readonly ReplaySeat[]>([]);
  /** Whose eyes it looks with, as the address writes it; '' before it is known. */
  as = $state('');
  readonly #connection: ReplayConnection;
  /** A seek is on its way; the newest that was asked for meanwhile follows it. */
  #isSeeking = false;
  #next = -1;

  constructor(id: string, source: ReplaySource, start: { second: number; as: string }) {
    this.second = start.second;
    this.#connection = new ReplayConnection(source, {
      id,
      second: start.second,
      eyesIn: (game) => this.#known(game, start.as),
      hear: (news) => this.#hear(news),
    });
    this.room = new RoomState(replayCode(id), this.#connection, { isReplay: true });
  }

  /** Shows another second. */
  seek(second: number): void {
    const at = Math.min(this.endSecond, Math.max(0, Math.round(second)));
    if (this.phase !== 'ready' || Number.isNaN(at)) return;
    this.second = at;
    if (this.#isSeeking) {
      this.#next = at;
      return;
    }
    this.#isSeeking = true;
    this.#connection.request({ type: 'seek', second: at });
  }

  /** Looks with other eyes. */
  look(as: string): void {
    const eyes = eyesOf(as, this.seats);
    this.as = this.#nameOf(eyes);
    this.#connection.request({ type: 'look', eyes });
  }

  /** Takes in how counters grew just before: a second shows the same, however one came to it. */
  recall(): void {
    const { room } = this;
    const toMicros = room.view?.atMicros ?? 0;
    const range = { fromMicros: toMicros - RECALLED_MICROS, toMicros };
    for (const name of WHOLE_COUNTERS) void room.loadSeries(name);
    for (const name of COUNTERS) {
      room.ask({ kind: 'series', name, labels: {}, ...range }).then(
        (answer) => answer.kind === 'series' && room.telemetry.merge(answer.series),
        () => undefined, // The page is being left.
      );
    }
  }

  /** Plays or stands still; at the end it begins again. */
  toggle(): void {
    if (this.speed === 0 && this.second >= this.endSecond) this.seek(0);
    this.#connection.request({ type: 'play', speed: this.speed === 0 ? this.chosenSpeed : 0 });
  }

  /** Chooses how fast it plays. */
  choose(speed: ReplaySpeed): void {
    this.chosenSpeed = speed;
    if (this.speed !== 0) this.#connection.request({ type: 'play', speed });
  }

  /** Jumps to the moment of decision before or after the second that is shown. */
  jump(direction: 1 | -1): void {
    const { points, second } = this;
    const found =
      direction === 1
        ? points.find((point) => point.second > second)
        : points.findLast((point) => point.second < second);
    if (found !== undefined) this.seek(found.second);
  }

  #known({ seats }: ReplayGame, as: string): Eyes {
    this.seats = seats.filter(({ kind }) => kind === 'player');
    const eyes = eyesOf(as, this.seats);
    this.as = this.#nameOf(eyes);
    return eyes;
  }

  #nameOf(eyes: Eyes): string {
    if (eyes.kind === 'truth') return TRUTH;
    return slugOf(this.seats.find(({ seat }) => seat === eyes.seat)?.role ?? eyes.seat);
  }

  #hear(news: Exclude<ReplayNews, { type: 'room' }>): void {
    switch (news.type) {
      case 'progress':
        this.loadedSecond = news.second;
        this.endSecond = news.endSecond;
        return;
      case 'ready':
        this.points = news.points;
        this.endSecond = news.endSecond;
        return;
      case 'at':
        return this.#isAt(news.second, news.speed);
      case 'failed':
        this.failed = news.sentence;
        this.phase = 'failed';
    }
  }

  #isAt(second: number, speed: ReplaySpeed): void {
    this.phase = 'ready';
    this.speed = speed;
    const next = this.#next;
    this.#isSeeking = false;
    this.#next = -1;
    if (next >= 0 && next !== second) return this.seek(next);
    this.second = second;
  }
}
