/**
 * The difference between two JSON objects as a short list of edits.
 *
 * Why  The watch log must be able to show every version of an object. Keeping 2,000 whole pods would cost
 *      more memory than the rest of an incident; the edits that lead back from a version to the one
 *      before it cost a few hundred bytes.
 */
import type { Json, JsonObject } from './api-types.ts';
import { isObject } from './json-access.ts';
import { cloneJson, equalJson } from './json-values.ts';

/** Sets the value at a path, or removes what is there when there is no value. */
export type JsonEdit = {
  /** Members and list places from the root. */
  path: (string | number)[];
  /** New value; absent: remove the member. */
  value?: Json;
};

function collect(from: Json, to: Json, path: (string | number)[], edits: JsonEdit[]): void {
  if (isObject(from) && isObject(to)) {
    for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) edits.push({ path: [...path, key] });
    for (const key of Object.keys(to)) {
      if (!Object.hasOwn(from, key)) edits.push({ path: [...path, key], value: cloneJson(to[key]) });
      else collect(from[key], to[key], [...path, key], edits);
    }
    return;
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    from.forEach((item, at) => collect(item, to[at], [...path, at], edits));
    return;
  }
  if (!equalJson(from, to)) edits.push({ path, value: cloneJson(to) });
}

/** The edits that turn `from` into `to`. */
export function editsBetween(from: JsonObject, to: JsonObject): JsonEdit[] {
  const edits: JsonEdit[] = [];
  collect(from, to, [], edits);
  return edits;
}

/** Sets or removes below a copy of each container on the way. */
function edited(value: Json, path: (string | number)[], at: number, change: Json | undefined): Json {
  if (at === path.length) return change ?? null;
  const step = path[at];
  const isLast = at === path.length - 1;
  if (Array.isArray(value)) {
    const list = value.slice();
    list[Number(step)] = edited(list[Number(step)], path, at + 1, change);
    return list;
  }
  const object: JsonObject = isObject(value) ? { ...value } : {};
  if (isLast && change === undefined) delete object[String(step)];
  else object[String(step)] = edited(object[String(step)] ?? null, path, at + 1, change);
  return object;
}

/** The object after the edits; the original is left as it was, unchanged parts are shared with it. */
export function applyEdits(object: JsonObject, edits: JsonEdit[]): JsonObject {
  let result: Json = object;
  for (const edit of edits) result = edited(result, edit.path, 0, edit.value);
  return result as JsonObject;
}
