/**
 * The threads that run shells. A thread that does not answer while a line runs is killed: its terminals start
 * afresh, the incident and everybody else's work go on.
 */
import { availableParallelism } from 'node:os';
import { sentError } from '../workers/messages.ts';
import { WorkerLink } from '../workers/worker-link.ts';
import type { NumberedPortCall, PortCall, TerminalClock, TerminalOutput } from './port-call.ts';
import type { TerminalMethods } from './terminal-worker.ts';

/** A thread that is silent for so long while it works is killed, milliseconds. */
const SILENT_MS_MAX = 1500;
const PING_MS = 250;

/** Who owns a terminal. */
export type TerminalOwner = {
  /** Answers what its shell asks of the incident. */
  ask: (call: PortCall) => Promise<unknown>;
  /** Hears what it prints. */
  print: (text: string, stream: 'stdout' | 'stderr') => void;
};

/** An open terminal. */
export type PooledTerminal = {
  /** Runs a line. Fails with `thread-gone` when it overran. */
  run: (line: string) => Promise<{ exitCode: number; cwd: string }>;
  /** Presses Ctrl-C. */
  interrupt: () => void;
  /** Sets its clock. */
  setClock: (clock: TerminalClock) => void;
  /** Closes it. */
  close: () => void;
};

type Thread = { link: WorkerLink<TerminalMethods>; lines: number; watch: NodeJS.Timeout | undefined };

/** Shells in threads. */
export class TerminalPool {
  readonly #threads: Thread[] = [];
  readonly #owners = new Map<string, TerminalOwner>();
  #opened = 0;

  constructor(threads = Math.max(1, Math.min(4, availableParallelism() - 1))) {
    for (let number = 0; number < threads; number++) this.#threads.push(this.#thread());
  }

  /** Opens a terminal. */
  async open(owner: TerminalOwner, user: string, clock: TerminalClock): Promise<PooledTerminal> {
    const terminal = `terminal-${++this.#opened}`;
    const thread = this.#threads[this.#opened % this.#threads.length];
    thread.link.start();
    this.#owners.set(terminal, owner);
    await thread.link.call('open', { terminal, user, clock });
    const drop = (call: Promise<unknown>) => void call.catch(() => undefined);
    return {
      run: (line) => this.#run(thread, terminal, line),
      interrupt: () => drop(thread.link.call('interrupt', terminal)),
      setClock: (now) => drop(thread.link.call('clock', { terminal, clock: now })),
      close: () => {
        this.#owners.delete(terminal);
        drop(thread.link.call('close', terminal));
      },
    };
  }

  /** For tests: kills all threads, as overrunning lines would. */
  killThreads(): void {
    for (const { link } of this.#threads) link.kill();
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    for (const { watch } of this.#threads) clearInterval(watch);
    await Promise.all(this.#threads.map(({ link }) => link.stop()));
  }

  #thread(): Thread {
    const link: WorkerLink<TerminalMethods> = new WorkerLink<TerminalMethods>({
      file: new URL('./terminal-worker.ts', import.meta.url),
      title: 'terminals',
      workerData: null,
      resourceLimits: { maxOldGenerationSizeMb: 256 },
      onNews: (news, value) => this.#hear(link, news, value),
      // It starts again with the next terminal that is opened on it.
      onDeath: () => undefined,
    });
    return { link, lines: 0, watch: undefined };
  }

  async #run(thread: Thread, terminal: string, line: string): Promise<{ exitCode: number; cwd: string }> {
    thread.lines++;
    this.#watch(thread);
    try {
      return await thread.link.call('run', { terminal, line });
    } finally {
      thread.lines--;
    }
  }

  /** While lines run, the thread must answer a ping now and then. */
  #watch(thread: Thread): void {
    if (thread.watch !== undefined) return;
    let heardMs = performance.now();
    let lookedMs = heardMs;
    thread.watch = setInterval(() => {
      const nowMs = performance.now();
      // If this thread itself was kept from looking, the other one is not to blame.
      if (nowMs - lookedMs > 2 * PING_MS) heardMs += nowMs - lookedMs;
      lookedMs = nowMs;
      if (thread.lines === 0 || !thread.link.running) {
        clearInterval(thread.watch);
        thread.watch = undefined;
        return;
      }
      if (nowMs - heardMs > SILENT_MS_MAX) {
        thread.link.kill();
        return;
      }
      thread.link.call('ping', null).then(
        () => (heardMs = performance.now()),
        () => undefined,
      );
    }, PING_MS);
  }

  #hear(link: WorkerLink<TerminalMethods>, news: string, value: unknown): void {
    if (news === 'output') {
      const { terminal, text, stream } = value as TerminalOutput;
      this.#owners.get(terminal)?.print(text, stream);
      return;
    }
    const { ask, terminal, call } = value as NumberedPortCall;
    const reply = (answer: { value?: unknown; error?: ReturnType<typeof sentError> }) =>
      void link.call('reply', { ask, ...answer }).catch(() => undefined);
    const owner = this.#owners.get(terminal);
    if (owner === undefined) return reply({ error: sentError(new Error('this terminal is closed')) });
    owner.ask(call).then(
      (answer) => reply({ value: answer }),
      (error: unknown) => reply({ error: sentError(error) }),
    );
  }
}
