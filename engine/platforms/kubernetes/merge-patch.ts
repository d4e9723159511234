/** JSON merge patch (RFC 7386). */
import type { Json, JsonObject } from './api-types.ts';
import { isObject, memberAt } from './json-access.ts';
import { cloneJson, setMember } from './json-values.ts';

/** The original with the patch merged in: objects merge, null removes, all else replaces. */
export function applyMergePatch(original: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return cloneJson(patch);
  const result: JsonObject = isObject(original) ? cloneJson(original) : {};
  for (const key of Object.keys(patch)) {
    const change = patch[key];
    if (change === null) delete result[key];
    else setMember(result, key, applyMergePatch(memberAt(result, key), change));
  }
  return result;
}
