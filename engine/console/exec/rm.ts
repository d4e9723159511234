/** `rm`: means the removal of files; what becomes of it is told when it is applied. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, refusal, silence } from '../reading.ts';
import { normalPath } from './container-files.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';

/** Answers `rm`. */
export function runRm(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'frRvId',
    longs: { force: 'f', recursive: 'r', verbose: 'v' },
  });
  if (!read.ok) return refusal(unknownOption('rm', read.unknown));
  const { options, words } = read;
  const force = options.has('f');
  if (words.length === 0) {
    return force ? silence() : refusal("rm: missing operand\nTry 'rm --help' for more information.");
  }
  const recursive = options.has('r') || options.has('R');
  if (recursive && words.some((word) => normalPath(word) === '/')) {
    return refusal(
      "rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override " +
        'this failsafe',
    );
  }
  return intends(words.map((path) => ({ type: 'RemoveFile', in: context.place, path, recursive, force })));
}
