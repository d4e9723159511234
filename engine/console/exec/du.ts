/** `du`: what files with a name take. A removed file that a process holds open is not seen. */
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown } from '../reading.ts';
import { childrenOf, listFiles, normalPath } from './container-files.ts';
import type { FileEntry } from './container-files.ts';
import { ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';
import { blocksKib, humanSize } from './sizes.ts';

type Walk = {
  entries: ReadonlyMap<string, FileEntry>;
  options: ReadonlyMap<string, string>;
  lines: string[];
  /** Deepest level that is printed. */
  depth: number;
};

/** Answers `du`. */
export function runDu(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'hsakmcxSb',
    valued: 'd',
    longs: {
      'human-readable': 'h',
      summarize: 's',
      all: 'a',
      total: 'c',
      'max-depth': 'd',
      'one-file-system': 'x',
      bytes: 'b',
    },
  });
  if (!read.ok) return refusal(unknownOption('du', read.unknown));
  const { options } = read;
  const words = read.words.length === 0 ? ['.'] : read.words;
  const depthText = options.get('d') ?? '';
  if (options.has('d') && !/^[0-9]{1,3}$/.test(depthText))
    return refusal(`du: invalid maximum depth '${depthText}'`);
  if (options.has('s') && options.has('a')) return refusal('du: cannot both summarize and show all entries');
  const depth = options.has('s') ? 0 : options.has('d') ? Number(depthText) : 1000;
  const walk: Walk = { entries: listFiles(context), options, lines: [], depth };
  let errors = '';
  let total = 0;
  for (const word of words) {
    const entry = walk.entries.get(normalPath(word));
    if (!entry) {
      errors += `du: cannot access '${word}': No such file or directory\n`;
      continue;
    }
    total += measure(walk, entry, word === '.' ? '.' : word.replace(/(.)\/+$/, '$1'), 0);
  }
  if (options.has('c')) walk.lines.push(`${sizeText(options, total)}\ttotal\n`);
  const reading = shown(walk.lines.join(''), ranProgram(context, 'du', words.join(' ')));
  return errors === '' ? reading : joined([reading, refusal(errors)]);
}

function sizeText(options: ReadonlyMap<string, string>, bytes: number): string {
  if (options.has('b')) return String(bytes);
  if (options.has('h')) return humanSize(bytes);
  return String(Math.ceil(bytes / (options.has('m') ? 1_048_576 : 1024)));
}

/** Measures an entry and what is below it, printing on the way back as du does. */
function measure(walk: Walk, entry: FileEntry, name: string, level: number): number {
  const { options } = walk;
  const own = options.has('b') ? entry.bytes : blocksKib(entry.bytes) * 1024;
  if (entry.kind === 'file') {
    if (level === 0 || (options.has('a') && level <= walk.depth))
      walk.lines.push(`${sizeText(options, own)}\t${name}\n`);
    return own;
  }
  let sum = own;
  for (const child of childrenOf(walk.entries, entry.path)) {
    const last = child.path.slice(child.path.lastIndexOf('/') + 1);
    sum += measure(walk, child, name === '/' ? `/${last}` : `${name}/${last}`, level + 1);
  }
  if (level <= walk.depth) walk.lines.push(`${sizeText(options, sum)}\t${name}\n`);
  return sum;
}
