/** `truncate`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, refusal } from '../reading.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';
import { readSize } from './sizes.ts';

/** Answers `truncate -s SIZE FILE…`. */
export function runTruncate(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'co',
    valued: 'sr',
    longs: { size: 's', 'no-create': 'c' },
  });
  if (!read.ok) return refusal(unknownOption('truncate', read.unknown));
  const text = read.options.get('s');
  const help = "Try 'truncate --help' for more information.";
  if (text === undefined)
    return refusal(`truncate: you must specify either '--size' or '--reference'\n${help}`);
  if (/^[-+<>/%]/.test(text))
    return refusal(`truncate: relative sizes are not possible here: give the new size, e.g. -s 0`);
  const bytes = readSize(text);
  if (bytes === null) return refusal(`truncate: Invalid number: '${text}'`);
  if (read.words.length === 0) return refusal(`truncate: missing file operand\n${help}`);
  return intends(read.words.map((path) => ({ type: 'TruncateFile', in: context.place, path, bytes })));
}
