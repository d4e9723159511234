/**
 * A room as this seat sees it: the newest view, telemetry, logs, terminals, and what is on its way.
 * Gets messages from a `Connection`; pages read it and call its verbs.
 */
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { IncidentFrame, SeatView, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type {
  ByeReason,
  RoomInfo,
  ServerMessage,
  WireAnswer,
  WireFrame,
  WireQuery,
} from '@chaotic-good/engine/protocol/wire';
import type { Connection, LineState } from '../net/connection.ts';
import { LogStore } from './log-store.svelte.ts';
import { NoticeList } from './notices.svelte.ts';
import { PresenceState } from './presence.svelte.ts';
import { PendingRequests } from './pending-requests.ts';
import { OutboxState } from './outbox-state.svelte.ts';
import { SystemState } from './system.svelte.ts';
import { TelemetryState } from './telemetry.svelte.ts';
import { TerminalSession } from './terminal-session.svelte.ts';

/** How often the newest frame is confirmed. */
const RECEIVED_EVERY_MS = 1000;

/** How much of the past charts and logs ask for, microseconds. */
const PAST_MICROS = 900e6;
const FAR_MICROS = 1e12;
const LOG_LINES = 2000;

/** A room. */
export class RoomState {
  /** Its code; `replayCode` of the game in a replay. */
  readonly code: string;
  /** Whether it is a finished game played again: nothing can be done, and nobody is there. */
  readonly isReplay: boolean;
  /** How the line stands. */
  line = $state<LineState>('connecting');
  /** Why it ended, or ''. */
  endedWhy = $state('');
  /** What ended it: a farewell, or a seat that was refused; '' while it goes on. */
  endedBy = $state<'' | 'refused' | ByeReason>('');
  /** When the line was lost, Unix milliseconds; 0 while it is open. */
  lostAtMs = $state(0);
  /** Own seat. */
  seat = $state('');
  /** What does not change. */
  info = $state.raw<RoomInfo | null>(null);
  /** The newest view. */
  view = $state.raw<IncidentFrame | null>(null);
  /** The whole timeline, oldest first. */
  timeline = $state.raw<readonly TimelineEntry[]>([]);
  /** When the newest frame came, Unix milliseconds. */
  frameAtMs = $state(0);
  /** Grows with every full frame: what was loaded of the past may have gaps since. */
  epoch = $state(0);
  /** Step of the debrief to which the host has moved everybody; 0 before. */
  ledBeat = $state(0);
  /** News of the room itself. */
  readonly notices = new NoticeList();
  readonly telemetry = new TelemetryState();
  readonly logs = new LogStore();
  /** The system as it fares now. */
  readonly system = new SystemState(this);
  readonly outbox: OutboxState;
  readonly terminals: TerminalSession[];
  /** Teammates. */
  readonly presence: PresenceState;
  /** Own seat as everybody sees it. */
  me = $derived<SeatView | null>(this.#ownSeat());
  /** Whether the seat only watches. */
  watches = $derived(this.#onlyWatches());
  /** Whether the seat may point at charts: who knows the truth would give it away. */
  mayPoint = $derived(!this.watches && this.me?.kind !== 'facilitator');
  #connection: Connection;
  #pending = new PendingRequests();
  #seq = 0;
  #asked = new Set<string>();
  /** Names of all seats that were ever seen: what people did outlives their seat. */
  #names = new Map<string, string>();
  #receivedAtMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(code: string, connection: Connection, { isReplay = false } = {}) {
    this.code = code;
    this.isReplay = isReplay;
    this.#connection = connection;
    this.outbox = new OutboxState(code, (message) => connection.send(message));
    this.presence = new PresenceState((message) => connection.send(message));
    const port = {
      sendLine: (terminal: string, lineId: string, line: string) =>
        connection.send({ type: 'line', terminal, lineId, line }),
      interrupt: (terminal: string) => void connection.send({ type: 'interrupt', terminal }),
      complete: (terminal: string, line: string, cursor: number) =>
        this.#pending.completions((requestId) =>
          connection.send({ type: 'complete', requestId, terminal, line, cursor }),
        ),
    };
    this.terminals = ['terminal-1', 'terminal-2'].map((id) => new TerminalSession(id, '$ ', port));
  }

  /** Connects; returns what hangs up. */
  open(): () => void {
    this.#connection.open({
      onMessage: (message) => this.#take(message),
      onHeard: () => {},
      onLineState: (line, why) => this.#lineIs(line, why),
    });
    this.#timer = setInterval(() => this.#tidy(), 1000);
    return () => {
      clearInterval(this.#timer);
      this.#connection.close();
    };
  }

  /** Asks for something to be done; `label` says what a person did. */
  do(command: Command, label: string): string {
    if (this.isReplay) {
      this.notices.add('info', `This is a replay: “${label}” was not done.`);
      return '';
    }
    return this.outbox.add(command, label, Date.now());
  }

  /** Moves everybody's debrief to a step, 1 to 4; the host's alone. */
  leadBeat(beat: number): void {
    this.#connection.send({ type: 'beat', beat });
  }

  /** Asks a question. */
  async ask(query: WireQuery): Promise<WireAnswer> {
    return this.#pending.answer((requestId) => this.#connection.send({ type: 'query', requestId, query }));
  }

  /** Loads the past of series, once; after a gap, again. Labels may hold `*`. */
  async loadSeries(name: string, labels: Record<string, string> = {}): Promise<void> {
    const key = `${name} ${JSON.stringify(labels)}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    try {
      const range = { fromMicros: -PAST_MICROS, toMicros: FAR_MICROS };
      const answer = await this.ask({ kind: 'series', name, labels, ...range });
      if (answer.kind === 'series') this.telemetry.merge(answer.series);
    } catch {
      this.#asked.delete(key); // Asked again when somebody looks again.
    }
  }

  /** Tells that one reads a chart closely; once a chart is enough. */
  readChart(title: string): void {
    const key = `chart ${title}`;
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.ask({ kind: 'chart', title }).catch(() => this.#asked.delete(key));
  }

  /** Loads the newest log lines. */
  async loadLogs(): Promise<void> {
    if (this.#asked.has('logs')) return;
    this.#asked.add('logs');
    try {
      const range = { fromMicros: -PAST_MICROS, toMicros: FAR_MICROS };
      const answer = await this.ask({ kind: 'logs', search: { ...range, limit: LOG_LINES } });
      if (answer.kind === 'logs') this.logs.merge(answer.found.lines);
    } catch {
      this.#asked.delete('logs');
    }
  }

  /** Name of a seat, also of one that is gone; '' for no seat. */
  nameOf(seat: string): string {
    if (seat === '') return '';
    const known = this.view?.seats.find((one) => one.seat === seat)?.name ?? this.#names.get(seat);
    return known ?? 'Former member';
  }

  #onlyWatches(): boolean {
    return this.isReplay || (this.me?.roles.length === 1 && this.me.roles[0] === 'observer');
  }

  /** In a replay nobody is the host. */
  #ownSeat(): SeatView | null {
    const own = this.view?.seats.find(({ seat }) => seat === this.seat) ?? null;
    return own && this.isReplay ? { ...own, host: false } : own;
  }

  #lineIs(line: LineState, why: string): void {
    const now = Date.now();
    if (line === 'lost' && this.lostAtMs === 0) this.lostAtMs = now;
    if (line === 'open') this.lostAtMs = 0;
    this.line = line;
    if (line === 'ended') {
      this.endedWhy = why;
      this.endedBy ||= 'refused';
    }
    if (line === 'lost') this.#pending.failAll('The connection was lost. Ask again when it is back.');
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        return this.#welcome(message.seat, message.room);
      case 'frame':
        return this.#frame(message.frame);
      case 'ack':
        return this.outbox.ack(message.ack, Date.now());
      case 'refused':
        return this.outbox.refused(message.commandId, message.rejection.sentence, Date.now());
      case 'output':
      case 'prompt':
        return this.terminals.find(({ id }) => id === message.terminal)?.take(message);
      case 'completions':
      case 'answer':
        return this.#pending.settle(message);
      case 'notice':
        return this.notices.add(message.level, message.text);
      case 'beat':
        this.ledBeat = message.beat;
        return;
      case 'looks':
      case 'here':
      case 'followed':
        return this.presence.take(message, Date.now());
      case 'bye':
        this.endedWhy = message.text;
        this.endedBy = message.reason;
    }
  }

  #welcome(seat: string, info: RoomInfo): void {
    const now = Date.now();
    // The next round began while the line was lost: nothing of this one may go there.
    if (this.info !== null && this.info.incidentId !== info.incidentId) {
      this.endedBy = 'next-round';
      this.#connection.close();
      return;
    }
    this.seat = seat;
    this.info = info;
    const dropped = this.isReplay ? 0 : this.outbox.lineOpened(info.incidentId, now);
    if (dropped > 0) {
      const what = dropped === 1 ? 'One thing that you did was' : `${dropped} things that you did were`;
      this.notices.add('warn', `${what} not sent: the round was over before the line was back.`);
    }
    this.presence.lineOpened();
    for (const terminal of this.terminals) terminal.lineOpened(now);
  }

  #frame(frame: WireFrame): void {
    if (!frame.full && (this.view === null || frame.seq !== this.#seq + 1)) {
      // One that we have already is harmless; one too far ahead means that some were lost.
      if (this.view === null || frame.seq > this.#seq) this.#connection.send({ type: 'resync' });
      return;
    }
    if (frame.full) {
      this.#asked.clear();
      // Only a replay goes back: what came after is not known any more.
      if (frame.atMicros < (this.view?.atMicros ?? 0)) {
        this.telemetry.clear();
        this.logs.clear();
      }
      this.epoch++;
    }
    this.#seq = frame.seq;
    const now = Date.now();
    this.#show(frame);
    this.frameAtMs = now;
    this.outbox.shown(frame.atMicros, now);
    if (now - this.#receivedAtMs < RECEIVED_EVERY_MS) return;
    this.#receivedAtMs = now;
    this.#connection.send({ type: 'received', seq: frame.seq });
  }

  #show({ view, telemetry, full, atMicros }: WireFrame): void {
    const { timeline = [] } = view;
    if (full) this.timeline = timeline;
    else if (timeline.length > 0) this.timeline = [...this.timeline, ...timeline];
    for (const { seat, name } of view.seats ?? []) this.#names.set(seat, name);
    this.view = { ...(this.view as IncidentFrame), ...view, atMicros, timeline: [] };
    if (telemetry === null) return this.telemetry.tick(atMicros);
    this.telemetry.apply(telemetry, atMicros, full);
    this.logs.apply(telemetry);
  }

  #tidy(): void {
    const now = Date.now();
    this.outbox.tidy(now);
    this.presence.tidy(now);
    for (const terminal of this.terminals) terminal.tidy(now);
  }
}
