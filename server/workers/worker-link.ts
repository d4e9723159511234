/**
 * The calling side of a thread: starts it, calls its methods, hears its news, and starts it again when it
 * dies. Calls under way then fail with `thread-gone`; whoever made them knows whether to repeat them.
 */
import { Worker } from 'node:worker_threads';
import type { ResourceLimits } from 'node:worker_threads';
import { CallError, threadGone } from './call-error.ts';
import type { AnswerMessage, AnswerOf, ArgumentOf, Methods, NewsMessage } from './messages.ts';

/** How to run a thread. */
export type WorkerLinkOptions = {
  /** Its file. */
  file: URL;
  /** What it is, for messages. */
  title: string;
  /** What it is given at the start. */
  workerData: unknown;
  /** Memory that it may use. */
  resourceLimits?: ResourceLimits;
  /** Hears its news. */
  onNews: (news: string, value: unknown) => void;
  /** Called when it ended by itself. */
  onDeath: (reason: Error) => void;
};

type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** A thread that answers calls of these methods. */
export class WorkerLink<Served extends Methods> {
  readonly #options: WorkerLinkOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastCall = 0;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
  }

  /** Starts the thread, if none runs. */
  start(): void {
    if (this.#worker !== undefined) return;
    const { file, workerData, resourceLimits, title } = this.#options;
    const worker = new Worker(file, { workerData, resourceLimits, name: title });
    this.#worker = worker;
    let reason = new Error(`The ${title} thread ended by itself.`);
    worker.on('error', (error) => (reason = error instanceof Error ? error : new Error(String(error))));
    worker.on('message', (message: AnswerMessage | NewsMessage) => this.#hear(message));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failAll();
      this.#options.onDeath(reason);
    });
  }

  /** Whether a thread runs. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  /**
   * Calls a method.
   *
   * @throws CallError when it failed there, or the thread is or goes away.
   */
  call<Method extends keyof Served & string>(
    method: Method,
    argument: ArgumentOf<Served[Method]>,
  ): Promise<AnswerOf<Served[Method]>> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(threadGone(this.#options.title));
    const call = ++this.#lastCall;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      worker.postMessage({ call, method, argument });
    }) as Promise<AnswerOf<Served[Method]>>;
  }

  /** Ends the thread at once; `onDeath` is not called. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#failAll();
    await worker?.terminate();
  }

  /** Ends the thread as if it had died by itself: `onDeath` follows. */
  kill(): void {
    void this.#worker?.terminate();
  }

  #hear(message: AnswerMessage | NewsMessage): void {
    if ('news' in message) {
      this.#options.onNews(message.news, message.value);
      return;
    }
    const waiting = this.#waiting.get(message.answer);
    this.#waiting.delete(message.answer);
    if (message.ok) waiting?.resolve(message.value);
    else waiting?.reject(new CallError(message.error));
  }

  #failAll(): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(threadGone(this.#options.title));
  }
}
