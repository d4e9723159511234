/**
 * The thread that runs shells. It may be killed at any moment: a shell keeps nothing but its own variables,
 * files and folder.
 */
import type { CommandOutcome } from '@chaotic-good/engine/protocol/cluster-commands';
import type { ConsoleReading, StreamPiece } from '@chaotic-good/engine/console/console-types';
import { createShell } from '@chaotic-good/scenarios/sdk/shell/create-shell';
import type { Shell } from '@chaotic-good/scenarios/sdk/shell/create-shell';
import type { ShellPort } from '@chaotic-good/scenarios/sdk/shell/shell-port';
import { CallError } from '../workers/call-error.ts';
import type { SentError } from '../workers/messages.ts';
import { serveCalls } from '../workers/serve-calls.ts';
import type { NumberedPortCall, PortCall, TerminalClock, TerminalOutput } from './port-call.ts';

/** Time as it was told, and when. */
type ToldClock = TerminalClock & { atMs: number };
type Open = { shell: Shell; clock: ToldClock; running: AbortController | null };
type Asked = { resolve: (value: never) => void; reject: (error: Error) => void };

// Taken before the shell puts its own luck in the place of the one, and bars the other.
const { random } = Math;
const nowMs = performance.now.bind(performance);

/** Exit codes of lines that took too long, and that were ended by Ctrl-C. */
const TIME_WAS_UP = 124;
const INTERRUPTED = 130;

const terminals = new Map<string, Open>();
const asked = new Map<number, Asked>();
let asks = 0;

function ask<T>(terminal: string, call: PortCall): Promise<T> {
  const number = ++asks;
  return new Promise<T>((resolve, reject) => {
    asked.set(number, { resolve, reject });
    tell('ask', { ask: number, terminal, call } satisfies NumberedPortCall);
  });
}

function unixMs(clock: ToldClock): number {
  return Math.floor(clock.unixMs + (nowMs() - clock.atMs) * clock.rate);
}

function portOf(terminal: string, clock: ToldClock): ShellPort {
  return {
    read: (argv, stdin) => ask<ConsoleReading>(terminal, { kind: 'read', argv, stdin }),
    submit: (command, cause) => ask<CommandOutcome>(terminal, { kind: 'submit', command, cause }),
    observe: (observation, cause) => ask<undefined>(terminal, { kind: 'observe', observation, cause }),
    waitFor: (request, cause) => ask<CommandOutcome>(terminal, { kind: 'waitFor', request, cause }),
    follow: (stream) => ask<StreamPiece>(terminal, { kind: 'follow', stream }),
    sleep: (micros) => ask<undefined>(terminal, { kind: 'sleep', micros }),
    unixMs: () => unixMs(clock),
  };
}

function find(terminal: string): Open {
  const open = terminals.get(terminal);
  if (open === undefined) throw new Error(`there is no terminal ${terminal}`);
  return open;
}

const methods = {
  open: ({ terminal, user, clock }: { terminal: string; user: string; clock: TerminalClock }) => {
    const told: ToldClock = { ...clock, atMs: nowMs() };
    const shell = createShell({ port: portOf(terminal, told), random, user });
    terminals.set(terminal, { shell, clock: told, running: null });
    return shell.cwd();
  },
  run: async ({ terminal, line }: { terminal: string; line: string }) => {
    const open = find(terminal);
    const running = (open.running = new AbortController());
    const onOutput = (text: string, stream: 'stdout' | 'stderr') =>
      tell('output', { terminal, text, stream } satisfies TerminalOutput);
    try {
      const { exitCode } = await open.shell.run(line, { onOutput, signal: running.signal });
      // The interpreter answers an interrupt as if time were up; shells answer it with 130.
      const wasInterrupted = running.signal.aborted && exitCode === TIME_WAS_UP;
      return { exitCode: wasInterrupted ? INTERRUPTED : exitCode, cwd: open.shell.cwd() };
    } finally {
      if (open.running === running) open.running = null;
    }
  },
  interrupt: (terminal: string) => terminals.get(terminal)?.running?.abort(),
  clock: ({ terminal, clock }: { terminal: string; clock: TerminalClock }) => {
    const open = terminals.get(terminal);
    if (open !== undefined) Object.assign(open.clock, clock, { atMs: nowMs() });
  },
  close: (terminal: string) => {
    terminals.get(terminal)?.running?.abort();
    terminals.delete(terminal);
  },
  reply: (reply: { ask: number; value?: unknown; error?: SentError }) => {
    const waiting = asked.get(reply.ask);
    asked.delete(reply.ask);
    if (reply.error !== undefined) waiting?.reject(new CallError(reply.error));
    else waiting?.resolve(reply.value as never);
  },
  ping: (_: null) => null,
};

/** What the thread can be asked. */
export type TerminalMethods = typeof methods;

const tell = serveCalls(methods);
