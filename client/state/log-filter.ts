/** Which log lines are to be seen. */
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';

/** A line of the logs of all containers. */
export type LogLine = NonNullable<WireFrame['telemetry']>['logLines'][number];
/** How bad a line is. */
export type LogLevel = LogLine['level'];

/** Levels, mildest first. */
export const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error', 'fatal'];

/** What is asked for; '' asks for all. */
export type LogFilter = {
  text: string;
  workload: string;
  pod: string;
  level: LogLevel | '';
  fold: boolean;
};

/** Whether a line passes. */
export function matchesLine(line: LogLine, { text, workload, pod, level }: LogFilter): boolean {
  if (workload !== '' && line.workload !== workload) return false;
  if (pod !== '' && line.pod !== pod) return false;
  if (level !== '' && LEVELS.indexOf(line.level) < LEVELS.indexOf(level)) return false;
  return text === '' || line.text.toLowerCase().includes(text.toLowerCase());
}

/** The text without its leading time and level: what the row does not show in columns of their own. */
export function messageOf({ text }: LogLine): string {
  return text.replace(/^\S+T\S+Z?\s+/, '').replace(/^(DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\s+/i, '');
}

/** What two lines must share to be one run: numbers and ids differ from request to request. */
function likeness(line: LogLine): string {
  const known = LIKENESSES.get(line);
  if (known !== undefined) return known;
  const key = likenessOf(line);
  LIKENESSES.set(line, key);
  return key;
}

/** Likeness of lines, each worked out once. */
const LIKENESSES = new WeakMap<LogLine, string>();

function likenessOf({ pod, container, template, text }: LogLine): string {
  return [pod, container, template, text.replace(/[0-9a-f]*\d[0-9a-f.:]*/gi, '#')].join('\n');
}

/** Runs of the same line as one line each, the newest, with their count. */
export function foldLines(lines: readonly LogLine[]): LogLine[] {
  const folded: LogLine[] = [];
  let run = '';
  for (const line of lines) {
    const key = likeness(line);
    const last = folded.at(-1);
    if (key === run && last !== undefined)
      folded[folded.length - 1] = { ...line, count: last.count + line.count };
    else folded.push(line);
    run = key;
  }
  return folded;
}
