/**
 * The terminal of one seat: a bash without a machine. Pipes, loops, variables and files are the shell's own
 * and live in memory; `kubectl` and its like ask the incident through the port.
 *
 * Why   What is journalled is what a line meant, never the line, so the shell may be as rich as people expect
 *       and is never run again on replay.
 */
import {
  Bash,
  InMemoryFs,
  decodeBytesToUtf8,
  defineCommand,
  encodeUtf8ToBytes,
  latin1FromBytes,
} from 'just-bash';
import type { BashExecResult, ByteString, CommandName } from 'just-bash';
import { callBuffered, callConsole } from './console-call.ts';
import type { CallResult } from './console-call.ts';
import { CONSOLE_PROGRAMS, PROGRAM_ALIASES, SHELL_PROGRAMS } from './console-programs.ts';
import { inSurroundings, outsideSurroundings } from './line-surroundings.ts';
import type { LineFilter } from './line-filter.ts';
import { makeFilter } from './make-filter.ts';
import { runStream } from './run-stream.ts';
import { CONSOLE_CALLS_MAX, CUT_NOTICE, EXECUTION_LIMITS } from './shell-limits.ts';
import { FILES_BYTES_MAX, LINE_LENGTH_MAX, TOO_MANY_CALLS } from './shell-limits.ts';
import { cutOutput, withoutOptionNames } from './shell-limits.ts';
import type { ShellPort } from './shell-port.ts';
import { planStream } from './stream-plan.ts';
import type { StreamPlan } from './stream-plan.ts';

/** How a terminal begins. */
export type ShellOptions = {
  /** The incident. */
  port: ShellPort;
  /** Numbers in [0, 1) for `$RANDOM`; from the incident's seed, so that `sim` prints the same twice. */
  random: () => number;
  /** Name of the user. */
  user: string;
  /** Longest time that a line may take by the real clock, milliseconds; an hour when absent. */
  wallMsMax?: number;
};

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

/** Variables that the interpreter keeps for itself. */
const OWN_VARIABLES = ['SHELLOPTS', 'BASHOPTS', 'RANDOM', 'SECONDS', 'OPTIND', '_', '?'];
/** Catches the words of a filter after expansion. */
const WORDS_PROGRAM = 'words-of-a-filter';

/** Answers `help`, which the interpreter would answer itself. */
const HELP_PROGRAM = 'help-of-the-terminal';

/** A terminal's memory between lines, and what the running line is. */
type Terminal = ShellOptions & {
  bash: Bash;
  env: Record<string, string>;
  cwd: string;
  /** What `$?` is. */
  exitCode: number;
  /** The running line, as the timeline tells it. */
  cause: string;
  /** Set while the first command of a stream runs: its call is caught here, unbuffered. */
  caught: { result: CallResult | null } | null;
  /** Words caught by `WORDS_PROGRAM`. */
  words: string[];
  /** Console programs that may still be called in this line. */
  callsLeft: number;
  /** What the port threw during the line: the interpreter would make a message of it. */
  failures: unknown[];
};

function textOf(stdin: ByteString): string {
  return decodeBytesToUtf8(stdin);
}

/** Text as the interpreter passes it on, in bytes. */
function printed(result: Pick<CallResult, 'stdout' | 'stderr' | 'exitCode'>) {
  const { stdout, stderr, exitCode } = result;
  return {
    stdout: latin1FromBytes(encodeUtf8ToBytes(stdout)),
    stdoutKind: 'bytes' as const,
    stderr,
    exitCode,
  };
}

/** Asks the port from inside a line; what it throws is kept, for it is no business of the player's. */
async function askPort<T>(terminal: Terminal, ask: () => Promise<T>): Promise<T> {
  try {
    return await outsideSurroundings(ask);
  } catch (error) {
    terminal.failures.push(error);
    throw error;
  }
}

/** The console programs as commands of the interpreter. */
function consoleCommands(terminal: () => Terminal) {
  return CONSOLE_PROGRAMS.map((name) =>
    defineCommand(name, async (args, context) => {
      const { port, cause, caught } = terminal();
      const argv = [PROGRAM_ALIASES[name] ?? name, ...args];
      const typed = { stdin: textOf(context.stdin), cause };
      if (--terminal().callsLeft < 0) return { stdout: '', stderr: TOO_MANY_CALLS, exitCode: 126 };
      const call = caught === null ? callBuffered : callConsole;
      const result = await askPort(terminal(), () => call(port, argv, typed));
      if (caught === null) return printed(result);
      caught.result = result;
      return printed(result);
    }),
  );
}

/** `xargs -n1 -I{}`: the interpreter's own wants a blank before the value. */
const xargs = defineCommand('xargs', async (args, context) => {
  const run = context.origCommand;
  if (run === undefined) return { stdout: '', stderr: 'xargs: not here\n', exitCode: 127 };
  const own = args.findIndex((word) => !word.startsWith('-') && !/^\d+$/.test(word));
  const options = own < 0 ? args : args.slice(0, own);
  const apart = options.flatMap((word) =>
    /^-[nIPLds]./.test(word) ? [word.slice(0, 2), word.slice(2)] : [word],
  );
  return run([...apart, ...args.slice(options.length)]);
});

