/**
 * Turns a body or a patched object into an object of its kind: types checked, unknown fields dropped,
 * nulls and empty collections left out, quantities and timestamps in canonical form.
 *
 * Why  Everything behind it (defaulting, validation, tables, controllers) may then trust that a field is
 *      absent or of its type, whatever a player typed into an editor. The result shares nothing with
 *      its source.
 */
import type { Json, JsonObject } from './api-types.ts';
import { base64ErrorAt } from './base64.ts';
import { goQuoted } from './go-text.ts';
import { isObject } from './json-access.ts';
import { parseQuantity, formatQuantity } from './quantity.ts';
import type { ObjectType, TypeExpression } from './schema.ts';
import { typeNamed } from './schema.ts';
import { canonicalTimestamp, isTimestamp } from './timestamps.ts';

/** How the source was read, which decides the wording of type errors. */
export type DecodeSource = 'json' | 'unstructured';

/** A decoded object with the fields that were not known, or the first type error. */
export type Decoded =
  { ok: true; object: JsonObject; unknownFields: string[] } | { ok: false; error: string };

type Decoding = { source: DecodeSource; unknownFields: string[]; error: string };

/** Where a value stands: its path, and the Go struct that holds it. */
type Place = { path: string; struct: string };

const GO_SCALARS = new Map([
  ['s', 'string'],
  ['i', 'int32'],
  ['l', 'int64'],
  ['f', 'float64'],
  ['b', 'bool'],
  ['y', '[]uint8'],
]);

function goType(type: TypeExpression): string {
  if (type.form === 'named') return `v1.${type.name}`;
  if (type.form === 'list') return `[]${goType(type.item)}`;
  if (type.form === 'map') return `map[string]${goType(type.item)}`;
  return GO_SCALARS.get(type.code) ?? 'string';
}

/** What JSON calls a value. */
function jsonWord(value: Json): string {
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** What Go calls a value decoded without a schema. */
function goWord(value: Json): string {
  if (Array.isArray(value)) return 'slice';
  if (isObject(value)) return 'map';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function fail(decoding: Decoding, error: string): undefined {
  if (decoding.error === '') decoding.error = error;
  return undefined;
}

/** Notes that a value is not of its type, worded for the source. */
function wrongType(decoding: Decoding, place: Place, value: Json, type: TypeExpression): undefined {
  const wanted = goType(type);
  if (decoding.source === 'json') {
    const number = typeof value === 'number' && /^int/.test(wanted) ? ` ${value}` : '';
    const field = `${place.struct}.${place.path.replace(/\[\d+\]/g, '')}`;
    const found = `${jsonWord(value)}${number}`;
    return fail(decoding, `json: cannot unmarshal ${found} into Go struct field ${field} of type ${wanted}`);
  }
  const found = goWord(value);
  if (type.form === 'named') return fail(decoding, `cannot restore struct from: ${found}`);
  if (type.form === 'list') return fail(decoding, `cannot restore slice from ${found}`);
  if (type.form === 'map') return fail(decoding, `cannot restore map from ${found}`);
  if (found === 'string' || found === 'map' || found === 'slice') {
    return fail(decoding, `unrecognized type: ${wanted}`);
  }
  return fail(decoding, `cannot convert ${found} to ${wanted}`);
}

/** Strings that are more than text: quantities, times, bytes. */
function decodeText(decoding: Decoding, code: string, value: string): Json | undefined {
  if (code === 't') {
    if (value === '') return undefined;
    if (isTimestamp(value)) return canonicalTimestamp(value);
    const layout = '2006-01-02T15:04:05Z07:00';
    const text = goQuoted(value);
    return fail(decoding, `parsing time ${text} as "${layout}": cannot parse ${text} as "2006"`);
  }
  if (code === 'y') {
    const at = base64ErrorAt(value);
    return at < 0 ? value : fail(decoding, `illegal base64 data at input byte ${at}`);
  }
  return value;
}

const INT32_LARGEST = 2147483647;

function isWholeWithin(code: string, value: number): boolean {
  if (!Number.isSafeInteger(value)) return false;
  return code === 'l' || (value <= INT32_LARGEST && value >= -INT32_LARGEST - 1);
}

function decodeScalar(decoding: Decoding, place: Place, value: Json, code: string): Json | undefined {
  const type: TypeExpression = { form: 'scalar', code };
  if (code === 'j') return decodeOpaque(decoding, place, value);
  if (code === 'q') {
    const parsed = parseQuantity(value);
    return parsed.ok ? formatQuantity(parsed.quantity) : fail(decoding, parsed.error);
  }
  if (code === 'b') return typeof value === 'boolean' ? value : wrongType(decoding, place, value, type);
  if (typeof value === 'number') {
    // + 0 turns a negative zero, which JSON can write, into zero, which is all that state may hold.
    if (code === 'f' && Number.isFinite(value)) return value + 0;
    if ((code === 'i' || code === 'l' || code === 'o') && isWholeWithin(code, value)) return value + 0;
  }
  if (typeof value === 'string' && 'stuyo'.includes(code)) return decodeText(decoding, code, value);
  return wrongType(decoding, place, value, type);
}

/** A key that a state may have. Digits alone would be reordered by JavaScript, so they are refused. */
function isUsableKey(decoding: Decoding, place: Place, key: string): boolean {
  if (/^\d+$/.test(key)) {
    fail(decoding, `${place.path}: the simulator cannot keep a key made of digits alone: ${goQuoted(key)}`);
    return false;
  }
  return key !== '__proto__';
}

function decodeOpaque(decoding: Decoding, place: Place, value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => decodeOpaque(decoding, place, item) ?? null);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined;
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = decodeOpaque(decoding, place, value[key]);
    if (member !== undefined && isUsableKey(decoding, place, key)) result[key] = member;
  }
  return result;
}

