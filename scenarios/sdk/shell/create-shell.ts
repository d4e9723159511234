/**
 * The terminal of one seat: a bash without a machine. Pipes, loops, variables and files are the shell's own
 * and live in memory; `kubectl` and its like ask the incident through the port.
 *
 * Why   What is journalled is what a line meant, never the line, so the shell may be as rich as people expect
 *       and is never run again on replay.
 */
import { inSurroundings } from './line-surroundings.ts';
import { mistypedCommands } from './mistyped-command.ts';
import {
  CONSOLE_CALLS_MAX,
  CUT_NOTICE,
  LINE_LENGTH_MAX,
  LINE_OUTPUT_BYTES_MAX,
  cutOutput,
} from './shell-limits.ts';
import { runStreamLine } from './stream-line.ts';
import type { Printer } from './stream-line.ts';
import { planStream } from './stream-plan.ts';
import { HELP_PROGRAM, execute, openTerminal } from './terminal.ts';
import type { ShellOptions, Terminal } from './terminal.ts';

/** What came of a line. */
export type LineResult = {
  /** Standard output. */
  stdout: string;
  /** Standard error. */
  stderr: string;
  /** Exit code. */
  exitCode: number;
  /** Whether output was cut. */
  cut: boolean;
};

/** How a line is watched. */
export type LineWatch = {
  /** Takes output as it comes; streams show themselves by this. */
  onOutput?: (text: string, kind: 'stdout' | 'stderr') => void;
  /** Ends the line early, as Ctrl-C does. */
  signal?: AbortSignal;
};

/** A terminal. */
export type Shell = {
  /** Runs a line; lines of one terminal must not overlap. Throws what the port throws, nothing else. */
  run: (line: string, watch?: LineWatch) => Promise<LineResult>;
  /** Where it is now. */
  cwd: () => string;
};

async function runLine(terminal: Terminal, line: string, watch: LineWatch): Promise<LineResult> {
  const texts = { stdout: '', stderr: '' };
  let room = LINE_OUTPUT_BYTES_MAX;
  let cut = false;
  const print = (kind: 'stdout' | 'stderr') => (text: string) => {
    if (text === '' || cut) return;
    const kept = cutOutput(text, room);
    ({ cut } = kept);
    room -= Buffer.byteLength(kept.text);
    texts[kind] += kept.text;
    if (kept.text !== '') watch.onOutput?.(kept.text, kind);
  };
  const printer: Printer = { out: print('stdout'), err: print('stderr') };
  let exitCode = 2;
  const plan = planStream(line);
  if (line.length > LINE_LENGTH_MAX)
    printer.err(`bash: the line is longer than ${LINE_LENGTH_MAX} characters\n`);
  else if (plan !== null) exitCode = await runStreamLine(terminal, plan, printer, watch.signal);
  else {
    const text = line.replace(/^\s*help\b/, HELP_PROGRAM);
    const result = await execute(terminal, text, watch.signal);
    printer.out(result.stdout);
    printer.err(result.stderr);
    printer.err(mistypedCommands(result.stderr));
    ({ exitCode } = result);
  }
  if (cut) {
    texts.stderr += CUT_NOTICE;
    watch.onOutput?.(CUT_NOTICE, 'stderr');
  }
  terminal.exitCode = exitCode;
  return { ...texts, exitCode, cut };
}

/** Opens a terminal. */
export function createShell(options: ShellOptions): Shell {
  const surroundings = { unixMs: options.port.unixMs, random: options.random };
  const terminal = inSurroundings(surroundings, () => openTerminal(options));
  let ready: Promise<unknown> | null = null;
  return {
    run: async (line, watch = {}) => {
      terminal.cause = line.trim();
      ready ??= inSurroundings(surroundings, () => terminal.bash.fs.mkdir('/tmp', { recursive: true }));
      await ready;
      terminal.failures = [];
      terminal.callsLeft = CONSOLE_CALLS_MAX;
      const result = await runLine(terminal, line, watch);
      if (terminal.failures.length > 0) throw terminal.failures[0];
      return result;
    },
    cwd: () => terminal.cwd,
  };
}
