/**
 * Recognises a line that ends in a streaming pipeline (`POD=x; kubectl logs -f $POD | grep error`).
 *
 * Why   The interpreter buffers the output of every command, so an endless one would never show anything.
 *       Such a pipeline goes line by line through our own runner instead.
 */
import { parse, serialize } from 'just-bash';
import type { PipelineNode, ScriptNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';
import { CONSOLE_PROGRAMS } from './console-programs.ts';

/** A redirection at the end of a streaming pipeline; its target is shell text to be expanded. */
export type StreamTarget = { append: boolean; word: string };

/** A line that ends in a stream. */
export type StreamPlan = {
  /** Shell text that runs before, '' when nothing does. */
  before: string;
  /** Under which exit code of it the stream begins. */
  begins: 'always' | 'on success' | 'on failure';
  /** The streaming command, as shell text without redirections. */
  source: string;
  /** The filters, as shell text. */
  stages: string[];
  /** Where the last one writes to, or null for the terminal. */
  target: StreamTarget | null;
  /** Why it cannot be streamed, '' when it can. */
  refusal: string;
};

/** The text of a word without expansions; '' when it has any. */
function plainText(word: WordNode | null): string {
  const texts = (word?.parts ?? []).map((part) => {
    if (part.type === 'Literal' || part.type === 'Escaped' || part.type === 'SingleQuoted') return part.value;
    if (part.type !== 'DoubleQuoted') return null;
    const inner = part.parts.map((one) =>
      one.type === 'Literal' || one.type === 'Escaped' ? one.value : null,
    );
    return inner.includes(null) ? null : inner.join('');
  });
  return texts.includes(null) ? '' : texts.join('');
}

/** Whether a short cluster such as `-Aw` or `-nfoo` holds the letter as a switch. */
function hasSwitch(words: readonly string[], letter: string, long: readonly string[]): boolean {
  return words.some((word) => {
    const [name, value] = word.split('=');
    if (long.includes(name)) return value !== 'false';
    return word === `-${letter}` || new RegExp(`^-[A-Zaiwfp]*${letter}[A-Zaiwfp]*$`).test(name);
  });
}

/** True when the words are of a command that goes on. */
function goesOn(words: readonly string[]): boolean {
  if (!CONSOLE_PROGRAMS.includes(words[0])) return false;
  if (words[0] === 'ping') return true;
  const rest = words.slice(1);
  if (rest.includes('logs') || rest.includes('log')) return hasSwitch(rest, 'f', ['--follow']);
  if (rest.includes('rollout')) return rest.includes('status');
  if (!rest.includes('get') && !rest.includes('events')) return false;
  return hasSwitch(rest, 'w', ['--watch', '--watch-only']);
}

function simpleCommand(pipeline: PipelineNode): SimpleCommandNode | null {
  const [first] = pipeline.commands;
  return first.type === 'SimpleCommand' && first.assignments.length === 0 ? first : null;
}

function script(statements: StatementNode[]): string {
  return serialize({ type: 'Script', statements } satisfies ScriptNode);
}

/** A command as shell text without its redirections. */
function bare(command: SimpleCommandNode): string {
  const pipeline: PipelineNode = {
    type: 'Pipeline',
    commands: [{ ...command, redirections: [] }],
    negated: false,
  };
  return script([{ type: 'Statement', pipelines: [pipeline], operators: [], background: false }]);
}

/** The redirection of a streaming pipeline to a file, if any; `refuse` when it is of another kind. */
function targetOf(commands: readonly SimpleCommandNode[]): StreamTarget | null | 'refuse' {
  let target: StreamTarget | null = null;
  for (const [at, { redirections }] of commands.entries()) {
    for (const { fd, operator, target: word } of redirections) {
      // Standard error of a stream is shown beside it, wherever it is sent.
      if (fd === 2) continue;
      const last = at === commands.length - 1;
      if (!last || word.type === 'HereDoc' || (operator !== '>' && operator !== '>>')) return 'refuse';
      const echo: SimpleCommandNode = {
        type: 'SimpleCommand',
        assignments: [],
        name: word,
        args: [],
        redirections: [],
      };
      target = { append: operator === '>>', word: bare(echo) };
    }
  }
  return target;
}

/** What runs before the last pipeline of a script. */
function beforeLast(parsed: ScriptNode): Pick<StreamPlan, 'before' | 'begins'> {
  const last = parsed.statements[parsed.statements.length - 1];
  const earlier = parsed.statements.slice(0, -1);
  const pipelines = last.pipelines.slice(0, -1);
  const operator = last.operators[pipelines.length - 1];
  if (pipelines.length > 0)
    earlier.push({ ...last, pipelines, operators: last.operators.slice(0, -1), sourceText: undefined });
  const begins = operator === '&&' ? 'on success' : operator === '||' ? 'on failure' : 'always';
  return { before: earlier.length === 0 ? '' : script(earlier), begins };
}

/** Recognises a streaming line; null when the line is an ordinary one (or no shell language at all). */
export function planStream(line: string): StreamPlan | null {
  let parsed: ScriptNode;
  try {
    parsed = parse(line);
  } catch {
    return null;
  }
  const last = parsed.statements.at(-1);
  const pipeline = last?.pipelines.at(-1);
  if (last === undefined || pipeline === undefined || last.deferredError !== undefined) return null;
  const first = simpleCommand(pipeline);
  if (first === null || !goesOn([first.name, ...first.args].map(plainText))) return null;
  const commands = pipeline.commands.filter((command) => command.type === 'SimpleCommand');
  const target = targetOf(commands);
  const refusal = last.background
    ? 'a stream cannot run in the background'
    : pipeline.negated || pipeline.timed
      ? 'a stream can be neither negated nor timed'
      : commands.length < pipeline.commands.length
        ? 'a stream cannot be piped into a loop or a group'
        : target === 'refuse'
          ? 'only the end of a stream can be redirected, with > or >>'
          : '';
  return {
    ...beforeLast(parsed),
    source: bare(first),
    stages: commands.slice(1).map(bare),
    target: target === 'refuse' ? null : target,
    refusal,
  };
}
