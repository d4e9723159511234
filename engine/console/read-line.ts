/**
 * Reads one console line that the shell has split into words: what it shows, and what it means to do.
 *
 * Reads   the world. Changes   nothing: what a line means is handed back as typed commands.
 * Why     A line is journalled as what it meant, so a replay does not depend on how words are read.
 */
import type { World } from '../platforms/kubernetes/kube-state.ts';
import type { ConsoleContext, ConsoleReading } from './console-types.ts';
import { runCurl } from './exec/curl.ts';
import { runTerminalPing, runTerminalPsql } from './exec/terminal-programs.ts';
import { helpText } from './help-text.ts';
import { runKubectl } from './kubectl/kubectl.ts';
import { refusal, shown } from './reading.ts';

/** Longest line that is read, in characters over all words. */
const LINE_LENGTH_MAX = 100_000;

/** Answers a line; `argv[0]` is the program. */
export function readLine(
  world: World,
  context: ConsoleContext,
  argv: string[],
  stdin: string,
): ConsoleReading {
  const [program = ''] = argv;
  const length = argv.reduce((sum, word) => sum + word.length, 0);
  if (length > LINE_LENGTH_MAX) return refusal('bash: argument list too long', 126);
  const outside = { world, seat: context.seat, place: null, number: -1, stdin };
  switch (program) {
    case 'kubectl':
    case 'k':
      return runKubectl({ world, context, argv, stdin });
    case 'curl':
      return runCurl(outside, argv);
    case 'psql':
      return runTerminalPsql(argv);
    case 'ping':
      return runTerminalPing(argv);
    case 'help':
      return shown(helpText(world, context));
    default:
      return refusal(`bash: ${program}: command not found`, 127);
  }
}
