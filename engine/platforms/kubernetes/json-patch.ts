/** JSON patch (RFC 6902) over JSON pointers (RFC 6901). */
import type { Json, JsonObject } from './api-types.ts';
import { isObject, memberAt, textAt } from './json-access.ts';
import { cloneJson, equalJson, setMember } from './json-values.ts';

/** A patched value, or why the patch cannot be applied. */
export type PatchOutcome = { ok: true; value: Json } | { ok: false; error: string };

/** Document under work; a member so that an operation on '' can replace the whole. */
type Work = { root: Json; error: string };

function tokensOf(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Index of an existing list item, or −1. */
function itemIndex(list: Json[], token: string): number {
  if (!/^(0|[1-9]\d*)$/.test(token)) return -1;
  const index = Number(token);
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

/** Adds below an existing parent; answers an error text or ''. */
function addAt(work: Work, tokens: string[], value: Json): string {
  if (tokens.length === 0) {
    work.root = value;
    return '';
  }
  const parent = valueAtTokens(work.root, tokens.slice(0, -1));
  const last = tokens[tokens.length - 1];
  if (Array.isArray(parent)) {
    const index = last === '-' || last === String(parent.length) ? parent.length : itemIndex(parent, last);
    if (index < 0) return 'index out of bounds';
    parent.splice(index, 0, value);
    return '';
  }
  if (!isObject(parent)) return 'doc is missing path';
  setMember(parent, last, value);
  return '';
}

function removeAt(work: Work, tokens: string[]): string {
  const parent = valueAtTokens(work.root, tokens.slice(0, -1));
  const last = tokens[tokens.length - 1];
  if (tokens.length === 0 || parent === undefined || childOf(parent, last) === undefined) {
    return 'Unable to remove nonexistent key';
  }
  if (Array.isArray(parent)) parent.splice(itemIndex(parent, last), 1);
  else if (isObject(parent)) delete parent[last];
  return '';
}

function replaceAt(work: Work, tokens: string[], value: Json): string {
  if (valueAtTokens(work.root, tokens) === undefined) return 'Missing key';
  const parent = valueAtTokens(work.root, tokens.slice(0, -1));
  const last = tokens[tokens.length - 1];
  if (tokens.length === 0) work.root = value;
  else if (Array.isArray(parent)) parent[itemIndex(parent, last)] = value;
  else if (isObject(parent)) setMember(parent, last, value);
  return '';
}

/** `move` and `copy`: takes the value from `from` first. */
function transfer(work: Work, operation: JsonObject, tokens: string[]): string {
  const from = tokensOf(textAt(operation, 'from'));
  const value = from === undefined ? undefined : valueAtTokens(work.root, from);
  if (from === undefined || value === undefined) return 'Missing key';
  const copy = cloneJson(value);
  if (operation.op === 'move') {
    const error = removeAt(work, from);
    if (error !== '') return error;
  }
  return addAt(work, tokens, copy);
}

function applyOperation(work: Work, operation: JsonObject): string {
  const tokens = tokensOf(textAt(operation, 'path'));
  if (tokens === undefined) return 'doc is missing path';
  const value = memberAt(operation, 'value');
  switch (operation.op) {
    case 'add':
      return value === undefined ? 'missing value' : addAt(work, tokens, cloneJson(value));
    case 'remove':
      return removeAt(work, tokens);
    case 'replace':
      return value === undefined ? 'missing value' : replaceAt(work, tokens, cloneJson(value));
    case 'move':
    case 'copy':
      return transfer(work, operation, tokens);
    case 'test':
      // As upstream: an absent member and a null are the same to `test`.
      return equalJson(valueAtTokens(work.root, tokens) ?? null, value ?? null) ? '' : 'test failed';
    default:
      return `Unexpected kind: ${textAt(operation, 'op')}`;
  }
}

/** Applies all operations in order, or none. */
export function applyJsonPatch(original: Json, operations: Json): PatchOutcome {
  if (!Array.isArray(operations)) {
    return { ok: false, error: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' };
  }
  const work: Work = { root: cloneJson(original), error: '' };
  for (const operation of operations) {
    if (!isObject(operation)) return { ok: false, error: 'json: cannot unmarshal into jsonpatch.Operation' };
    const error = applyOperation(work, operation);
    const path = textAt(operation, 'path');
    if (error !== '')
      return { ok: false, error: `${textAt(operation, 'op')} operation does not apply: ${path}: ${error}` };
  }
  return { ok: true, value: work.root };
}
