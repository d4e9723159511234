/**
 * A player without a browser: takes a seat through the API, joins over a real socket, sends commands and
 * lines with ids of its own, and keeps what it was told. Like the client it sends again whatever was not
 * answered.
 */
import { Client } from '@colyseus/sdk';
import type { Room } from '@colyseus/sdk';
import type { Acknowledgement } from '@chaotic-good/engine/protocol/acknowledgement';
import type { Command, SeatKind } from '@chaotic-good/engine/protocol/commands';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { GameRules } from '@chaotic-good/engine/protocol/game-rules';
import type { Rejection } from '@chaotic-good/engine/protocol/rejection';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { ClientMessage, RoomInfo, ServerMessage, WireFrame } from '@chaotic-good/engine/protocol/wire';
import { createFrameReader } from '@chaotic-good/engine/wire/frame-message';
import type { FrameReader } from '@chaotic-good/engine/wire/frame-message';
import { readSeatMessage } from '@chaotic-good/engine/wire/seat-message';
import { FrameBook } from './frame-book.ts';

const WIRE = 'wire';
const TERMINAL = 'main';
const RECEIVED_EVERY_MS = 1000;
const PATIENCE_MS = 60_000;
const JOIN_MS = 15_000;

/** What a line printed. */
export type TypedLine = { stdout: string; stderr: string; exitCode: number };

/** A line with what became of it. */
export type KeptLine = TypedLine & { line: string; ended: boolean };

/** What came of a command: an acknowledgement, or a refusal that was never recorded. */
export type CommandAnswer = { ack: Acknowledgement } | { refused: Rejection };

type Waiting = { check: () => boolean; resolve: () => void };

/** A player. */
export class TestPlayer {
  readonly name: string;
  /** As what a seat is taken. */
  kind: SeatKind = 'player';
  readonly frames = new FrameBook();
  /** Acknowledgements by command id; the same id must always get the same one. */
  readonly acks = new Map<string, Acknowledgement>();
  /** Commands that nobody has answered yet, oldest first. */
  readonly outbox = new Map<string, Command>();
  /** Lines that were typed, by id. */
  readonly lines = new Map<string, KeptLine>();
  /** Commands that were refused without being recorded. */
  readonly refusals = new Map<string, Rejection>();
  /** What the room said about itself. */
  readonly notices: string[] = [];
  /** Reason of a farewell, '' before one. */
  farewell = '';
  /** What must not have happened, in words. */
  readonly faults: string[] = [];
  /** Hears every frame after it has been taken in. */
  onFrame: (frame: WireFrame) => void = () => undefined;
  /** Hears every message as it comes. */
  onMessage: (message: ServerMessage) => void = () => undefined;
  seat = '';
  code = '';
  /** Id of the incident that is played in the room. */
  incidentId = '';
  room: RoomInfo | null = null;
  cookie = '';
  #origin = '';
  #line: Room | null = null;
  #answers = new Map<string, Extract<ServerMessage, { type: 'answer' }>>();
  #waiting = new Set<Waiting>();
  #receiver: NodeJS.Timeout | undefined;
  #lastId = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Whether a connection stands. */
  get isConnected(): boolean {
    return this.#line !== null;
  }

  /** What the player sees. */
  get view(): Partial<IncidentFrame> {
    return this.frames.view;
  }

