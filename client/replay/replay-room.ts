/**
 * A finished game that behaves as a room does: it welcomes, sends frames, answers questions and lines, all as
 * of the second that is shown. What would change it is refused.
 */
import { answerWireQuery } from '@chaotic-good/engine/incident/answer-wire-query';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { ClientMessage, ServerMessage, WireQuery } from '@chaotic-good/engine/protocol/wire';
import { answerLine } from './console-line.ts';
import { decisionPoints } from './decision-points.ts';
import { IncidentReel } from './incident-reel.ts';
import type { Eyes, ReplayNews, ReplayRequest, ReplaySpeed } from './replay-messages.ts';
import { SeatStream } from './seat-stream.ts';
import { TypedLines } from './typed-lines.ts';

/** Where the seat's lines are shown; the recording does not say in which of its terminals they were typed. */
const TERMINAL = 'terminal-1';
const CLEAR = '\x1bc';
const PROMPT = '$ ';
const TRANSCRIPT_MAX = 60_000;
/** How often the progress of loading is told, simulated seconds. */
const PROGRESS_SECONDS = 10;
const READ_ONLY = 'This is a replay: what happened cannot be changed.';

/** What is loaded. */
type Loaded = { game: ReplayGame; reel: IncidentReel; lines: TypedLines };

/** One replay. Time does not pass by itself: `beat` is called by whoever has a clock. */
export class ReplayRoom {
  readonly #tell: (news: ReplayNews) => void;
  readonly #stream = new SeatStream();
  #loaded: Loaded | null = null;
  #eyes: Eyes = { kind: 'truth' };
  #second = 0;
  #speed: ReplaySpeed = 0;

  constructor(tell: (news: ReplayNews) => void) {
    this.#tell = tell;
  }

  /** Seconds of the incident that shall pass in one second. */
  get speed(): ReplaySpeed {
    return this.#speed;
  }

  /** Does what the page asks for. */
  take(request: ReplayRequest): void {
    switch (request.type) {
      case 'load':
        return this.#load(request);
      case 'seek':
        return this.#show(request.second);
      case 'look':
        this.#eyes = request.eyes;
        this.#welcome();
        return this.#show(this.#second);
      case 'play':
        this.#speed = this.#loaded !== null && this.#second < this.#loaded.reel.endSecond ? request.speed : 0;
        return this.#at();
      case 'say':
        return this.#answer(request.message);
    }
  }

  /** Lets so many seconds of the incident pass. */
  beat(seconds: number): void {
    if (this.#loaded === null || this.#speed === 0) return;
    const { reel } = this.#loaded;
    const before = this.#second;
    this.#second = Math.min(reel.endSecond, before + seconds);
    const frame = this.#stream.next(reel.seek(this.#second), this.#eyes);
    this.#say({ type: 'frame', frame });
    this.#typed(before);
    if (this.#second === reel.endSecond) this.#speed = 0;
    this.#at();
  }

  #load({ game, prehistory, eyes, second }: Extract<ReplayRequest, { type: 'load' }>): void {
    const reel = new IncidentReel(game, prehistory);
    const lines = new TypedLines();
    const { endSecond } = reel;
    for (const reached of reel.wind((record, incident) => lines.take(record, incident))) {
      if (reached % PROGRESS_SECONDS === 0) this.#tell({ type: 'progress', second: reached, endSecond });
    }
    this.#loaded = { game, reel, lines };
    this.#eyes = eyes;
    this.#tell({ type: 'ready', endSecond, points: decisionPoints(reel.incident.state.events, game.seats) });
    this.#welcome();
    this.#show(second);
  }

  #welcome(): void {
    if (this.#loaded === null) return;
    const seat = this.#eyes.kind === 'seat' ? this.#eyes.seat : '';
    this.#say({ type: 'welcome', seat, room: this.#loaded.game.room });
  }

  /** Shows a second from scratch. */
  #show(second: number): void {
    if (this.#loaded === null) return;
    const { reel } = this.#loaded;
    this.#second = Math.min(reel.endSecond, Math.max(0, Math.floor(second)));
    if (this.#second === reel.endSecond) this.#speed = 0;
    this.#say({ type: 'frame', frame: this.#stream.whole(reel.seek(this.#second), this.#eyes) });
    this.#print(CLEAR);
    this.#typed(-1);
    this.#at();
  }

  /** Prints what the seat ran after one second and up to the one that is shown. */
  #typed(afterSecond: number): void {
    if (this.#loaded === null) return;
    const { lines } = this.#loaded;
    const seat = this.#eyes.kind === 'seat' ? this.#eyes.seat : '';
    const ran = lines.of(seat, afterSecond * 1_000_000, this.#second * 1_000_000);
    if (ran.length === 0 && afterSecond >= 0) return;
    const text = ran.map(({ line, output }) => `${PROMPT}${line}\n${output}`).join('');
    this.#print(text.slice(-TRANSCRIPT_MAX));
    this.#say({ type: 'prompt', terminal: TERMINAL, lineId: '', exitCode: 0, prompt: PROMPT });
  }

  #print(text: string): void {
    this.#say({ type: 'output', terminal: TERMINAL, lineId: '', stream: 'stdout', text });
  }

  #answer(message: ClientMessage): void {
    switch (message.type) {
      case 'query':
        return this.#query(message.requestId, message.query);
      case 'line':
        return this.#line(message.terminal, message.lineId, message.line);
      case 'complete':
        return this.#say({ type: 'completions', requestId: message.requestId, from: 0, items: [] });
      case 'command': {
        const rejection = { code: 'closed', sentence: READ_ONLY } as const;
        return this.#say({ type: 'refused', commandId: message.commandId, rejection });
      }
      case 'resync':
        return this.#show(this.#second);
      default:
    }
  }

  #query(requestId: string, query: WireQuery): void {
    if (this.#loaded === null || query.kind === 'debrief') {
      const text = 'The debrief has a page of its own.';
      return this.#say({ type: 'answer', requestId, ok: false, message: text });
    }
    const { reel } = this.#loaded;
    const { answer } = answerWireQuery(reel.incident, this.#context(reel), query);
    this.#say({ type: 'answer', requestId, ok: true, answer });
  }

  #line(terminal: string, lineId: string, line: string): void {
    if (this.#loaded === null) return;
    const { reel } = this.#loaded;
    const { stdout, stderr, exitCode } = answerLine(reel.incident, this.#context(reel).seat, line);
    const output = { type: 'output', terminal, lineId } as const;
    if (stdout !== '') this.#say({ ...output, stream: 'stdout', text: stdout });
    if (stderr !== '') this.#say({ ...output, stream: 'stderr', text: stderr });
    this.#say({ type: 'prompt', terminal, lineId, exitCode, prompt: PROMPT });
  }

  #context({ incident }: IncidentReel): { seat: string; namespace: string } {
    const seat = this.#eyes.kind === 'seat' ? this.#eyes.seat : '';
    return { seat, namespace: incident.setup.scenario.namespace };
  }

  #at(): void {
    this.#tell({ type: 'at', second: this.#second, speed: this.#speed });
  }

  #say(message: ServerMessage): void {
    this.#tell({ type: 'room', message });
  }
}
