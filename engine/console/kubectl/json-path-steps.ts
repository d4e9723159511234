/** The steps of one JSONPath: `.a`, `['b']`, `[0]`, `[1:3]`, `[*]`, `..`, `[?(@.x=="y")]`. */
import type { Json } from '../../platforms/kubernetes/api-types.ts';

/** One step of a path. */
export type Step =
  | { kind: 'root' }
  | { kind: 'current' }
  | { kind: 'field'; name: string }
  | { kind: 'every' }
  | { kind: 'descend' }
  | { kind: 'slice'; start: number | null; end: number | null; stride: number | null }
  | { kind: 'union'; parts: Step[][] }
  | {
      kind: 'filter';
      left: Step[];
      operator: '==' | '!=' | '<' | '>' | '<=' | '>=' | 'exists';
      right: { kind: 'literal'; value: Json } | { kind: 'path'; steps: Step[] };
    };

/** The steps, or what is wrong. */
export type StepsReading = { ok: true; steps: Step[] } | { ok: false; error: string };

/** Reads a path such as `.items[*].metadata.name`; a path may begin with `$` or `@`. */
export function readJsonPathSteps(text: string): StepsReading {
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const name = /^\.?((?:[A-Za-z0-9_-]|\\.)+)/.exec(rest);
    if (at === 0 && rest[0] === '$') {
      steps.push({ kind: 'root' });
      at += 1;
    } else if (at === 0 && rest[0] === '@') {
      steps.push({ kind: 'current' });
      at += 1;
    } else if (rest.startsWith('..')) {
      steps.push({ kind: 'descend' });
      at += /^\.\.[.[]/.test(rest) ? 2 : 1;
      if (rest.length <= 2) return { ok: false, error: 'unexpected end of path' };
    } else if (rest.startsWith('.*')) {
      steps.push({ kind: 'every' });
      at += 2;
    } else if (rest.startsWith('[') || rest.startsWith('.[')) {
      const open = at + rest.indexOf('[');
      const close = closingBracket(text, open);
      if (close < 0) return { ok: false, error: 'unterminated array' };
      const read = readBracket(text.slice(open + 1, close).trim());
      if (!read.ok) return read;
      steps.push(...read.steps);
      at = close + 1;
    } else if (name && (name[0].startsWith('.') || at === 0)) {
      steps.push({ kind: 'field', name: name[1].replace(/\\(.)/g, '$1') });
      at += name[0].length;
    } else if (rest === '.') {
      steps.push({ kind: 'current' });
      at += 1;
    } else {
      return { ok: false, error: `unrecognized character in action: U+${hexOf(rest)} '${rest[0]}'` };
    }
  }
  return { ok: true, steps };
}

function hexOf(text: string): string {
  return (text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** The end of a bracket, minding quotes and nesting. */
function closingBracket(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[') depth += 1;
    else if (character === ']') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

function readBracket(inner: string): StepsReading {
  if (inner === '*') return { ok: true, steps: [{ kind: 'every' }] };
  const filter = /^\?\(([\s\S]*)\)$/.exec(inner);
  if (filter) return readFilter(filter[1].trim());
  const parts: Step[][] = [];
  for (const part of inner.split(',').map((piece) => piece.trim())) {
    const quoted = /^(["'])([\s\S]*)\1$/.exec(part);
    const slice = /^(-?\d{1,9})?(:)?(-?\d{1,9})?(?::(\d{1,9}))?$/.exec(part);
    if (quoted) parts.push([{ kind: 'field', name: quoted[2].replace(/\\(.)/g, '$1') }]);
    else if (slice && part !== '') parts.push([sliceStep(slice)]);
    else return { ok: false, error: `invalid array index ${part}` };
  }
  return { ok: true, steps: parts.length === 1 ? parts[0] : [{ kind: 'union', parts }] };
}

function sliceStep(found: RegExpExecArray): Step {
  const number = (text: string | undefined) => (text === undefined ? null : Number(text));
  const start = number(found[1]);
  if (found[2] !== undefined)
    return { kind: 'slice', start, end: number(found[3]), stride: number(found[4]) };
  const index = start ?? 0;
  return { kind: 'slice', start: index, end: index === -1 ? null : index + 1, stride: 1 };
}

function readFilter(text: string): StepsReading {
  const found = /^(@[^=!<>]*?)\s*(==|!=|<=|>=|<|>)\s*([\s\S]+)$/.exec(text);
  const left = readJsonPathSteps(found ? found[1].trim() : text);
  if (!left.ok) return left;
  if (!found) {
    const always: Step = {
      kind: 'filter',
      left: left.steps,
      operator: 'exists',
      right: { kind: 'literal', value: null },
    };
    return { ok: true, steps: [always] };
  }
  const operator = found[2] as '==' | '!=' | '<' | '>' | '<=' | '>=';
  const value = found[3].trim();
  const quoted = /^(["'])([\s\S]*)\1$/.exec(value);
  if (value.startsWith('@') || value.startsWith('$')) {
    const right = readJsonPathSteps(value);
    if (!right.ok) return right;
    return {
      ok: true,
      steps: [{ kind: 'filter', left: left.steps, operator, right: { kind: 'path', steps: right.steps } }],
    };
  }
  const number = /^-?\d{1,15}(\.\d{1,10})?$/.test(value) ? Number(value) : null;
  const literal: Json = quoted ? quoted[2] : value === 'true' ? true : value === 'false' ? false : number;
  if (literal === null) return { ok: false, error: `unrecognized character in filter: ${value}` };
  return {
    ok: true,
    steps: [{ kind: 'filter', left: left.steps, operator, right: { kind: 'literal', value: literal } }],
  };
}