function decodeMap(decoding: Decoding, place: Place, value: Json, item: TypeExpression): Json | undefined {
  if (!isObject(value)) return wrongType(decoding, place, value, { form: 'map', item });
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (!isUsableKey(decoding, place, key)) continue;
    // A null value in a map of strings is the zero value in Go, not a missing key.
    const member = value[key] ?? (item.form === 'scalar' && item.code === 'q' ? '0' : '');
    const decoded = decodeValue(decoding, place, member, item);
    if (decoded !== undefined) result[key] = decoded;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function decodeList(decoding: Decoding, place: Place, value: Json, item: TypeExpression): Json | undefined {
  if (!Array.isArray(value)) return wrongType(decoding, place, value, { form: 'list', item });
  const result: Json[] = [];
  value.forEach((member, at) => {
    const zero = item.form === 'named' ? {} : '';
    const inside = { path: `${place.path}[${at}]`, struct: place.struct };
    const decoded = decodeValue(decoding, inside, member ?? zero, item);
    if (decoded !== undefined) result.push(decoded);
  });
  return result.length === 0 ? undefined : result;
}

function decodeStruct(decoding: Decoding, place: Place, value: Json, type: ObjectType): Json | undefined {
  if (!isObject(value)) return wrongType(decoding, place, value, { form: 'named', name: type.name });
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    const path = place.path === '' ? key : `${place.path}.${key}`;
    const field = type.fields.get(key);
    if (field === undefined) {
      decoding.unknownFields.push(path);
      continue;
    }
    const member = value[key];
    if (member === null || member === undefined) continue;
    const decoded = decodeValue(decoding, { path, struct: type.name }, member, field.type);
    if (decoded !== undefined) result[key] = decoded;
  }
  return result;
}

function decodeValue(decoding: Decoding, place: Place, value: Json, type: TypeExpression): Json | undefined {
  if (type.form === 'scalar') return decodeScalar(decoding, place, value, type.code);
  if (type.form === 'list') return decodeList(decoding, place, value, type.item);
  if (type.form === 'map') return decodeMap(decoding, place, value, type.item);
  return decodeStruct(decoding, place, value, typeNamed(type.name));
}

/** Decodes a value as the named type. */
export function decodeObject(typeName: string, value: Json | undefined, source: DecodeSource): Decoded {
  const decoding: Decoding = { source, unknownFields: [], error: '' };
  const object = decodeStruct(decoding, { path: '', struct: typeName }, value ?? null, typeNamed(typeName));
  if (decoding.error !== '' || !isObject(object)) return { ok: false, error: decoding.error };
  return { ok: true, object, unknownFields: decoding.unknownFields };
}
