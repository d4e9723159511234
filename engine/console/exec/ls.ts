/** `ls`. */
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown } from '../reading.ts';
import { timestampAt } from '../../platforms/kubernetes/timestamps.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { baseName, childrenOf, listFiles, normalPath } from './container-files.ts';
import type { FileEntry } from './container-files.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';
import { alignCells, blocksKib, humanSize } from './sizes.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Answers `ls`. */
export function runLs(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'lahA1tSrRdsFin',
    longs: {
      all: 'a',
      'human-readable': 'h',
      recursive: 'R',
      directory: 'd',
      'almost-all': 'A',
      reverse: 'r',
    },
  });
  if (!read.ok) return refusal(unknownOption('ls', read.unknown), 2);
  const { options } = read;
  const words = read.words.length === 0 ? ['.'] : read.words;
  const entries = listFiles(context);
  const files: { name: string; entry: FileEntry }[] = [];
  const directories: { name: string; entry: FileEntry }[] = [];
  let errors = '';
  for (const word of words) {
    const entry = entries.get(normalPath(word));
    if (!entry) errors += `ls: cannot access '${word}': No such file or directory\n`;
    else if (entry.kind === 'file' || options.has('d')) files.push({ name: word, entry });
    else directories.push({ name: word, entry });
  }
  const blocks = files.length > 0 ? [printEntries(context, files, options)] : [];
  const titled = words.length > 1 || options.has('R');
  for (let at = 0; at < directories.length; at++) {
    const { name, entry } = directories[at];
    const children = childrenOf(entries, entry.path);
    const below = children.filter(({ kind }) => kind === 'directory');
    if (options.has('R')) {
      const nested = below.map((child) => ({
        name: `${name.replace(/\/$/, '')}/${baseName(child.path)}`,
        entry: child,
      }));
      directories.splice(at + 1, 0, ...nested);
    }
    const title = titled ? `${name}:\n` : '';
    blocks.push(title + printDirectory(context, entry, children, options));
  }
  const reading = shown(blocks.join('\n'), ranProgram(context, 'ls', words.join(' ')));
  return errors === '' ? reading : joined([reading, refusal(errors, 2)]);
}

function printDirectory(
  context: ExecContext,
  directory: FileEntry,
  children: readonly FileEntry[],
  options: ReadonlyMap<string, string>,
): string {
  const dots = options.has('a') ? ['.', '..'].map((name) => ({ name, entry: directory })) : [];
  const listed = [...dots, ...children.map((entry) => ({ name: baseName(entry.path), entry }))];
  const total = listed.reduce((sum, { entry }) => sum + blocksKib(entry.bytes), 0);
  const totalText = options.has('h') ? humanSize(total * 1024) : String(total);
  return (options.has('l') ? `total ${totalText}\n` : '') + printEntries(context, listed, options);
}

function printEntries(
  context: ExecContext,
  listed: readonly { name: string; entry: FileEntry }[],
  options: ReadonlyMap<string, string>,
): string {
  const order = listed.slice();
  if (options.has('S')) order.sort((a, b) => b.entry.bytes - a.entry.bytes || compareText(a.name, b.name));
  if (options.has('t'))
    order.sort((a, b) => b.entry.modifiedMicros - a.entry.modifiedMicros || compareText(a.name, b.name));
  if (options.has('r')) order.reverse();
  if (!options.has('l')) return order.map(({ name }) => `${name}\n`).join('');
  const owner = ownerOf(context);
  const rows = order.map(({ name, entry }) => [
    entry.kind === 'directory' ? 'drwxr-xr-x' : '-rw-r--r--',
    entry.kind === 'directory' ? '2' : '1',
    owner,
    owner,
    options.has('h') ? humanSize(entry.bytes) : String(entry.bytes),
    timeText(context, entry.modifiedMicros),
    name,
  ]);
  return rows.length === 0 ? '' : alignCells(rows, [0, 2, 3, 5, 6]);
}

/** Whom the files belong to: the user that the program runs as. */
export function ownerOf(context: ExecContext): string {
  const program = context.world.cluster.plan.programs[mainProcess(context).program];
  return program.spec.kind === 'database' ? 'postgres' : 'root';
}

/** `Jan  5 14:05`; the year in place of the time for what is older than half a year. */
function timeText(context: ExecContext, atMicros: number): string {
  const { kube, cluster } = context.world;
  const time = timestampAt(kube.store, atMicros);
  const day = String(Number(time.slice(8, 10))).padStart(2);
  const old = cluster.nowMicros - atMicros > 182 * 86_400 * 1_000_000;
  return (
    `${MONTHS[Number(time.slice(5, 7)) - 1]} ${day} ` + `${old ? ` ${time.slice(0, 4)}` : time.slice(11, 16)}`
  );
}
