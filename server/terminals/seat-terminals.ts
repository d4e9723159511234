/**
 * The terminals of one seat: lines in order, output and prompts as messages, commands with ids that follow
 * from the line's id, so that a line sent twice does nothing twice.
 */
import { randomUUID } from 'node:crypto';
import type { CommandOutcome } from '@chaotic-good/engine/protocol/cluster-commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { ServerMessage } from '@chaotic-good/engine/protocol/wire';
import type { IncidentHost } from '../incidents/incident-host.ts';
import { CallError, THREAD_GONE } from '../workers/call-error.ts';
import { completeLine } from './complete-line.ts';
import type { PortCall, TerminalClock } from './port-call.ts';
import type { PooledTerminal, TerminalPool } from './terminal-pool.ts';

/** Terminals that a seat may have open. */
const TERMINALS_MAX = 4;
/** Lines that wait in one terminal. */
const WAITING_MAX = 16;
/** Lines whose end is remembered, in case they are sent again. */
const REMEMBERED_MAX = 100;
const OVERRUN = 'This line took too long and was ended. The terminal starts afresh.\n';

/** What the terminals of a seat need. */
export type SeatTerminalsOptions = {
  host: IncidentHost;
  pool: TerminalPool;
  incidentId: string;
  seat: string;
  /** Name of the user in the shell. */
  user: string;
  /** Time now. */
  clock: () => TerminalClock;
  /** Sends to whoever sits there now. */
  say: (message: ServerMessage) => void;
  /** Told when a line begins to run, with the prompt that it stands on. */
  onLine: (terminal: string, prompt: string, line: WaitingLine) => void;
};

/** A line with its id. */
export type WaitingLine = { lineId: string; line: string };

type Prompt = Extract<ServerMessage, { type: 'prompt' }>;
type Open = {
  shell: Promise<PooledTerminal> | null;
  cwd: string;
  /** The running line, '' when none. */
  lineId: string;
  commands: number;
  waiting: WaitingLine[];
  ended: Map<string, Prompt>;
};

/** A name of a user, as a shell has them. */
export function userName(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9_-]/g, '');
  return /^[a-z]/.test(plain) ? plain.slice(0, 16) : 'responder';
}

/** The terminals of one seat. */
export class SeatTerminals {
  readonly #options: SeatTerminalsOptions;
  readonly #terminals = new Map<string, Open>();
  #isClosed = false;

  constructor(options: SeatTerminalsOptions) {
    this.#options = options;
  }

  /** Takes a line; one that was taken before is not run again. */
  line(terminal: string, lineId: string, line: string): void {
    if (this.#isClosed) return;
    const open = this.#open(terminal);
    if (open === null) return this.#refuse(terminal, lineId, 'Too many terminals are open.\n');
    const ended = open.ended.get(lineId);
    if (ended !== undefined) return this.#options.say(ended);
    if (open.lineId === lineId || open.waiting.some((one) => one.lineId === lineId)) return;
    if (open.waiting.length >= WAITING_MAX) return this.#refuse(terminal, lineId, 'Too many lines wait.\n');
    open.waiting.push({ lineId, line });
    if (open.lineId === '') void this.#work(terminal, open);
  }

  /** Presses Ctrl-C: the running line ends, waiting ones are forgotten. */
  interrupt(terminal: string): void {
    const open = this.#terminals.get(terminal);
    if (open === undefined) return;
    for (const { lineId } of open.waiting.splice(0)) this.#end(terminal, open, lineId, 130);
    void open.shell?.then((shell) => shell.interrupt()).catch(() => undefined);
  }

  /** What could stand at the cursor. */
  complete(line: string, cursor: number): Promise<{ from: number; items: string[] }> {
    const { host, incidentId, seat } = this.#options;
    return completeLine(line, cursor, async (argv) => {
      const reading = await host.query(incidentId, seat, { kind: 'read', argv, stdin: '' });
      return reading.exitCode === 0 ? reading.stdout : '';
    });
  }

  /** Sets the clocks. */
  setClock(clock: TerminalClock): void {
    for (const { shell } of this.#terminals.values()) {
      void shell?.then((open) => open.setClock(clock)).catch(() => undefined);
    }
  }

  /** Closes all: nothing is said any more, and lines that wait are not run. */
  close(): void {
    this.#isClosed = true;
    for (const { shell, waiting } of this.#terminals.values()) {
      waiting.length = 0;
      void shell?.then((open) => open.close()).catch(() => undefined);
    }
    this.#terminals.clear();
  }

  #open(terminal: string): Open | null {
    const known = this.#terminals.get(terminal);
    if (known !== undefined) return known;
    if (this.#terminals.size >= TERMINALS_MAX) return null;
    const open: Open = { shell: null, cwd: '~', lineId: '', commands: 0, waiting: [], ended: new Map() };
    this.#terminals.set(terminal, open);
    return open;
  }

  /** Runs the waiting lines one after another. */
  async #work(terminal: string, open: Open): Promise<void> {
    for (let next = open.waiting.shift(); next !== undefined; next = open.waiting.shift()) {
      const { lineId, line } = next;
      open.lineId = lineId;
      open.commands = 0;
      this.#options.onLine(terminal, this.#prompt(open), next);
      let exitCode = 1;
      try {
        const shell = await this.#shell(terminal, open);
        const result = await shell.run(line);
        exitCode = result.exitCode;
        open.cwd = result.cwd;
      } catch (error) {
        const overran = error instanceof CallError && error.code === THREAD_GONE;
        exitCode = overran ? 137 : 1;
        open.shell = null;
        open.cwd = '~';
        this.#print(terminal, open, overran ? OVERRUN : `${(error as Error).message}\n`, 'stderr');
      }
      open.lineId = '';
      this.#end(terminal, open, lineId, exitCode);
    }
  }

