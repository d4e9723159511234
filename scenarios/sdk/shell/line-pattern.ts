/** Patterns of `grep` and `sed` as regular expressions. */

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
  /** Find all. */
  all?: boolean;
};

const CLASSES: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  space: '\\s',
  upper: 'A-Z',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
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

function bracket(text: string): string {
  const inner = text.slice(1, -1).replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  const [negated, rest] = inner.startsWith('^') ? ['^', inner.slice(1)] : ['', inner];
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

/** The pattern as a regular expression, or null when it is none. */
export function linePattern(pattern: string, style: PatternStyle): RegExp | null {
  const source = style.fixed
    ? pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    : translate(pattern, style.extended ?? false);
  const flags = `${style.ignoreCase ? 'i' : ''}${style.all ? 'g' : ''}`;
  try {
    return new RegExp(style.word ? `\\b(?:${source})\\b` : source, flags);
  } catch {
    return null;
  }
}
