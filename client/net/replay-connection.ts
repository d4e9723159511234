/** The line of a replay: fetches a finished game, and speaks to the worker that plays it again. */
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { ClientMessage } from '@chaotic-good/engine/protocol/wire';
import type { Eyes, ReplayNews, ReplayRequest } from '../replay/replay-messages.ts';
import type { Connection, ConnectionListener } from './connection.ts';

/** Where a finished game comes from. */
export type ReplaySource = {
  /** Everything but the prehistory. */
  inputs: (id: string) => Promise<ReplayGame>;
  /** What was normal before it, as the engine encodes it. */
  prehistory: (id: string) => Promise<Uint8Array<ArrayBuffer>>;
};

/** Where a replay begins, and who hears of it. */
export type ReplayStart = {
  /** Id of the game. */
  id: string;
  /** First second that is shown. */
  second: number;
  /** Whose eyes it looks with, once the game is known. */
  eyesIn: (game: ReplayGame) => Eyes;
  /** Hears everything that is not said by the room. */
  hear: (news: Exclude<ReplayNews, { type: 'room' }>) => void;
};

/** A line into the past. */
export class ReplayConnection implements Connection {
  readonly #source: ReplaySource;
  readonly #start: ReplayStart;
  #worker: Worker | null = null;
  #listener: ConnectionListener | null = null;

  constructor(source: ReplaySource, start: ReplayStart) {
    this.#source = source;
    this.#start = start;
  }

  open(listener: ConnectionListener): void {
    this.#listener = listener;
    listener.onLineState('connecting', '');
    void this.#load().catch((error: unknown) => this.#failed(error));
  }

  send(message: ClientMessage): boolean {
    return this.request({ type: 'say', message });
  }

  /** Asks the worker for something; false before it is there. */
  request(request: ReplayRequest): boolean {
    this.#worker?.postMessage(request);
    return this.#worker !== null;
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#listener = null;
  }

  async #load(): Promise<void> {
    const { id, second, eyesIn } = this.#start;
    const [game, prehistory] = await Promise.all([this.#source.inputs(id), this.#source.prehistory(id)]);
    // Somebody has left the page meanwhile.
    if (this.#listener === null) return;
    const worker = new Worker(new URL('../replay/replay-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<ReplayNews>) => this.#hear(data);
    worker.onerror = () => this.#failed(new Error('The simulation could not be started in this browser.'));
    this.#worker = worker;
    const request: ReplayRequest = { type: 'load', game, prehistory, eyes: eyesIn(game), second };
    worker.postMessage(request, [prehistory.buffer]);
  }

  #hear(news: ReplayNews): void {
    if (news.type === 'ready') this.#listener?.onLineState('open', '');
    if (news.type !== 'room') return this.#start.hear(news);
    this.#listener?.onHeard();
    this.#listener?.onMessage(news.message);
  }

  #failed(error: unknown): void {
    if (this.#listener === null) return;
    const sentence = error instanceof Error ? error.message : String(error);
    this.#start.hear({ type: 'failed', sentence });
  }
}