  #shell(terminal: string, open: Open): Promise<PooledTerminal> {
    const { pool, user, clock } = this.#options;
    open.shell ??= pool.open(
      {
        ask: (call) => this.#ask(open, call),
        print: (text, stream) => this.#print(terminal, open, text, stream),
      },
      user,
      clock(),
    );
    return open.shell;
  }

  #print(terminal: string, { lineId }: Open, text: string, stream: 'stdout' | 'stderr'): void {
    if (!this.#isClosed) this.#options.say({ type: 'output', terminal, lineId, stream, text });
  }

  #end(terminal: string, open: Open, lineId: string, exitCode: number): void {
    const prompt: Prompt = { type: 'prompt', terminal, lineId, exitCode, prompt: this.#prompt(open) };
    open.ended.set(lineId, prompt);
    for (const oldest of open.ended.keys()) {
      if (open.ended.size <= REMEMBERED_MAX) break;
      open.ended.delete(oldest);
    }
    if (!this.#isClosed) this.#options.say(prompt);
  }

  #refuse(terminal: string, lineId: string, text: string): void {
    this.#options.say({ type: 'output', terminal, lineId, stream: 'stderr', text });
    this.#options.say({ type: 'prompt', terminal, lineId, exitCode: 1, prompt: '$ ' });
  }

  #prompt({ cwd }: Open): string {
    const home = `/home/${this.#options.user}`;
    const shown = cwd === home ? '~' : cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd;
    return `${this.#options.user}:${shown}$ `;
  }

  /** Answers what a shell asks of the incident. */
  async #ask(open: Open, call: PortCall): Promise<unknown> {
    const { host, incidentId, seat } = this.#options;
    switch (call.kind) {
      case 'read':
        return host.query(incidentId, seat, call);
      case 'follow':
        return host.query(incidentId, seat, call);
      case 'sleep':
        return host.query(incidentId, seat, call);
      case 'submit':
        return this.#submit(open, { type: 'RunCluster', command: call.command }, call.cause);
      case 'observe':
        void this.#submit(open, { type: 'Observed', observation: call.observation }, call.cause);
        return null;
      case 'waitFor': {
        const { request } = call;
        const { outcome, observed } = await host.query(incidentId, seat, { kind: 'requestAnswer', request });
        for (const observation of observed) {
          void this.#submit(open, { type: 'Observed', observation }, call.cause);
        }
        return outcome;
      }
    }
  }

  async #submit(open: Open, command: Command, cause: string): Promise<CommandOutcome> {
    const { host, incidentId, seat } = this.#options;
    const number = ++open.commands;
    // What was seen is told again when a line is run again; what was done is not done again.
    const commandId =
      command.type === 'Observed' ? `${seat}/seen-${randomUUID()}` : `${seat}/line-${open.lineId}-${number}`;
    const answer = await host.submit(incidentId, { commandId, seat, command, cause });
    if (answer.kind === 'refused') return refusedOutcome(answer.rejection.sentence);
    const { outcome } = answer.ack;
    if (!outcome.ok) return refusedOutcome(outcome.rejection.sentence);
    return outcome.output ?? { ok: true, stdout: '', stderr: '', exitCode: 0 };
  }
}

function refusedOutcome(sentence: string): CommandOutcome {
  return { ok: false, stdout: '', stderr: `${sentence}\n`, exitCode: 1 };
}
