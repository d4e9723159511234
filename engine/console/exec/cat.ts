/** `cat`, `head` and `tail`: logs are rendered from their records, other files shown as far as known. */
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown, silence } from '../reading.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import { podOfProcess } from '../../platforms/kubernetes/topology.ts';
import { renderLogLines } from '../../telemetry/log-text.ts';
import { listFiles, logWriter, normalPath } from './container-files.ts';
import type { FileEntry } from './container-files.ts';
import { ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';
import { humanSize } from './sizes.ts';

/** Lines of a log that are shown at most. */
const LOG_LINES_MAX = 2000;

type Content = {
  /** The text, or null when the simulator does not know it. */
  text: string | null;
  /** How much stands before the text, bytes. */
  cutBytes: number;
  /** What reading it counts for. */
  observed: Observation[];
};

/** The content of a file. */
function contentOf(context: ExecContext, entry: FileEntry): Content {
  if (entry.text !== null) return { text: entry.text, cutBytes: 0, observed: [] };
  if (entry.bytes === 0) return { text: '', cutBytes: 0, observed: [] };
  const writer = logWriter(context, entry);
  if (writer < 0) return { text: null, cutBytes: 0, observed: [] };
  const { lines } = renderLogLines(context.world.cluster, writer, { tail: LOG_LINES_MAX });
  // After a cut the file holds less than what is remembered of the log.
  let bytes = 0;
  let first = lines.length;
  while (first > 0 && bytes + lines[first - 1].text.length + 1 <= entry.bytes) {
    first -= 1;
    bytes += lines[first].text.length + 1;
  }
  const kept = lines.slice(first);
  const place = podOfProcess(context.world, writer);
  const templates = [...new Set(kept.map(({ template }) => template))];
  const observed: Observation[] = place
    ? [{ tool: 'logs', namespace: place.namespace, pod: place.pod, container: place.container, templates }]
    : [];
  return {
    text: kept.map(({ text }) => `${text}\n`).join(''),
    cutBytes: Math.max(0, entry.bytes - bytes),
    observed,
  };
}

/** Answers `cat`. */
export function runCat(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, { letters: 'nAbsuvetET' });
  if (!read.ok) return refusal(unknownOption('cat', read.unknown));
  if (read.words.length === 0) return shown(context.stdin);
  let number = 0;
  const readings = read.words.map((word) => {
    const reading = readWord(context, 'cat', word, (text) => text);
    if (!read.options.has('n')) return reading;
    const lines = reading.stdout.split('\n');
    const last = lines.pop();
    const numbered = lines.map((line) => `${String((number += 1)).padStart(6)}\t${line}\n`).join('');
    return { ...reading, stdout: numbered + (last ?? '') };
  });
  return joined(readings);
}

/** Answers `head` and `tail`. */
export function runHeadOrTail(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const program = argv[0] === 'head' ? 'head' : 'tail';
  // `tail -50` is the old way to write `tail -n 50`.
  const words = argv.flatMap((word, at) =>
    at > 0 && /^-[0-9]+$/.test(word) ? ['-n', word.slice(1)] : [word],
  );
  const read = readProgramOptions(words, {
    letters: 'fFqv',
    valued: 'nc',
    longs: { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q' },
  });
  if (!read.ok) return refusal(unknownOption(program, read.unknown));
  if (program === 'tail' && (read.options.has('f') || read.options.has('F'))) {
    return refusal('tail: following a file is not possible here; use kubectl logs -f');
  }
  const asked = read.options.get('n') ?? '10';
  const byBytes = read.options.get('c');
  if (!/^[+-]?[0-9]{1,9}$/.test(asked)) return refusal(`${program}: invalid number of lines: '${asked}'`);
  if (byBytes !== undefined && !/^[0-9]{1,9}$/.test(byBytes)) {
    return refusal(`${program}: invalid number of bytes: '${byBytes}'`);
  }
  const cut = (text: string) => {
    if (byBytes !== undefined) {
      const count = Number(byBytes);
      return program === 'head' ? text.slice(0, count) : count === 0 ? '' : text.slice(-count);
    }
    return cutLines(text, program, asked);
  };
  if (read.words.length === 0) return shown(cut(context.stdin));
  const titled = read.words.length > 1 && !read.options.has('q');
  return joined(
    read.words.map((word, at) => {
      const reading = readWord(context, program, word, cut);
      const title = titled && reading.exitCode === 0 ? `${at > 0 ? '\n' : ''}==> ${word} <==\n` : '';
      return { ...reading, stdout: title + reading.stdout };
    }),
  );
}

function cutLines(text: string, program: 'head' | 'tail', asked: string): string {
  const lines = text.split(/(?<=\n)/);
  const count = Math.abs(Number(asked));
  if (program === 'head')
    return (
      asked.startsWith('-') ? lines.slice(0, Math.max(0, lines.length - count)) : lines.slice(0, count)
    ).join('');
  if (asked.startsWith('+')) return lines.slice(Math.max(0, count - 1)).join('');
  return count === 0 ? '' : lines.slice(-count).join('');
}

/** Shows one file through a cut, or says why not. */
function readWord(
  context: ExecContext,
  program: string,
  word: string,
  cut: (text: string) => string,
): ConsoleReading {
  const entry = listFiles(context).get(normalPath(word));
  const opening = program === 'cat' ? `${program}: ${word}` : `${program}: cannot open '${word}' for reading`;
  if (!entry) return refusal(`${opening}: No such file or directory`);
  if (entry.kind === 'directory') {
    return refusal(
      program === 'cat'
        ? `cat: ${word}: Is a directory`
        : `${program}: error reading '${word}': Is a directory`,
    );
  }
  const content = contentOf(context, entry);
  const observed = [...ranProgram(context, program, word), ...content.observed];
  if (content.text === null) {
    return {
      ...refusal(`${program}: ${word}: binary file (${humanSize(entry.bytes)}), not shown here`),
      observed,
    };
  }
  const text = cut(content.text);
  const reading = { ...silence(), stdout: text, observed };
  // Only who sees the beginning need be told that something stands before it.
  const seesBeginning = text !== '' && content.text.startsWith(text);
  if (content.cutBytes === 0 || !seesBeginning || program === 'tail') return reading;
  return {
    ...reading,
    stderr: `${program}: ${humanSize(content.cutBytes)} of ${word} before these lines are not shown here\n`,
  };
}