function openTerminal(options: ShellOptions): Terminal {
  const home = `/home/${options.user}`;
  const terminal: Terminal = {
    ...options,
    bash: new Bash({
      fs: new InMemoryFs({}, { maxTotalBytes: FILES_BYTES_MAX }),
      cwd: home,
      commands: [...SHELL_PROGRAMS] satisfies CommandName[],
      customCommands: [
        ...consoleCommands(() => terminal),
        defineCommand(WORDS_PROGRAM, async (args) => {
          terminal.words = args;
          return { stdout: '', stderr: '', exitCode: 0 };
        }),
        xargs,
        defineCommand(HELP_PROGRAM, async () => {
          const call = () => callBuffered(options.port, ['help'], { stdin: '', cause: terminal.cause });
          return printed(await askPort(terminal, call));
        }),
        defineCommand('whoami', async () => ({ stdout: `${options.user}\n`, stderr: '', exitCode: 0 })),
      ],
      sleep: (ms) => askPort(terminal, () => options.port.sleep(Math.round(ms * 1000))),
      executionLimits: { ...EXECUTION_LIMITS, maxExecutionTimeMs: options.wallMsMax ?? 3_600_000 },
    }),
    env: {
      HOME: home,
      USER: options.user,
      LOGNAME: options.user,
      PATH: '/usr/bin:/bin',
      TERM: 'xterm-256color',
    },
    cwd: home,
    exitCode: 0,
    cause: '',
    caught: null,
    words: [],
    callsLeft: 0,
    failures: [],
  };
  return terminal;
}

/** Lets the interpreter run shell text and keeps what it leaves behind. */
async function execute(terminal: Terminal, text: string, signal?: AbortSignal): Promise<BashExecResult> {
  const { bash, env, cwd, port, random } = terminal;
  const surroundings = { unixMs: port.unixMs, random };
  const aliased = Object.keys(env).some((name) => name.startsWith('BASH_ALIAS_'));
  const before = aliased ? 'shopt -s expand_aliases\n' : '';
  const lastCode = terminal.exitCode === 0 ? '' : `(exit ${terminal.exitCode})\n`;
  const prepared = before + lastCode + text;
  const result = await inSurroundings(surroundings, () =>
    bash.exec(prepared, { env, replaceEnv: true, cwd, signal }),
  );
  terminal.exitCode = result.exitCode;
  terminal.cwd = result.env.PWD ?? cwd;
  terminal.env = Object.fromEntries(
    Object.entries(result.env).filter(([name]) => !OWN_VARIABLES.includes(name)),
  );
  return { ...result, stderr: withoutOptionNames(result.stderr) };
}

/** The words that shell text expands to. */
async function wordsOf(terminal: Terminal, text: string): Promise<string[]> {
  terminal.words = [];
  await execute(terminal, `${WORDS_PROGRAM} ${text}`);
  return terminal.words;
}

/** Makes the filters of a stream, or says which of them cannot be. */
async function makeFilters(
  terminal: Terminal,
  plan: StreamPlan,
): Promise<{ filters: LineFilter[]; why: string }> {
  const filters: LineFilter[] = [];
  for (const stage of plan.stages) {
    const made = makeFilter(await wordsOf(terminal, stage));
    if (!made.ok) return { filters, why: made.why };
    filters.push(made.filter);
  }
  return { filters, why: plan.refusal };
}

type Printer = { out: (text: string) => void; err: (text: string) => void };

/** Runs a line that ends in a stream; the answer is its exit code. */
async function runStreamLine(terminal: Terminal, plan: StreamPlan, printer: Printer, signal?: AbortSignal) {
  if (plan.before !== '') {
    const { stdout, stderr, exitCode } = await execute(terminal, plan.before, signal);
    printer.out(stdout);
    printer.err(stderr);
    const begins = plan.begins === 'always' || (plan.begins === 'on success') === (exitCode === 0);
    if (!begins || signal?.aborted) return exitCode;
  }
  const { filters, why } = await makeFilters(terminal, plan);
  if (why !== '') {
    printer.err(`bash: ${why}\n`);
    return 2;
  }
  const [target] = plan.target === null ? [undefined] : await wordsOf(terminal, plan.target.word);
  const caught: Terminal['caught'] = (terminal.caught = { result: null });
  const first = await execute(terminal, plan.source, signal);
  terminal.caught = null;
  printer.err(first.stderr);
  const call: CallResult = caught.result ?? { ...first, stream: null };
  let file = '';
  const exitCode = await runStream({
    port: terminal.port,
    cause: terminal.cause,
    stdout: call.stdout,
    stream: call.stream,
    exitCode: call.exitCode,
    filters,
    print: target === undefined ? printer.out : (text) => (file += text),
    signal,
  });
  if (target !== undefined && plan.target !== null) {
    const written = await keepFile(terminal, { path: target, append: plan.target.append, text: file });
    printer.err(written);
    if (written !== '') return 1;
  }
  return exitCode;
}

/** Writes what a stream printed; answers with the complaint, '' when it is written. */
async function keepFile(terminal: Terminal, kept: { path: string; append: boolean; text: string }) {
  const { fs } = terminal.bash;
  const path = fs.resolvePath(terminal.cwd, kept.path);
  try {
    const folder = fs.resolvePath(path, '..');
    if (!(await fs.exists(folder))) return `bash: ${kept.path}: No such file or directory\n`;
    const write = () => (kept.append ? fs.appendFile(path, kept.text) : fs.writeFile(path, kept.text));
    await inSurroundings({ unixMs: terminal.port.unixMs, random: terminal.random }, write);
    return '';
  } catch (error) {
    return `bash: ${kept.path}: ${(error as Error).message}\n`;
  }
}

async function runLine(terminal: Terminal, line: string, watch: LineWatch): Promise<LineResult> {
  const texts = { stdout: '', stderr: '' };
  let cut = false;
  const print = (kind: 'stdout' | 'stderr') => (text: string) => {
    if (text === '' || cut) return;
    const all = cutOutput(texts[kind] + text);
    const added = all.text.slice(texts[kind].length);
    texts[kind] = all.text;
    if (added !== '') watch.onOutput?.(added, kind);
    cut = all.cut;
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
