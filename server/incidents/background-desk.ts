/** What waits for the background thread, most urgent first; one at a time. */
import { CallError, THREAD_GONE } from '../workers/call-error.ts';
import { WorkerLink } from '../workers/worker-link.ts';
import type { ArgumentOf, AnswerOf } from '../workers/messages.ts';
import type { BackgroundMethods, BackgroundOptions } from './background-worker.ts';

/** How urgent: somebody waits at a page; a game is over; a game runs; nobody waits. */
export const URGENCY = { waiting: 0, over: 1, playing: 2, idle: 3 } as const;

/** One of the urgencies. */
export type Urgency = (typeof URGENCY)[keyof typeof URGENCY];

type Job = { urgency: Urgency; run: () => Promise<void>; giveUp: (error: Error) => void };

/** A job whose thread died is tried so often before it counts as failed: it may be what kills it. */
const ATTEMPTS_MAX = 2;

/** The queue before the background thread. */
export class BackgroundDesk {
  readonly #link: WorkerLink<BackgroundMethods>;
  #jobs: Job[] = [];
  #working = false;
  #isClosed = false;

  constructor(options: BackgroundOptions) {
    this.#link = new WorkerLink<BackgroundMethods>({
      file: new URL('./background-worker.ts', import.meta.url),
      title: 'background',
      workerData: options,
      onNews: () => undefined,
      onDeath: () => undefined,
    });
  }

  /** Lets something be done when its turn comes. */
  ask<Method extends keyof BackgroundMethods>(
    urgency: Urgency,
    method: Method,
    argument: ArgumentOf<BackgroundMethods[Method]>,
  ): Promise<AnswerOf<BackgroundMethods[Method]>> {
    if (this.#isClosed) return Promise.reject(new Error('The server is shutting down.'));
    return new Promise((resolve, reject) => {
      const run = () => this.#attempt(method, argument).then(resolve, reject);
      this.#jobs.push({ urgency, run, giveUp: reject });
      void this.#work();
    });
  }

  /** How many jobs wait or run. */
  get pending(): number {
    return this.#jobs.length + (this.#working ? 1 : 0);
  }

  /** Gives everything up. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { giveUp } of this.#jobs.splice(0)) giveUp(new Error('The server is shutting down.'));
    await this.#link.stop();
  }

  async #attempt<Method extends keyof BackgroundMethods>(
    method: Method,
    argument: ArgumentOf<BackgroundMethods[Method]>,
  ): Promise<AnswerOf<BackgroundMethods[Method]>> {
    for (let attempt = 1; ; attempt++) {
      this.#link.start();
      try {
        return await this.#link.call(method, argument);
      } catch (error) {
        const gone = error instanceof CallError && error.code === THREAD_GONE;
        if (!gone || attempt >= ATTEMPTS_MAX || this.#isClosed) throw error;
      }
    }
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let job = this.#next(); job !== undefined; job = this.#next()) await job.run();
    this.#working = false;
  }

  #next(): Job | undefined {
    let best = 0;
    for (let at = 1; at < this.#jobs.length; at++) {
      if (this.#jobs[at].urgency < this.#jobs[best].urgency) best = at;
    }
    return this.#jobs.splice(best, 1)[0];
  }
}
