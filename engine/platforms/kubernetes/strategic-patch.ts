/**
 * Strategic merge patch: a merge patch that knows which lists merge by key, and obeys the directives
 * `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`.
 */
import type { Json, JsonObject } from './api-types.ts';
import { goPlain } from './go-text.ts';
import { isObject, listAt, memberAt, textsAt } from './json-access.ts';
import type { PatchOutcome } from './json-patch.ts';
import { cloneJson, equalJson, setMember } from './json-values.ts';
import { itemType, memberType } from './merge-keys.ts';
import type { FieldType, TypeExpression } from './schema.ts';

const ORDER = '$setElementOrder/';
const DELETE_ITEMS = '$deleteFromPrimitiveList/';

/** Errors travel beside the recursion: the first one ends the patch. */
type Merging = { error: string };

/** A patch value put where nothing was: directives and nulls inside it mean nothing there. */
function withoutDirectives(value: Json): Json {
  if (Array.isArray(value)) {
    return value.filter((item) => !isObject(item) || !Object.hasOwn(item, '$patch')).map(withoutDirectives);
  }
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null && !key.startsWith('$')) setMember(result, key, withoutDirectives(value[key]));
  }
  return result;
}

/** The same item of a list: by merge key for objects, by value for primitives. */
function sameItem(left: Json, right: Json, mergeKey: string): boolean {
  if (mergeKey === '') return equalJson(left, right);
  if (!isObject(left) || !isObject(right)) return false;
  return equalJson(memberAt(left, mergeKey), memberAt(right, mergeKey));
}

function indexIn(list: Json[], item: Json, mergeKey: string): number {
  return list.findIndex((other) => sameItem(other, item, mergeKey));
}

/**
 * Orders a merged list: items the patch names stand in the patch's order, items only the server has keep
 * their place before the first named item that followed them.
 */
function orderItems(merged: Json[], order: Json[], live: Json[], mergeKey: string): Json[] {
  const named = order
    .map((wanted) => merged.find((item) => sameItem(item, wanted, mergeKey)))
    .filter((item) => item !== undefined);
  const serverOnly = merged.filter((item) => indexIn(order, item, mergeKey) < 0);
  const result: Json[] = [];
  let next = 0;
  for (const item of named) {
    const place = indexIn(live, item, mergeKey);
    while (place >= 0 && next < serverOnly.length && indexIn(live, serverOnly[next], mergeKey) < place) {
      result.push(serverOnly[next++]);
    }
    result.push(item);
  }
  return result.concat(serverOnly.slice(next));
}

/**
 * The live list by which an explicit order places the other items. Upstream merges in place, so new items
 * stand where deleted ones made room, and count as if they had always been there.
 */
function liveAfterMerge(live: Json[], merged: Json[], mergeKey: string): Json[] {
  if (mergeKey === '') return live;
  const kept = live.filter((item) => indexIn(merged, item, mergeKey) >= 0);
  const added = merged.filter((item) => indexIn(live, item, mergeKey) < 0);
  return kept.concat(added.slice(0, live.length - kept.length));
}

/** Merges a list of objects by key. */
function mergeByKey(
  merging: Merging,
  live: Json[],
  patch: Json[],
  mergeKey: string,
  item: TypeExpression,
): Json[] {
  let merged = live.slice();
  for (const change of patch) {
    if (!isObject(change)) {
      merging.error = `unable to merge list item ${goPlain(change)}: expected an object`;
      return live;
    }
    if (change.$patch === 'replace') {
      return patch.filter((other) => other !== change).map(withoutDirectives);
    }
    if (!Object.hasOwn(change, mergeKey)) {
      merging.error = `map: ${goPlain(change)} does not contain declared merge key: ${mergeKey}`;
      return live;
    }
    if (change.$patch === 'delete') {
      merged = merged.filter((other) => !sameItem(other, change, mergeKey));
      continue;
    }
    const at = indexIn(merged, change, mergeKey);
    const found = merged[at];
    if (isObject(found)) merged[at] = mergeObject(merging, found, change, item);
    else merged.push(withoutDirectives(change));
  }
  return merged;
}

/** Merges one list member of an object, with the directives that stand beside it. */
function mergeList(
  merging: Merging,
  result: JsonObject,
  patch: JsonObject,
  key: string,
  field: FieldType,
): void {
  const mergeKey = field.mergeKey;
  const live = listAt(result, key);
  const change = listAt(patch, key);
  if (mergeKey === undefined) {
    if (Object.hasOwn(patch, key)) result[key] = withoutDirectives(change);
    return;
  }
  const removed = listAt(patch, DELETE_ITEMS + key);
  const kept = live.filter((item) => !removed.some((other) => equalJson(item, other)));
  const added = change.filter((item) => indexIn(kept, item, '') < 0);
  const merged =
    mergeKey === '' ? kept.concat(added) : mergeByKey(merging, kept, change, mergeKey, itemType(field.type));
  const wanted = memberAt(patch, ORDER + key);
  if (Array.isArray(wanted)) {
    result[key] = orderItems(merged, wanted, liveAfterMerge(live, merged, mergeKey), mergeKey);
    return;
  }
  const named = change.filter((item) => !isObject(item) || !Object.hasOwn(item, '$patch'));
  result[key] = orderItems(merged, named, live, mergeKey);
}

function mergeObject(
  merging: Merging,
  original: JsonObject,
  patch: JsonObject,
  type: TypeExpression,
): JsonObject {
  const directive = memberAt(patch, '$patch');
  if (directive === 'replace') return withoutDirectives(patch) as JsonObject;
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') {
    merging.error = `unknown patch type found: ${goPlain(directive)}`;
    return original;
  }
  const result: JsonObject = { ...original };
  if (Object.hasOwn(patch, '$retainKeys')) {
    const retained = textsAt(patch, '$retainKeys');
    for (const key of Object.keys(result)) if (!retained.includes(key)) delete result[key];
  }
  const listKeys = new Set<string>();
  for (const key of Object.keys(patch)) {
    const plain = key.startsWith(ORDER) ? key.slice(ORDER.length) : key.slice(DELETE_ITEMS.length);
    const isListDirective = key.startsWith(ORDER) || key.startsWith(DELETE_ITEMS);
    if (isListDirective && Array.isArray(memberAt(result, plain))) listKeys.add(plain);
    if (key.startsWith('$')) continue;
    const change = patch[key];
    const before = memberAt(result, key);
    const field = memberType(type, key);
    if (change === null) delete result[key];
    else if (Array.isArray(change) && Array.isArray(before)) listKeys.add(key);
    else if (isObject(change) && isObject(before) && !field.replace) {
      setMember(result, key, mergeObject(merging, before, change, field.type));
    } else setMember(result, key, withoutDirectives(change));
  }
  for (const key of listKeys) mergeList(merging, result, patch, key, memberType(type, key));
  return result;
}

/** Applies a strategic merge patch to an object of the named type. */
export function applyStrategicPatch(original: JsonObject, patch: Json, typeName: string): PatchOutcome {
  if (!isObject(patch))
    return { ok: false, error: 'json: cannot unmarshal array into Go value of type map[string]interface {}' };
  const merging: Merging = { error: '' };
  const value = mergeObject(merging, original, patch, { form: 'named', name: typeName });
  return merging.error === '' ? { ok: true, value: cloneJson(value) } : { ok: false, error: merging.error };
}
