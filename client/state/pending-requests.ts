/** Questions on their way to the room, by id. */
import type { ServerMessage, WireAnswer } from '@chaotic-good/engine/protocol/wire';

type Completions = { from: number; items: string[] };
type Settled = Extract<ServerMessage, { type: 'answer' } | { type: 'completions' }>;
type Waiting = { resolve: (message: Settled) => void; reject: (error: Error) => void; timer: number };

const PATIENCE_MS = 10_000;

/** Pending questions of one room. */
export class PendingRequests {
  #waiting = new Map<string, Waiting>();
  #next = 1;

  /** Asks; `send` puts the question on the line and says whether it could. */
  async answer(send: (requestId: string) => boolean): Promise<WireAnswer> {
    const message = await this.#ask(send);
    if (message.type !== 'answer') throw new Error('The room answered something else.');
    if (!message.ok) throw new Error(message.message);
    return message.answer;
  }

  /** Asks what could stand at the cursor. */
  async completions(send: (requestId: string) => boolean): Promise<Completions> {
    const message = await this.#ask(send);
    return message.type === 'completions' ? message : { from: 0, items: [] };
  }

  /** The room answered. */
  settle(message: Settled): void {
    const waiting = this.#waiting.get(message.requestId);
    if (waiting === undefined) return;
    this.#forget(message.requestId);
    waiting.resolve(message);
  }

  /** Nothing will be answered any more. */
  failAll(why: string): void {
    for (const [requestId, { reject }] of [...this.#waiting]) {
      this.#forget(requestId);
      reject(new Error(why));
    }
  }

  #ask(send: (requestId: string) => boolean): Promise<Settled> {
    const requestId = `q${this.#next++}`;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        this.#forget(requestId);
        reject(new Error(why));
      };
      const timer = window.setTimeout(() => fail('No answer within 10 s. Ask again.'), PATIENCE_MS);
      this.#waiting.set(requestId, { resolve, reject, timer });
      if (!send(requestId)) fail('No connection. Ask again when it is back.');
    });
  }

  #forget(requestId: string): void {
    window.clearTimeout(this.#waiting.get(requestId)?.timer);
    this.#waiting.delete(requestId);
  }
}
