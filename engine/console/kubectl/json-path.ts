/**
 * kubectl's JSONPath templates: text, `{.a.b[0]}`, `{..name}`, `[*]`, `[?(@.x=="y")]`, unions, slices,
 * `{range …}{end}` and quoted text.
 */
import type { Json } from '../../platforms/kubernetes/api-types.ts';
import { isObject } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { readJsonPathSteps } from './json-path-steps.ts';
import type { Step } from './json-path-steps.ts';

/** A piece of a parsed template. */
type Node =
  | { kind: 'text'; text: string }
  | { kind: 'path'; steps: Step[] }
  | { kind: 'range'; steps: Step[]; body: Node[] };

/** A parsed template, or kubectl's complaint. */
export type JsonPathParse = { ok: true; template: JsonPathTemplate } | { ok: false; error: string };

/** A parsed template. */
export type JsonPathTemplate = { nodes: Node[] };

/** Parses a template such as `{.items[*].metadata.name}`. */
export function parseJsonPath(text: string): JsonPathParse {
  const fail = (error: string): JsonPathParse => ({
    ok: false,
    error: `error parsing jsonpath ${text}, ${error}`,
  });
  const stack: { nodes: Node[]; range: Step[] | null }[] = [{ nodes: [], range: null }];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    const top = stack[stack.length - 1];
    if (open !== at)
      top.nodes.push({ kind: 'text', text: unescaped(text.slice(at, open < 0 ? undefined : open)) });
    if (open < 0) break;
    const close = closingBrace(text, open);
    if (close < 0) {
      const inArray = text.lastIndexOf('[') > Math.max(open, text.lastIndexOf(']'));
      return fail(inArray ? 'unterminated array' : 'unclosed action');
    }
    const action = text.slice(open + 1, close).trim();
    at = close + 1;
    if (action === 'end') {
      const done = stack.pop();
      if (!done?.range || stack.length === 0) return fail('not in range, nothing to end');
      stack[stack.length - 1].nodes.push({ kind: 'range', steps: done.range, body: done.nodes });
      continue;
    }
    const quoted = /^(["'])([\s\S]*)\1$/.exec(action);
    if (quoted) {
      top.nodes.push({ kind: 'text', text: unescaped(quoted[2]) });
      continue;
    }
    const isRange = /^range\s/.test(action);
    const read = readJsonPathSteps(isRange ? action.slice(6).trim() : action);
    if (!read.ok) return fail(read.error);
    if (isRange) stack.push({ nodes: [], range: read.steps });
    else top.nodes.push({ kind: 'path', steps: read.steps });
    if (stack.length > 20) return fail('too many nested ranges');
  }
  if (stack.length > 1) return fail('unexpected end of range');
  return { ok: true, template: { nodes: stack[0].nodes } };
}

/** A path as `--sort-by` and custom columns take it: `.spec.x`, `spec.x` or `{.spec.x}`. */
export function parseRelaxedPath(text: string): JsonPathParse {
  const found = /^\s*(?:\{\s*\.?([^{}]+)\s*\}|\.?([^{}]+))\s*$/.exec(text);
  if (!found) {
    const error =
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or ` +
      `'{name1.name2}' or '{.name1.name2}'`;
    return { ok: false, error };
  }
  return parseJsonPath(`{.${(found[1] ?? found[2]).trim()}}`);
}

/** The end of an action, minding quotes. */
function closingBrace(text: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < text.length; at++) {
    const character = text[at];
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '}') return at;
  }
  return -1;
}

function unescaped(text: string): string {
  const letters: { [letter: string]: string } = { n: '\n', t: '\t', '"': '"', "'": "'", '\\': '\\' };
  return text.replace(/\\([nt"'\\])/g, (_whole, letter: string) => letters[letter]);
}

/** Prints a template over a value. */
export function printJsonPath(template: JsonPathTemplate, root: Json): string {
  return printNodes(template.nodes, root, root);
}

function printNodes(nodes: readonly Node[], root: Json, current: Json): string {
  let printed = '';
  for (const node of nodes) {
    if (node.kind === 'text') printed += node.text;
    else if (node.kind === 'path') printed += walk(node.steps, root, current).map(printValue).join(' ');
    else {
      for (const value of walk(node.steps, root, current)) printed += printNodes(node.body, root, value);
    }
    // A nested range over a large list could print without bound.
    if (printed.length > PRINTED_MAX) return printed.slice(0, PRINTED_MAX);
  }
  return printed;
}

const PRINTED_MAX = 1_000_000;

/** All values that the first path of a template finds. */
export function findByJsonPath(template: JsonPathTemplate, root: Json): Json[] {
  const path = template.nodes.find((node) => node.kind === 'path');
  return path ? walk(path.steps, root, root) : [];
}

/** A value as a template prints it. */
export function printValue(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function walk(steps: readonly Step[], root: Json, start: Json): Json[] {
  let values: Json[] = [start];
  for (const step of steps) {
    values = step.kind === 'root' ? [root] : values.flatMap((value) => walkStep(step, value, root));
  }
  return values;
}

function walkStep(step: Step, value: Json, root: Json): Json[] {
  switch (step.kind) {
    case 'current':
      return [value];
    case 'field':
      return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name]] : [];
    case 'every':
      return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
    case 'descend':
      return descendants(value);
    case 'union':
      return step.parts.flatMap((part) => walk(part, root, value));
    case 'slice':
      return Array.isArray(value) ? sliced(value, step) : [];
    case 'filter':
      return Array.isArray(value) ? value.filter((item) => passes(step, item, root)) : [];
    default:
      return [];
  }
}

function descendants(value: Json): Json[] {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return [value, ...inner.flatMap(descendants)];
}

function sliced(list: Json[], step: Extract<Step, { kind: 'slice' }>): Json[] {
  const place = (given: number | null, absent: number) =>
    given === null ? absent : given < 0 ? given + list.length : given;
  const start = Math.max(0, place(step.start, 0));
  const end = Math.min(list.length, place(step.end, list.length));
  const stride = Math.max(1, step.stride ?? 1);
  return list.filter((_item, index) => index >= start && index < end && (index - start) % stride === 0);
}

function passes(step: Extract<Step, { kind: 'filter' }>, item: Json, root: Json): boolean {
  const left = walk(step.left, root, item);
  if (step.operator === 'exists') return left.length > 0;
  if (left.length === 0) return false;
  const right = step.right.kind === 'literal' ? [step.right.value] : walk(step.right.steps, root, item);
  if (right.length === 0) return false;
  const order = compared(left[0], right[0]);
  switch (step.operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order !== null && order < 0;
    case '>':
      return order !== null && order > 0;
    case '<=':
      return order !== null && order <= 0;
    default:
      return order !== null && order >= 0;
  }
}

/** Order of two scalars of one type; null when they cannot be compared. */
function compared(left: Json, right: Json): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return null;
}
