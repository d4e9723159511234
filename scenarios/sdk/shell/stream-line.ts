/** A line that ends in a stream: what runs before it, its filters, and where it goes. */
import type { CallResult } from './console-call.ts';
import { inSurroundings } from './line-surroundings.ts';
import type { LineFilter } from './line-filter.ts';
import { makeFilter } from './make-filter.ts';
import { runStream } from './run-stream.ts';
import type { StreamPlan } from './stream-plan.ts';
import { execute, wordsOf } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** Takes what a line prints. */
export type Printer = { out: (text: string) => void; err: (text: string) => void };

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

/** Runs a line that ends in a stream; the answer is its exit code. */
export async function runStreamLine(
  terminal: Terminal,
  plan: StreamPlan,
  printer: Printer,
  signal?: AbortSignal,
): Promise<number> {
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
