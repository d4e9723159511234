/**
 * Scripts of what people did, as text:
 *
 *   07:10  ana  sh  kubectl get pods        (a console line: quotes, but no pipes or variables)
 *   08:00  ben  do  {"type":"DeclareResolved"}   (any command as JSON)
 *
 * Times are minutes:seconds of incident time; lines that begin with # and empty lines are skipped.
 */
import { invariant } from '../kernel/invariant.ts';
import type { Command } from '../protocol/commands.ts';

/** One line of a script. */
export type ScriptLine =
  | { atMicros: number; seat: string; kind: 'sh'; argv: string[] }
  | { atMicros: number; seat: string; kind: 'do'; command: Command };

/** Splits a console line into words; single and double quotes group, a backslash escapes outside them. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word = '';
  let begun = false;
  let quote = '';
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word += sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      begun = true;
    } else if (sign === '\\' && at + 1 < line.length) {
      word += line[++at];
      begun = true;
    } else if (sign === ' ' && depth === 0) {
      if (begun) words.push(word);
      word = '';
      begun = false;
    } else {
      // Spaces inside a selector belong to it.
      if (sign === '{') depth++;
      if (sign === '}') depth = Math.max(0, depth - 1);
      word += sign;
      begun = true;
    }
  }
  invariant(quote === '', `unclosed quote in: ${line}`);
  if (begun) words.push(word);
  return words;
}

/** Reads a script; lines keep their order among equal times. */
export function readScript(text: string): ScriptLine[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line): ScriptLine => {
      const parts = /^(\d+):([0-5]\d(?:\.\d+)?)\s+(\S+)\s+(sh|do)\s+(.*)$/.exec(line);
      invariant(parts !== null, `not "MM:SS SEAT sh LINE" or "MM:SS SEAT do JSON": ${line}`);
      const atMicros = Math.round((Number(parts[1]) * 60 + Number(parts[2])) * 1_000_000);
      const seat = parts[3];
      if (parts[4] === 'sh') return { atMicros, seat, kind: 'sh', argv: splitWords(parts[5]) };
      return { atMicros, seat, kind: 'do', command: JSON.parse(parts[5]) as Command };
    });
  return lines
    .map((line, at) => ({ line, at }))
    .sort((left, right) => left.line.atMicros - right.line.atMicros || left.at - right.at)
    .map(({ line }) => line);
}
