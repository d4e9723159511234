/** The line of a recording: says again what a room said to one seat, and answers from what was kept. */
import type { ClientMessage, ServerMessage, WireAnswer, WireQuery } from '@chaotic-good/engine/protocol/wire';
import type { Connection, ConnectionListener } from './connection.ts';
import type { Recording } from './recording.ts';

/** How a recording is played. */
export type ReplayOptions = {
  /** Said at once up to this second of the incident. */
  fromSecond: number;
  /** Seconds of the recording per second; 0 stands still at `fromSecond`. */
  speed: number;
};

const BEAT_MS = 200;

/** A line that nobody is at the other end of. */
export class ReplayedConnection implements Connection {
  #load: () => Promise<Recording>;
  #recording: Recording = { messages: [], series: [], logs: [], facts: [], debrief: null };
  #options: ReplayOptions;
  #listener: ConnectionListener | null = null;
  #next = 0;
  #second: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #acked = 0;

  constructor(load: () => Promise<Recording>, options: ReplayOptions) {
    this.#load = load;
    this.#options = options;
    this.#second = options.fromSecond;
  }

  open(listener: ConnectionListener): void {
    this.#listener = listener;
    listener.onLineState('connecting', '');
    void this.#load().then((recording) => {
      this.#recording = recording;
      this.#listener?.onLineState('open', '');
      this.#sayUpTo(this.#second);
      this.#timer = setInterval(() => this.#advance(), BEAT_MS);
    });
  }

  send(message: ClientMessage): boolean {
    setTimeout(() => this.#answer(message), 30);
    return true;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listener = null;
  }

  #advance(): void {
    this.#listener?.onHeard();
    this.#second += (BEAT_MS / 1000) * this.#options.speed;
    this.#sayUpTo(this.#second);
  }

  #sayUpTo(second: number): void {
    const { messages } = this.#recording;
    while (this.#next < messages.length && messages[this.#next].atSecond <= second) {
      this.#say(messages[this.#next++].message);
    }
  }

  #say(message: ServerMessage): void {
    this.#listener?.onHeard();
    this.#listener?.onMessage(message);
  }

  #answer(message: ClientMessage): void {
    switch (message.type) {
      case 'query': {
        const { requestId, query } = message;
        const answer = this.#look(query);
        if (answer === null) {
          return this.#say({ type: 'answer', requestId, ok: false, message: 'Not in this recording.' });
        }
        return this.#say({ type: 'answer', requestId, ok: true, answer });
      }
      case 'command': {
        const atMicros = Math.max(0, Math.floor(this.#second * 1e6));
        const outcome = { ok: true, output: null } as const;
        const ack = { commandId: message.commandId, seq: ++this.#acked, atMicros, outcome };
        return this.#say({ type: 'ack', ack });
      }
      case 'here':
        return this.#say({ ...message, seat: 'seat-1' });
      case 'follow':
        return this.#say({
          type: 'followed',
          seat: message.seat,
          text: this.#shownBy(message.seat),
          fresh: true,
        });
      case 'complete': {
        const { requestId } = message;
        return this.#say({ type: 'completions', requestId, from: 0, items: completions(message.line) });
      }
      case 'line': {
        const { terminal, lineId } = message;
        const text = 'This is a recording: the line was not run.\n';
        if (message.line.trim() !== '') {
          this.#say({ type: 'output', terminal, lineId, stream: 'stderr', text });
        }
        return this.#say({ type: 'prompt', terminal, lineId, exitCode: 0, prompt: 'ana@polls:~$ ' });
      }
      default:
    }
  }

  #look(query: WireQuery): WireAnswer | null {
    const { series, logs, debrief } = this.#recording;
    const now = this.#second * 1e6;
    if (query.kind === 'catalogue') return { kind: 'catalogue', series: [] };
    if (query.kind === 'debrief') return debrief && { kind: 'debrief', debrief };
    if (query.kind === 'chart') return { kind: 'chart' };
    if (query.kind === 'facts') return { kind: 'facts', facts: this.#factsOf(query.thing) };
    if (query.kind === 'logs') {
      const { limit, toMicros } = query.search;
      const lines = logs.filter(({ atMicros }) => atMicros <= Math.min(now, toMicros)).slice(-limit);
      return { kind: 'logs', found: { lines, more: false, lost: 0 } };
    }
    const found = series.filter(({ name }) => name === query.name);
    return { kind: 'series', series: found.map((points) => upTo(points, Math.min(now, query.toMicros))) };
  }

  /** What the terminals of a seat have shown up to now. */
  #shownBy(seat: string): string {
    const shown = this.#recording.messages.filter(({ atSecond }) => atSecond <= this.#second);
    return shown
      .map(({ message }) => (message.type === 'followed' && message.seat === seat ? message.text : ''))
      .join('');
  }

  /** The newest that was kept up to now. */
  #factsOf(thing: string): Recording['facts'][number]['facts'] | null {
    const known = this.#recording.facts.filter(({ facts }) => facts.id === thing);
    return known.findLast(({ atSecond }) => atSecond <= this.#second)?.facts ?? null;
  }
}

/** The lines that a recording knows. */
function completions(line: string): string[] {
  const known = ['kubectl get pods', 'kubectl get nodes', 'kubectl describe pod', 'kubectl logs'];
  return known.filter((one) => one.startsWith(line));
}

function upTo(points: Recording['series'][number], toMicros: number): Recording['series'][number] {
  const count = points.atMicros.findLastIndex((atMicros) => atMicros <= toMicros) + 1;
  return { ...points, atMicros: points.atMicros.slice(0, count), values: points.values.slice(0, count) };
}
