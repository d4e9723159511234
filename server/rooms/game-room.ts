/**
 * A room: the seats that are connected to one incident, and what they say. Carries commands in and frames
 * out; every rule is in the engine, everything kept is in the journal.
 */
import { randomUUID } from 'node:crypto';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { SeatView } from '@chaotic-good/engine/protocol/views';
import type {
  ByeReason,
  ClientMessage,
  RoomInfo,
  ServerMessage,
  WireQuery,
} from '@chaotic-good/engine/protocol/wire';
import type { HostNews, IncidentHost, SubmitAnswer } from '../incidents/incident-host.ts';
import { SeatTerminals, userName } from '../terminals/seat-terminals.ts';
import type { TerminalPool } from '../terminals/terminal-pool.ts';
import { RoomClock } from './room-clock.ts';
import { readClientMessage } from './read-client-message.ts';
import { RoomPresence } from './room-presence.ts';
import { SeatConnection } from './seat-connection.ts';
import { TokenBucket } from './token-bucket.ts';
import { CLOSE_COME_BACK, CLOSE_FINAL, CLOSE_MISBEHAVED } from './transport.ts';
import type { Line, RoomDesk } from './transport.ts';

/** Somebody who is gone for so long is away; a reload is shorter, milliseconds. */
const AWAY_AFTER_MS = 3000;
const SLOW_LOOK_MS = 250;
/** Messages that make no sense, before the connection is ended. */
const NONSENSE_MAX = 20;

/** What a room needs. */
export type GameRoomOptions = {
  host: IncidentHost;
  pool: TerminalPool;
  room: RoomInfo;
  /** The debrief of this game, when it is there. */
  debrief: () => Promise<Debrief | undefined>;
  /** Told when the host moves everybody's debrief to a step. */
  onBeat: (beat: number) => void;
};

/** A connected seat and what it may still do. */
type Seated = {
  connection: SeatConnection;
  commands: TokenBucket;
  questions: TokenBucket;
  nonsense: number;
};

/** Says goodbye to somebody whose seat the host has taken away; their session gets no seat here again. */
export const REMOVED = 'The host removed you from this room. What you did here stays in its record.';
const TOO_MANY = 'Too many at once. Wait a moment and do it again.';

