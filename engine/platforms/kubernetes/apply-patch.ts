/**
 * Server-side apply: merges by schema. Whoever applies owns what it applies; conflicts between managers
 * are not detected, and a field left out of a later apply stays.
 */
import type { Json, JsonObject } from './api-types.ts';
import { isObject, memberAt } from './json-access.ts';
import { cloneJson, equalJson, setMember } from './json-values.ts';
import { memberType } from './merge-keys.ts';
import type { FieldType, TypeExpression } from './schema.ts';
import { typeNamed } from './schema.ts';

/** Values that list keys have when an item leaves them out. */
const KEY_DEFAULTS: { readonly [key: string]: Json } = { protocol: 'TCP' };

function keyValue(item: JsonObject, key: string): Json | undefined {
  return memberAt(item, key) ?? memberAt(KEY_DEFAULTS as JsonObject, key);
}

function sameByKeys(left: Json, right: Json, keys: string[]): boolean {
  if (!isObject(left) || !isObject(right)) return equalJson(left, right);
  return keys.every((key) => equalJson(keyValue(left, key), keyValue(right, key)));
}

function applyList(live: Json[], wanted: Json[], field: FieldType): Json[] {
  const keys = field.listKeys ?? [];
  if (field.listKeys === undefined && field.mergeKey === undefined) return cloneJson(wanted);
  const result = live.slice();
  const item = field.type.form === 'list' ? field.type.item : field.type;
  for (const change of wanted) {
    const at = result.findIndex((other) => sameByKeys(other, change, keys));
    if (at < 0) result.push(cloneJson(change));
    else result[at] = applyValue(result[at], change, item);
  }
  return result;
}

function applyValue(live: Json, wanted: Json, type: TypeExpression): Json {
  if (!isObject(live) || !isObject(wanted)) return cloneJson(wanted);
  if (type.form === 'named' && typeNamed(type.name).atomic) return cloneJson(wanted);
  const result: JsonObject = { ...live };
  for (const key of Object.keys(wanted)) {
    const change = wanted[key];
    const before = memberAt(result, key);
    const field = memberType(type, key);
    if (before === undefined || change === null) setMember(result, key, cloneJson(change));
    else if (Array.isArray(before) && Array.isArray(change)) result[key] = applyList(before, change, field);
    else setMember(result, key, applyValue(before, change, field.type));
  }
  return result;
}

/** The object after `wanted` has been applied to it. */
export function applyByFields(live: JsonObject, wanted: JsonObject, typeName: string): JsonObject {
  return cloneJson(applyValue(live, wanted, { form: 'named', name: typeName })) as JsonObject;
}
