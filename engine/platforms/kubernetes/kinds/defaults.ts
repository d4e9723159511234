/** Filling in members that are absent. */
import type { Json, JsonObject } from '../api-types.ts';
import { isObject, objectAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';

/** Sets each member of `defaults` that the object lacks. */
export function setDefaults(object: JsonObject, defaults: { readonly [key: string]: Json }): void {
  for (const key of Object.keys(defaults)) {
    if (!Object.hasOwn(object, key) || object[key] === '') object[key] = cloneJson(defaults[key]);
  }
}

/** The object member, made when absent. */
export function ensureObject(parent: JsonObject, key: string): JsonObject {
  const found = objectAt(parent, key);
  if (found !== undefined) return found;
  const made: JsonObject = {};
  parent[key] = made;
  return made;
}

/** Runs for each object of a list member. */
export function forEachObject(parent: JsonObject, key: string, change: (item: JsonObject) => void): void {
  const list = parent[key];
  if (Array.isArray(list)) for (const item of list) if (isObject(item)) change(item);
}
