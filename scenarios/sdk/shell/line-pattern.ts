/**
 * Patterns of `grep` and `sed`, in an engine whose time grows with the length of the line and no faster: a
 * player's pattern must not hold up the others.
 */
import { RE2JS } from 're2js';

/** How a pattern is to be read. */
export type PatternStyle = {
  /** `-E`: `|`, `+`, `?`, `(` and `{` mean something without a backslash. */
  extended?: boolean;
  /** `-F`: no character means anything. */
  fixed?: boolean;
  /** `-i`. */
  ignoreCase?: boolean;
  /** `-w`. */
  word?: boolean;
};

/** A place where a pattern was found. */
export type Found = {
  /** Where it begins and ends in the line. */
  start: number;
  end: number;
  /** The text found, then its groups. */
  groups: string[];
};

/** A compiled pattern. */
export type LinePattern = {
  /** Whether it is found at all. */
  test: (line: string) => boolean;
  /** Where it is found, at most so many times. */
  find: (line: string, most: number) => Found[];
};

/** In a basic pattern these are plain without a backslash and special with one. */
const SWAPPED = '|+?(){}';

/** End of a bracket expression that begins at `from`. */
function bracketEnd(pattern: string, from: number): number {
  let at = from + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') {
    const named = pattern[at] === '[' && pattern[at + 1] === ':' ? pattern.indexOf(':]', at) : -1;
    at = named < 0 ? at + 1 : named + 2;
  }
  return at;
}

/** A bracket expression; a `]` that stands first is plain. */
function bracket(text: string): string {
  const [, negated, rest] = /^\[(\^?)(.*)\]$/s.exec(text) ?? ['', '', text];
  return `[${negated}${rest.startsWith(']') ? `\\${rest}` : rest}]`;
}

function translate(pattern: string, extended: boolean): string {
  let out = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '[') {
      const end = bracketEnd(pattern, at);
      out += bracket(pattern.slice(at, end + 1));
      at = end;
    } else if (char === '\\' && at + 1 < pattern.length) {
      const next = pattern[++at];
      if (SWAPPED.includes(next)) out += extended ? `\\${next}` : next;
      else if (next === '<' || next === '>') out += '\\b';
      else out += /[\w.*^$[\]\\/-]/.test(next) ? `\\${next}` : next;
    } else if (SWAPPED.includes(char)) out += extended ? char : `\\${char}`;
    else out += char;
  }
  return out;
}

function findAll(compiled: RE2JS, line: string, most: number): Found[] {
  const matcher = compiled.matcher(line);
  const found: Found[] = [];
  while (found.length < most && matcher.find()) {
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, at) => matcher.group(at) ?? '');
    found.push({ start: matcher.start(), end: matcher.end(), groups });
  }
  return found;
}

/** Compiles a pattern; null when it is none. */
export function linePattern(pattern: string, style: PatternStyle): LinePattern | null {
  const source = style.fixed
    ? pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    : translate(pattern, style.extended ?? false);
  try {
    const flags = style.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
    const compiled = RE2JS.compile(style.word ? `\\b(?:${source})\\b` : source, flags);
    return {
      test: (line) => compiled.matcher(line).find(),
      find: (line, most) => findAll(compiled, line, most),
    };
  } catch {
    return null;
  }
}
