/** A terminal as it stands between lines: the interpreter, its variables, and what the running line is. */
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
import { EXECUTION_LIMITS, FILES_BYTES_MAX, TOO_MANY_CALLS, withoutOptionNames } from './shell-limits.ts';
import type { ShellPort } from './shell-port.ts';

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

/** Variables that the interpreter keeps for itself. */
const OWN_VARIABLES = ['SHELLOPTS', 'BASHOPTS', 'RANDOM', 'SECONDS', 'OPTIND', '_', '?'];
/** Catches the words of a filter after expansion. */
const WORDS_PROGRAM = 'words-of-a-filter';

/** Answers `help`, which the interpreter would answer itself. */
export const HELP_PROGRAM = 'help-of-the-terminal';

/** A terminal's memory between lines, and what the running line is. */
export type Terminal = ShellOptions & {
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

/** Opens a terminal. */
export function openTerminal(options: ShellOptions): Terminal {
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
export async function execute(
  terminal: Terminal,
  text: string,
  signal?: AbortSignal,
): Promise<BashExecResult> {
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
export async function wordsOf(terminal: Terminal, text: string): Promise<string[]> {
  terminal.words = [];
  await execute(terminal, `${WORDS_PROGRAM} ${text}`);
  return terminal.words;
}
