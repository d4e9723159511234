/** Runs a streaming pipeline: pieces of the stream, cut into lines, through filters, to the terminal. */
import type { ConsoleStream } from '@chaotic-good/engine/console/console-types';
import { nextPiece } from './console-call.ts';
import type { LineFilter } from './line-filter.ts';
import { LINE_OUTPUT_BYTES_MAX } from './shell-limits.ts';
import type { ShellPort } from './shell-port.ts';

/** What there is to run. */
export type StreamRun = {
  /** The incident. */
  port: ShellPort;
  /** The line, for the timeline. */
  cause: string;
  /** What the streaming command printed at once. */
  stdout: string;
  /** How it goes on; null when it had ended already. */
  stream: ConsoleStream | null;
  /** Its exit code when it had ended already. */
  exitCode: number;
  /** What its output goes through. */
  filters: LineFilter[];
  /** Takes finished text. */
  print: (text: string) => void;
  /** Ends it early, as Ctrl-C does. */
  signal?: AbortSignal;
};

/** Gives lines through the filters from number `from` on. */
function through(filters: readonly LineFilter[], lines: readonly string[], from = 0): string[] {
  let passing = [...lines];
  for (const filter of filters.slice(from))
    passing = passing.flatMap((line) => (filter.full() ? [] : filter.push(line)));
  return passing;
}

/** What the filters held back, first to last. */
function drain(filters: readonly LineFilter[]): string[] {
  const out: string[] = [];
  filters.forEach((filter, at) => out.push(...through(filters, filter.end(), at + 1)));
  return out;
}

/** Resolves when the signal ends it. */
function aborted(signal: AbortSignal | undefined): Promise<'aborted'> {
  return new Promise((resolve) =>
    signal?.addEventListener('abort', () => resolve('aborted'), { once: true }),
  );
}

/** Runs it to its end; the answer is the exit code of the pipeline. */
export async function runStream(run: StreamRun): Promise<number> {
  const { port, cause, filters, signal } = run;
  let { stream, exitCode } = run;
  let rest = '';
  let printed = 0;
  const emit = (lines: readonly string[]) => {
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    printed += text.length;
    run.print(text);
  };
  const take = (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    emit(through(filters, lines));
  };
  take(run.stdout);
  const stopped = aborted(signal);
  while (stream !== null && !filters.some((filter) => filter.full()) && printed < LINE_OUTPUT_BYTES_MAX) {
    const piece = signal?.aborted ? 'aborted' : await Promise.race([nextPiece(port, stream, cause), stopped]);
    if (piece === 'aborted') {
      exitCode = 130;
      break;
    }
    take(piece.stdout);
    ({ stream, exitCode } = piece);
  }
  if (rest !== '') emit(through(filters, [rest]));
  emit(drain(filters));
  return filters.at(-1)?.exitCode() ?? exitCode;
}
