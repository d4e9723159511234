/**
 * Reading JSON whose shape is known only at run time, without a cast at every step.
 *
 * Why  Stored objects have been decoded against the schema, so a field is absent or of its type; these
 *      readers turn "absent" into the value Go would see (empty string, empty list) and never look at
 *      inherited properties, so that a label called `constructor` is just a label.
 */
import type { Json, JsonObject, KubeObject } from './api-types.ts';

/** True for a JSON object (not a list, not null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member, or undefined when it is absent or inherited. */
export function memberAt(parent: JsonObject | undefined, key: string): Json | undefined {
  return parent !== undefined && Object.hasOwn(parent, key) ? parent[key] : undefined;
}

/** The member if it is an object. */
export function objectAt(parent: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = memberAt(parent, key);
  return isObject(value) ? value : undefined;
}

/** The member if it is a list, else an empty list. */
export function listAt(parent: JsonObject | undefined, key: string): Json[] {
  const value = memberAt(parent, key);
  return Array.isArray(value) ? value : [];
}

/** The objects of a list member. */
export function objectsAt(parent: JsonObject | undefined, key: string): JsonObject[] {
  return listAt(parent, key).filter(isObject);
}

/** The strings of a list member. */
export function textsAt(parent: JsonObject | undefined, key: string): string[] {
  return listAt(parent, key).filter((item) => typeof item === 'string');
}

/** The member if it is a string, else ''. */
export function textAt(parent: JsonObject | undefined, key: string): string {
  const value = memberAt(parent, key);
  return typeof value === 'string' ? value : '';
}

/** The member if it is a number. */
export function numberAt(parent: JsonObject | undefined, key: string): number | undefined {
  const value = memberAt(parent, key);
  return typeof value === 'number' ? value : undefined;
}

/** The member if it is a number, else 0: what a Go struct would hold. */
export function countAt(parent: JsonObject | undefined, key: string): number {
  return numberAt(parent, key) ?? 0;
}

/** True only for a member that is `true`. */
export function flagAt(parent: JsonObject | undefined, key: string): boolean {
  return memberAt(parent, key) === true;
}

/** A member that maps strings to strings (labels, selectors); empty when absent. */
export function textMapAt(parent: JsonObject | undefined, key: string): { [key: string]: string } {
  const value = objectAt(parent, key);
  return value === undefined ? {} : (value as { [key: string]: string });
}

/** The value at a path of members, or undefined. */
export function valueAt(parent: JsonObject | undefined, ...path: string[]): Json | undefined {
  let value: Json | undefined = parent;
  for (const key of path) {
    if (!isObject(value)) return undefined;
    value = memberAt(value, key);
  }
  return value;
}

/** A stored object as plain JSON, for code that walks it generically. */
export function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}
