/** JSON patch (RFC 6902) over JSON pointers (RFC 6901). */
import type { Json, JsonObject } from './api-types.ts';
import { isObject, memberAt, textAt } from './json-access.ts';
import { cloneJson, equalJson, setMember } from './json-values.ts';

/** A patched value, or why the patch cannot be applied. */
export type PatchOutcome = { ok: true; value: Json } | { ok: false; error: string };

/** Document under work; a member so that an operation on '' can replace the whole. */
type Work = { root: Json };

function tokensOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Index of an existing list item, counted from the end when negative as upstream does; −1: none. */
function itemIndex(list: Json[], token: string): number {
  if (!/^-?\d+$/.test(token)) return -1;
  const number = Number(token);
  const index = number < 0 ? number + list.length : number;
  return index < list.length ? index : -1;
}

function childOf(parent: Json, token: string): Json | undefined {
  if (Array.isArray(parent)) return parent[itemIndex(parent, token)];
  return isObject(parent) ? memberAt(parent, token) : undefined;
}

function valueAtTokens(root: Json, tokens: string[]): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokens) {
    if (value === undefined) return undefined;
    value = childOf(value, token);
  }
  return value;
}

/** An operation with its pointer split, and the container that the last token is in. */
type Step = { word: string; path: string; parent: Json | undefined; last: string };

function stepOf(work: Work, word: string, path: string): Step {
  const tokens = tokensOf(path) ?? [];
  const parent = tokens.length === 0 ? undefined : valueAtTokens(work.root, tokens.slice(0, -1));
  return { word, path, parent, last: tokens[tokens.length - 1] ?? '' };
}

function noSuchPath(step: Step): string {
  return `${step.word} operation does not apply: doc is missing path: "${step.path}": missing value`;
}

function badIndex(step: Step): string {
  const index = `Unable to access invalid index: ${step.last}: invalid index referenced`;
  return `error in ${step.word} for path: '${step.path}': ${index}`;
}

/** Adds below an existing parent; answers an error text or ''. */
function add(work: Work, step: Step, value: Json): string {
  if (step.path === '') work.root = value;
  else if (Array.isArray(step.parent)) {
    const length = step.parent.length;
    const isEnd = step.last === '-' || step.last === String(length);
    const index = isEnd ? length : itemIndex(step.parent, step.last);
    if (index < 0) return badIndex(step);
    step.parent.splice(index, 0, value);
  } else if (isObject(step.parent)) setMember(step.parent, step.last, value);
  else return noSuchPath(step);
  return '';
}

function remove(step: Step): string {
  if (Array.isArray(step.parent)) {
    const index = itemIndex(step.parent, step.last);
    if (index < 0) return badIndex(step);
    step.parent.splice(index, 1);
    return '';
  }
  if (!isObject(step.parent)) return noSuchPath(step);
  if (!Object.hasOwn(step.parent, step.last)) {
    const cause = `Unable to remove nonexistent key: ${step.last}: missing value`;
    return `error in ${step.word} for path: '${step.path}': ${cause}`;
  }
  delete step.parent[step.last];
  return '';
}

/** Upstream's `replace` also sets a member that was not there. */
function replace(work: Work, step: Step, value: Json): string {
  if (step.path === '') work.root = value;
  else if (Array.isArray(step.parent)) {
    const index = itemIndex(step.parent, step.last);
    if (index < 0) return badIndex(step);
    step.parent[index] = value;
  } else if (isObject(step.parent)) setMember(step.parent, step.last, value);
  else return noSuchPath(step);
  return '';
}

/** `move` and `copy`: takes the value from `from` first. A member that is not there copies as null. */
function transfer(work: Work, operation: JsonObject, path: string): string {
  const word = textAt(operation, 'op');
  const from = textAt(operation, 'from');
  const source = stepOf(work, word, from);
  if (source.parent === undefined) return noSuchPath(source);
  const copy = cloneJson(childOf(source.parent, source.last) ?? null);
  const error = word === 'move' ? remove(source) : '';
  return error !== '' ? error : add(work, stepOf(work, word, path), copy);
}

function applyOperation(work: Work, operation: JsonObject): string {
  const word = textAt(operation, 'op');
  const path = textAt(operation, 'path');
  const step = stepOf(work, word, path);
  if (tokensOf(path) === undefined) return noSuchPath(step);
  const value = memberAt(operation, 'value');
  switch (word) {
    case 'add':
      return add(work, step, cloneJson(value ?? null));
    case 'remove':
      return remove(step);
    case 'replace':
      return replace(work, step, cloneJson(value ?? null));
    case 'move':
    case 'copy':
      return transfer(work, operation, path);
    case 'test': {
      // As upstream: an absent member and a null are the same to `test`.
      const found =
        path === '' ? work.root : step.parent === undefined ? null : childOf(step.parent, step.last);
      return equalJson(found ?? null, value ?? null) ? '' : `testing value ${path} failed: test failed`;
    }
    default:
      return `Unexpected kind: ${word}`;
  }
}

/** Applies all operations in order, or none. */
export function applyJsonPatch(original: Json, operations: Json): PatchOutcome {
  if (!Array.isArray(operations)) {
    return { ok: false, error: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' };
  }
  const work: Work = { root: cloneJson(original) };
  for (const operation of operations) {
    if (!isObject(operation)) return { ok: false, error: 'json: cannot unmarshal into jsonpatch.Operation' };
    const error = applyOperation(work, operation);
    if (error !== '') return { ok: false, error };
  }
  return { ok: true, value: work.root };
}