/** A room of people. */
export class GameRoom implements RoomDesk {
  readonly room: RoomInfo;
  readonly #options: GameRoomOptions;
  readonly #seated = new Map<string, Seated>();
  readonly #terminals = new Map<string, SeatTerminals>();
  readonly #away = new Map<string, NodeJS.Timeout>();
  readonly #clock: RoomClock;
  readonly #presence = new RoomPresence({
    connections: () => [...this.#seated.values()].map(({ connection }) => connection),
    seatNow: (seat) => this.#seatNow(seat),
  });
  readonly #slowWatch: NodeJS.Timeout;
  /** Step of the debrief to which the host has moved everybody; 0 before. */
  #beat = 0;
  /** When the last connection went, or the room was opened; null while somebody is there. */
  #emptySinceMs: number | null = performance.now();
  /** The newest bad news, for whoever joins later; '' when all is well. */
  #trouble = '';

  constructor(options: GameRoomOptions) {
    this.#options = options;
    this.room = options.room;
    this.#clock = new RoomClock(options.room.startedAtUnixMs);
    this.#slowWatch = setInterval(() => this.#lookAfterSlow(), SLOW_LOOK_MS);
  }

  /** For how long nobody has been connected, milliseconds; 0 while somebody is. */
  get emptyMs(): number {
    return this.#emptySinceMs === null ? 0 : performance.now() - this.#emptySinceMs;
  }

  async join(line: Line, seat: string): Promise<void> {
    const { host, room } = this.#options;
    const { seats, removed, trouble } = await host.query(room.incidentId, seat, { kind: 'summary' });
    const known = seats.find((one) => one.seat === seat);
    if (known === undefined) {
      const why = removed.includes(seat) ? REMOVED : 'You have no seat in this room. Join it again.';
      return this.#bye(line, 'removed', why);
    }
    // Somebody who is gone again already would stay for ever: nobody would tell that they leave.
    if (!line.isOpen) return;
    this.#replace(seat);
    const connection = new SeatConnection(line, seat);
    this.#seated.set(seat, {
      connection,
      commands: new TokenBucket(30, 10),
      questions: new TokenBucket(60, 20),
      nonsense: 0,
    });
    this.#emptySinceMs = null;
    clearTimeout(this.#away.get(seat));
    this.#away.delete(seat);
    connection.say({ type: 'welcome', seat, room });
    for (const text of [trouble, this.#trouble]) {
      if (text !== '') connection.say({ type: 'notice', level: 'bad', text });
    }
    if (this.#beat > 0) connection.say({ type: 'beat', beat: this.#beat });
    this.#presence.came(connection, known.kind);
    connection.follow((listener) => host.subscribe(room.incidentId, { kind: 'seat', seat }, listener));
    if (!known.connected) this.#asSystem({ type: 'Connected', seat });
  }

  hear(line: Line, payload: unknown): void {
    const seated = this.#of(line);
    if (seated === undefined) return;
    const read = readClientMessage(payload);
    if (read.ok) {
      this.#act(seated, read.message);
      return;
    }
    const { commandId, sentence } = read;
    const rejection = { code: 'not-understood' as const, sentence };
    if (commandId !== '') seated.connection.say({ type: 'refused', commandId, rejection });
    else seated.connection.say({ type: 'notice', level: 'warn', text: sentence });
    if (++seated.nonsense >= NONSENSE_MAX) line.end(CLOSE_MISBEHAVED, 'Too many messages made no sense.');
  }

  leave(line: Line): void {
    const seated = this.#of(line);
    if (seated === undefined) return;
    const { seat } = seated.connection;
    seated.connection.end();
    this.#seated.delete(seat);
    this.#presence.gone(seat);
    if (this.#seated.size === 0) this.#emptySinceMs = performance.now();
    const away = setTimeout(() => {
      this.#away.delete(seat);
      this.#asSystem({ type: 'Disconnected', seat });
    }, AWAY_AFTER_MS);
    this.#away.set(seat, away);
  }

  /** Hangs up on whoever sits there: the seat goes on on another device. */
  handOver(seat: string): void {
    const seated = this.#seated.get(seat);
    if (seated === undefined) return;
    const { line } = seated.connection;
    this.leave(line);
    this.#bye(line, 'replaced', 'You continued on another device.');
  }

  /** Tells everybody what the host said. */
  news(news: HostNews): void {
    if (news.type === 'notice') {
      const { level, text } = news;
      this.#trouble = level === 'bad' ? text : '';
      this.#sayToAll({ type: 'notice', level, text });
    } else if (news.type === 'clock') {
      this.#clock.set(news.atMicros, news.rate);
      for (const terminals of this.#terminals.values()) terminals.setClock(this.#clock.now());
    } else if (news.type === 'debriefed') {
      this.#sayToAll({ type: 'notice', level: 'info', text: 'The debrief is ready.' });
    }
  }

  /** Sends everybody to the next round of the room. */
  moveOn(): void {
    for (const { connection } of [...this.#seated.values()]) {
      const { line } = connection;
      this.leave(line);
      this.#bye(line, 'next-round', 'The next round begins.');
    }
  }

  /** Ends the room: for good, or because the server goes away for a moment. */
  close(isFinal: boolean): void {
    clearInterval(this.#slowWatch);
    for (const away of this.#away.values()) clearTimeout(away);
    for (const { connection } of this.#seated.values()) {
      connection.end();
      if (isFinal) this.#bye(connection.line, 'room-closed', 'This room is closed.');
      else connection.line.end(CLOSE_COME_BACK, 'The server restarts; come back in a moment.');
    }
    this.#seated.clear();
    this.#presence.close();
    for (const terminals of this.#terminals.values()) terminals.close();
    this.#terminals.clear();
  }

  #act(seated: Seated, message: ClientMessage): void {
    const { connection } = seated;
    switch (message.type) {
      case 'command':
        void this.#command(seated, message.commandId, message.command);
        return;
      case 'line':
        if (seated.commands.take()) {
          void this.#terminalsOf(connection.seat).then((terminals) =>
            terminals?.line(message.terminal, message.lineId, message.line),
          );
        } else this.#refuseLine(connection, message);
        return;
      case 'interrupt':
        this.#presence.interrupted(connection.seat, message.terminal);
        this.#terminals.get(connection.seat)?.interrupt(message.terminal);
        return;
      case 'complete':
        void this.#complete(seated, message);
        return;
      case 'received':
        connection.received = Math.max(connection.received, message.seq);
        return;
      case 'resync':
        if (seated.questions.take()) connection.resync();
        return;
      case 'beat':
        if (seated.questions.take()) void this.#leadDebrief(connection.seat, message.beat);
        return;
      case 'query':
        void this.#answer(seated, message.requestId, message.query);
        return;
      default:
        // Not counted: the last look of many must be known, and what goes out is gathered.
        this.#presence.hear(connection, message);
    }
  }

  async #command({ connection, commands }: Seated, commandId: string, command: Command): Promise<void> {
    const { seat } = connection;
    if (!commands.take()) {
      return connection.say({
        type: 'refused',
        commandId,
        rejection: { code: 'not-ready', sentence: TOO_MANY },
      });
    }
    // Ids are unique in the incident, so each seat's live in a space of their own.
    const envelope = { commandId: `${seat}/${commandId}`, seat, command };
    let answer: SubmitAnswer;
    try {
      answer = await this.#options.host.submit(this.room.incidentId, envelope);
    } catch {
      // Not answered: the client keeps it and sends it again.
      const text = 'The server is in trouble; what you sent is kept and tried again.';
      return connection.say({ type: 'notice', level: 'bad', text });
    }
    if (answer.kind === 'refused') {
      return connection.say({ type: 'refused', commandId, rejection: answer.rejection });
    }
    connection.say({ type: 'ack', ack: { ...answer.ack, commandId } });
    if (command.type === 'RemoveSeat' && answer.ack.outcome.ok) this.#remove(command.seat, REMOVED);
    if (command.type === 'LeaveSeat' && answer.ack.outcome.ok)
      this.#remove(seat, 'You gave up your seat in this room.');
  }

  async #complete(
    { connection, questions }: Seated,
    { requestId, line, cursor }: Extract<ClientMessage, { type: 'complete' }>,
  ): Promise<void> {
    const none = { from: cursor, items: [] };
    const terminals = await this.#terminalsOf(connection.seat);
    const found = questions.take() ? await terminals?.complete(line, cursor).catch(() => none) : none;
    connection.say({ type: 'completions', requestId, ...(found ?? none) });
  }

  async #answer({ connection, questions }: Seated, requestId: string, query: WireQuery): Promise<void> {
    const fail = (message: string) => connection.say({ type: 'answer', requestId, ok: false, message });
    if (!questions.take()) return fail(TOO_MANY);
    try {
      if (query.kind === 'debrief') {
        const debrief = await this.#options.debrief();
        if (debrief === undefined) return fail('The debrief is not ready yet. It is being computed.');
        return connection.say({ type: 'answer', requestId, ok: true, answer: { kind: 'debrief', debrief } });
      }
      const { host } = this.#options;
      const answer = await host.query(this.room.incidentId, connection.seat, { kind: 'wire', query });
      connection.say({ type: 'answer', requestId, ok: true, answer });
    } catch (error) {
      process.stderr.write(`room ${this.room.code}: ${(error as Error).message}\n`);
      fail('This could not be answered. Try again.');
    }
  }

  /** The host shows the debrief to all. It changes nothing, so nobody records it; others are not heard. */
  async #leadDebrief(seat: string, beat: number): Promise<void> {
    const { host, room } = this.#options;
    const known = await host.query(room.incidentId, seat, { kind: 'summary' }).catch(() => null);
    const leads = known?.seats.some((one) => one.seat === seat && one.host) ?? false;
    if (!leads || !known?.revealed) return;
    this.#beat = beat;
    this.#options.onBeat(beat);
    // The host is there already, and perhaps further by now.
    for (const { connection } of this.#seated.values()) {
      if (connection.seat !== seat) connection.say({ type: 'beat', beat });
    }
  }

  async #seatNow(seat: string): Promise<SeatView | undefined> {
    const { seats } = await this.#options.host.query(this.room.incidentId, seat, { kind: 'summary' });
    return seats.find((one) => one.seat === seat);
  }

  /** The terminals of a seat outlive its connections; null when there is no such seat any more. */
  async #terminalsOf(seat: string): Promise<SeatTerminals | null> {
    const known = this.#terminals.get(seat);
    if (known !== undefined) return known;
    const { host, pool, room } = this.#options;
    const { seats, atMicros, rate } = await host.query(room.incidentId, seat, { kind: 'summary' });
    const owner = seats.find((one) => one.seat === seat);
    if (owner === undefined) return null;
    this.#clock.set(atMicros, rate);
    const terminals = new SeatTerminals({
      host,
      pool,
      incidentId: room.incidentId,
      seat,
      user: userName(owner.name),
      clock: () => this.#clock.now(),
      say: (message) => this.#fromTerminal(seat, message),
      onLine: (terminal, prompt, line) => this.#presence.begins(seat, terminal, prompt, line),
    });
    // Another line of this seat may have been quicker.
    const first = this.#terminals.get(seat) ?? terminals;
    this.#terminals.set(seat, first);
    return first;
  }

  #fromTerminal(seat: string, message: ServerMessage): void {
    this.#seated.get(seat)?.connection.say(message);
    this.#presence.said(seat, message);
  }

  #refuseLine(connection: SeatConnection, { terminal, lineId }: { terminal: string; lineId: string }): void {
    connection.say({ type: 'output', terminal, lineId, stream: 'stderr', text: `${TOO_MANY}\n` });
    connection.say({ type: 'prompt', terminal, lineId, exitCode: 1, prompt: '$ ' });
  }

  /** A second connection of a seat closes the first. */
  #replace(seat: string): void {
    const before = this.#seated.get(seat);
    if (before === undefined) return;
    this.#seated.delete(seat);
    before.connection.end();
    this.#bye(before.connection.line, 'replaced', 'You opened this room somewhere else.');
  }

  /** A seat is gone for good, whether or not somebody is connected to it. */
  #remove(seat: string, why: string): void {
    clearTimeout(this.#away.get(seat));
    this.#away.delete(seat);
    this.#terminals.get(seat)?.close();
    this.#terminals.delete(seat);
    this.#presence.forget(seat);
    const seated = this.#seated.get(seat);
    if (seated === undefined) return;
    this.#seated.delete(seat);
    seated.connection.end();
    if (this.#seated.size === 0) this.#emptySinceMs = performance.now();
    this.#bye(seated.connection.line, 'removed', why);
  }

  #bye(line: Line, reason: ByeReason, text: string): void {
    line.say(JSON.stringify({ type: 'bye', reason, text } satisfies ServerMessage));
    line.end(CLOSE_FINAL, text);
  }

  #asSystem(command: Command): void {
    const envelope = { commandId: `system-room-${randomUUID()}`, seat: SYSTEM_SEAT, command };
    void this.#options.host.submit(this.room.incidentId, envelope).catch(() => undefined);
  }

  #sayToAll(message: ServerMessage): void {
    for (const { connection } of this.#seated.values()) connection.say(message);
  }

  #lookAfterSlow(): void {
    const nowMs = performance.now();
    for (const { connection } of [...this.#seated.values()]) {
      if (!connection.look(nowMs)) this.leave(connection.line);
    }
  }

  #of(line: Line): Seated | undefined {
    for (const seated of this.#seated.values()) if (seated.connection.line === line) return seated;
    return undefined;
  }
}