  /** Opens a room; answers with its code. Without rules it is practice without calm. */
  static async openRoom(origin: string, scenario: string, seed?: string, rules?: GameRules): Promise<string> {
    const response = await fetch(`${origin}/api/rooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario, seed, rules }),
    });
    const { code, sentence } = (await response.json()) as { code?: string; sentence?: string };
    if (code === undefined) throw new Error(`no room was opened: ${sentence}`);
    return code;
  }

  /** Takes the seat, or finds it again, and gets a ticket for it. */
  async takeSeat(origin: string, code: string): Promise<string> {
    const response = await fetch(`${origin}/api/rooms/${code}/seats`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.cookie === '' ? {} : { cookie: this.cookie }) },
      body: JSON.stringify({ name: this.name, kind: this.kind }),
      signal: AbortSignal.timeout(JOIN_MS),
    });
    const body = (await response.json()) as {
      seat?: string;
      ticket?: string;
      roomId?: string;
      sentence?: string;
    };
    if (body.seat === undefined || body.ticket === undefined) {
      throw new Error(`${this.name} got no seat: ${response.status} ${body.sentence}`);
    }
    if (this.seat !== '' && this.code === code && this.seat !== body.seat) {
      this.faults.push(`came back to another seat, ${body.seat} in place of ${this.seat}`);
    }
    this.cookie = (response.headers.get('set-cookie') ?? this.cookie).split(';')[0];
    this.seat = body.seat;
    this.code = code;
    this.incidentId = body.roomId ?? code;
    return body.ticket;
  }

  /** Joins, or comes back; what was not answered goes again. */
  async join(origin: string, code: string): Promise<void> {
    this.#origin = origin;
    const ticket = await this.takeSeat(origin, code);
    const client = new Client(origin, { headers: { cookie: this.cookie } });
    const line = await client.joinById(this.incidentId, { ticket });
    line.reconnection.enabled = false;
    this.frames.begin();
    this.#line = line;
    const reader = createFrameReader();
    line.onMessage(WIRE, (payload: string | Uint8Array) => {
      if (this.#line !== line) return;
      if (typeof payload === 'string') this.#hear(JSON.parse(payload) as ServerMessage);
      else this.#hearBytes(reader, payload);
    });
    line.onError(() => undefined);
    line.onLeave(() => {
      if (this.#line === line) this.#lost();
    });
    this.#receiver = setInterval(() => this.#receive(), RECEIVED_EVERY_MS);
    await this.until(() => this.frames.seq > 0 || this.#line !== line, 'the first frame');
    if (this.#line !== line) throw new Error(`${this.name} lost the line while joining`);
    for (const [commandId, command] of this.outbox) this.say({ type: 'command', commandId, command });
    for (const [lineId, { line: text, ended }] of this.lines) {
      if (!ended) this.say({ type: 'line', terminal: TERMINAL, lineId, line: text });
    }
  }

  /** Comes back to the same room. */
  async comeBack(origin: string = this.#origin): Promise<void> {
    await this.join(origin, this.code);
  }

  /** Says anything at all. */
  say(message: ClientMessage): void {
    this.sayText(JSON.stringify(message));
  }

  /** Says a text that may be no message. */
  sayText(text: string): void {
    try {
      this.#line?.send(WIRE, text);
    } catch {
      // The line has just been lost; what matters is in the outbox.
    }
  }

  /** Sends a frame of these bytes past everything that the SDK would make of them. */
  sayBytes(bytes: Uint8Array): void {
    this.#line?.connection.send(bytes);
  }

  /** Loses the connection without a word, as a phone in a tunnel does. */
  cutOff(): void {
    this.#line?.connection.close();
  }

  /** Says something of another type than the room knows. */
  sayOdd(type: string | number, payload: unknown): void {
    this.#line?.send(type, payload);
  }

  /** Sends a command without waiting; answers with its id. */
  send(command: Command): string {
    const commandId = `${this.name.toLowerCase()}-${++this.#lastId}`;
    this.outbox.set(commandId, command);
    this.say({ type: 'command', commandId, command });
    return commandId;
  }

  /** Sends a command and waits for its answer. */
  async command(command: Command): Promise<CommandAnswer> {
    const commandId = this.send(command);
    await this.until(() => !this.outbox.has(commandId), `the answer to ${command.type}`);
    const ack = this.acks.get(commandId);
    return ack === undefined ? { refused: this.refusals.get(commandId) as Rejection } : { ack };
  }

  /** Does something that is allowed. */
  async perform(command: Command): Promise<Acknowledgement> {
    const answer = await this.command(command);
    const problem = 'refused' in answer ? answer.refused : answer.ack.outcome;
    if ('ack' in answer && answer.ack.outcome.ok) return answer.ack;
    throw new Error(`${this.name} may not ${command.type}: ${JSON.stringify(problem)}`);
  }

  /** Types a line without waiting for its end; answers with its id. */
  startLine(line: string): string {
    const lineId = `${this.name.toLowerCase()}-line-${++this.#lastId}`;
    this.lines.set(lineId, { line, stdout: '', stderr: '', exitCode: -1, ended: false });
    this.say({ type: 'line', terminal: TERMINAL, lineId, line });
    return lineId;
  }

  /** Types a line and waits for the prompt. */
  async type(line: string): Promise<TypedLine> {
    const lineId = this.startLine(line);
    const typed = this.lines.get(lineId);
    await this.until(() => typed?.ended ?? false, `the end of: ${line}`);
    const { stdout = '', stderr = '', exitCode = -1 } = typed ?? {};
    return { stdout, stderr, exitCode };
  }

  /** Asks for the debrief until it is there. */
  async debrief(): Promise<Debrief> {
    for (;;) {
      const requestId = `debrief-${++this.#lastId}`;
      this.say({ type: 'query', requestId, query: { kind: 'debrief' } });
      await this.until(() => this.#answers.has(requestId), 'an answer about the debrief');
      const answer = this.#answers.get(requestId);
      if (answer?.ok && answer.answer.kind === 'debrief') return answer.answer.debrief;
      await this.until(() => this.notices.includes('The debrief is ready.'), 'the debrief');
    }
  }

  /** Waits until something is so; looked at after every message and when the line is lost. */
  async until(check: () => boolean, what: string, patienceMs = PATIENCE_MS): Promise<void> {
    if (check()) return;
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = { check, resolve: () => (clearTimeout(timer), resolve()) };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(new Error(`${this.name} waited ${patienceMs} ms for ${what}`));
      }, patienceMs);
      this.#waiting.add(waiting);
    });
  }

  /** Hangs up. */
  async leave(): Promise<void> {
    const line = this.#line;
    this.#lost();
    await line?.leave(true).catch(() => undefined);
  }

  #receive(): void {
    if (this.frames.seq > 0) this.say({ type: 'received', seq: this.frames.seq });
  }

  #lost(): void {
    clearInterval(this.#receiver);
    this.#line = null;
    this.#look();
  }

  #hear(message: ServerMessage): void {
    this.onMessage(message);
    if (message.type === 'frame') this.#show(message.frame);
    else if (message.type === 'welcome') this.#welcome(message.room, message.seat);
    else if (message.type === 'ack') this.#acked(message.ack);
    else if (message.type === 'refused') this.#refused(message.commandId, message.rejection);
    else if (message.type === 'output') this.#print(message.lineId, message.stream, message.text);
    else if (message.type === 'prompt') this.#prompt(message.lineId, message.exitCode);
    else if (message.type === 'notice') this.notices.push(message.text);
    else if (message.type === 'answer') this.#answers.set(message.requestId, message);
    else if (message.type === 'bye') this.farewell = message.reason;
    this.#look();
  }

  #show(frame: WireFrame): void {
    this.frames.take(frame);
    this.onFrame(frame);
  }

  #hearBytes(reader: FrameReader, bytes: Uint8Array): void {
    try {
      this.#hear(readSeatMessage(reader, bytes));
    } catch (error) {
      this.frames.faults.push((error as Error).message);
      this.say({ type: 'resync' });
    }
  }

  #welcome(room: RoomInfo, seat: string): void {
    this.room = room;
    if (seat !== this.seat) this.faults.push(`welcomed as ${seat}, but has ${this.seat}`);
  }

  #acked(ack: Acknowledgement): void {
    const before = this.acks.get(ack.commandId);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(ack)) {
      this.faults.push(`${ack.commandId} was acknowledged in two ways`);
    }
    this.acks.set(ack.commandId, ack);
    this.outbox.delete(ack.commandId);
  }

  #refused(commandId: string, rejection: Rejection): void {
    if (this.acks.has(commandId)) this.faults.push(`${commandId} was acknowledged and then refused`);
    this.refusals.set(commandId, rejection);
    this.outbox.delete(commandId);
  }

  #print(lineId: string, stream: 'stdout' | 'stderr', text: string): void {
    const typed = this.lines.get(lineId);
    if (typed !== undefined) typed[stream] += text;
  }

  #prompt(lineId: string, exitCode: number): void {
    const typed = this.lines.get(lineId);
    if (typed !== undefined) Object.assign(typed, { exitCode, ended: true });
  }

  #look(): void {
    for (const waiting of [...this.#waiting]) {
      if (!waiting.check()) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}
