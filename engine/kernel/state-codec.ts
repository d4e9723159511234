/**
 * Turns a state tree into bytes and back, exactly: the snapshot, and what the state hash is taken over.
 *
 * A state is a tree of null, booleans, finite numbers, strings, arrays, plain objects, Maps and typed
 * arrays. Order is state: Maps and objects keep the order of their keys. NaN and −0 are refused
 * (they compare oddly and JSON loses them), as are undefined in arrays and functions; a field that is
 * undefined counts as absent. Integer-like keys of objects stand first and in ascending order, as
 * JavaScript keeps them. Numbers and typed arrays are little-endian on every machine.
 */
import { invariant } from './invariant.ts';

const TAG_NULL = 0;
const TAG_FALSE = 1;
const TAG_TRUE = 2;
const TAG_INT32 = 3;
const TAG_FLOAT64 = 4;
const TAG_STRING = 5;
const TAG_ARRAY = 6;
const TAG_OBJECT = 7;
const TAG_MAP = 8;
const TAG_TYPED = 9;

/** The typed arrays a state may hold, in the order of their codes in the encoding. */
const TYPED = [Uint8Array, Int32Array, Uint32Array, Float64Array, Float32Array, Uint16Array] as const;
type Typed = Uint8Array | Int32Array | Uint32Array | Float64Array | Float32Array | Uint16Array;

type Writer = { bytes: Uint8Array; view: DataView; at: number };
type Reader = { bytes: Uint8Array; view: DataView; at: number };

/** Makes room for `count` more bytes. */
function reserve(writer: Writer, count: number): void {
  if (writer.at + count <= writer.bytes.length) return;
  let capacity = writer.bytes.length * 2;
  while (capacity < writer.at + count) capacity *= 2;
  const bytes = new Uint8Array(capacity);
  bytes.set(writer.bytes.subarray(0, writer.at));
  writer.bytes = bytes;
  writer.view = new DataView(bytes.buffer);
}

function writeTag(writer: Writer, tag: number): void {
  reserve(writer, 1);
  writer.bytes[writer.at++] = tag;
}

function writeCount(writer: Writer, count: number): void {
  reserve(writer, 4);
  writer.view.setUint32(writer.at, count, true);
  writer.at += 4;
}

function writeNumber(writer: Writer, value: number, path: string): void {
  invariant(value === value, `NaN in state at ${path}`);
  if (value === (value | 0)) {
    invariant(value !== 0 || 1 / value > 0, `-0 in state at ${path}`);
    writeTag(writer, TAG_INT32);
    reserve(writer, 4);
    writer.view.setInt32(writer.at, value, true);
    writer.at += 4;
    return;
  }
  writeTag(writer, TAG_FLOAT64);
  reserve(writer, 8);
  writer.view.setFloat64(writer.at, value, true);
  writer.at += 8;
}

/** Code units, one byte each when all are below 256 (almost all our text), else two. */
function writeString(writer: Writer, text: string): void {
  let narrow = 1;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 255) narrow = 0;
  writeCount(writer, text.length * 2 + narrow);
  reserve(writer, text.length * 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    writer.bytes[writer.at++] = unit & 255;
    if (!narrow) writer.bytes[writer.at++] = unit >>> 8;
  }
}

function writeTyped(writer: Writer, array: Typed, path: string): void {
  const code = TYPED.findIndex((kind) => array instanceof kind);
  invariant(code >= 0, `unknown typed array in state at ${path}`);
  writeTag(writer, TAG_TYPED);
  writeTag(writer, code);
  writeCount(writer, array.length);
  reserve(writer, array.byteLength);
  if (array instanceof Float64Array || array instanceof Float32Array) {
    for (let at = 0; at < array.length; at++) {
      const value = array[at];
      invariant(value === value, `NaN in state at ${path}[${at}]`);
      invariant(value !== 0 || 1 / value > 0, `-0 in state at ${path}[${at}]`);
    }
  }
  // All engines we run on are little-endian; `assertLittleEndian` holds them to it.
  writer.bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), writer.at);
  writer.at += array.byteLength;
}

function writeEntries(writer: Writer, value: object, path: string): void {
  if (Array.isArray(value)) {
    writeTag(writer, TAG_ARRAY);
    writeCount(writer, value.length);
    for (let at = 0; at < value.length; at++) writeValue(writer, value[at], `${path}[${at}]`);
    return;
  }
  if (value instanceof Map) {
    writeTag(writer, TAG_MAP);
    writeCount(writer, value.size);
    for (const [key, item] of value) {
      writeValue(writer, key, `${path} key`);
      writeValue(writer, item, path === '' ? String(key) : `${path}.${String(key)}`);
    }
    return;
  }
  const keys = Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
  writeTag(writer, TAG_OBJECT);
  writeCount(writer, keys.length);
  for (const key of keys) {
    writeString(writer, key);
    writeValue(writer, (value as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`);
  }
}

function writeValue(writer: Writer, value: unknown, path: string): void {
  if (value === null) writeTag(writer, TAG_NULL);
  else if (typeof value === 'boolean') writeTag(writer, value ? TAG_TRUE : TAG_FALSE);
  else if (typeof value === 'number') writeNumber(writer, value, path);
  else if (typeof value === 'string') {
    writeTag(writer, TAG_STRING);
    writeString(writer, value);
  } else if (ArrayBuffer.isView(value)) writeTyped(writer, value as Typed, path);
  else {
    invariant(typeof value === 'object', `${typeof value} in state at ${path}`);
    writeEntries(writer, value as object, path);
  }
}

/** The endianness this module relies on; checked once at load. */
function assertLittleEndian(): void {
  invariant(new Uint8Array(new Uint32Array([1]).buffer)[0] === 1, 'the engine needs a little-endian machine');
}
assertLittleEndian();

/**
 * The bytes of a state.
 *
 * @throws InvariantError on NaN, −0, undefined in an array, functions.
 */
export function encodeState(state: unknown): Uint8Array {
  const bytes = new Uint8Array(1 << 16);
  const writer: Writer = { bytes, view: new DataView(bytes.buffer), at: 0 };
  writeValue(writer, state, '');
  return writer.bytes.slice(0, writer.at);
}

function readString(reader: Reader): string {
  const head = reader.view.getUint32(reader.at, true);
  reader.at += 4;
  const length = head >>> 1;
  let text = '';
  if (head & 1) {
    for (let at = 0; at < length; at++) text += String.fromCharCode(reader.bytes[reader.at + at]);
    reader.at += length;
    return text;
  }
  for (let at = 0; at < length; at++) {
    text += String.fromCharCode(reader.view.getUint16(reader.at, true));
    reader.at += 2;
  }
  return text;
}

function readTyped(reader: Reader): Typed {
  const kind = TYPED[reader.bytes[reader.at++]];
  const length = reader.view.getUint32(reader.at, true);
  reader.at += 4;
  // Not `reader.bytes.slice`: that of a Node Buffer shares memory.
  const end = reader.at + length * kind.BYTES_PER_ELEMENT;
  const bytes = Uint8Array.prototype.slice.call(reader.bytes, reader.at, end);
  reader.at += bytes.length;
  return new kind(bytes.buffer);
}

function readEntries(reader: Reader, tag: number): unknown {
  const count = reader.view.getUint32(reader.at, true);
  reader.at += 4;
  if (tag === TAG_ARRAY) {
    const list: unknown[] = [];
    for (let at = 0; at < count; at++) list.push(readValue(reader));
    return list;
  }
  if (tag === TAG_MAP) {
    const map = new Map<unknown, unknown>();
    for (let at = 0; at < count; at++) {
      const key = readValue(reader);
      map.set(key, readValue(reader));
    }
    return map;
  }
  return readObject(reader, count);
}

/**
 * Objects by their keys, each member 0: a cache, not state. An object that grows key by key beyond a dozen
 * becomes a hash table in V8, and everything that later reads it is several times slower; a copy of one that
 * JSON.parse made has a fixed shape.
 */
const SHAPES = new Map<string, Record<string, unknown>>();
/** Shapes kept at most: the engine's own types are some hundreds, what players write must not fill memory. */
const SHAPES_MAX = 2000;

/** An object with these keys, ready to be filled. */
function shaped(keys: readonly string[]): Record<string, unknown> {
  // Keys that hold the separator would share a name with others; so would one empty key with none at all.
  const isPlain = keys.every((key) => key !== '' && !key.includes('\n'));
  const name = keys.join('\n');
  let shape = isPlain ? SHAPES.get(name) : undefined;
  if (shape === undefined) {
    const members = keys.map((key) => `${JSON.stringify(key)}:0`);
    shape = JSON.parse(`{${members.join(',')}}`) as Record<string, unknown>;
    if (isPlain && SHAPES.size < SHAPES_MAX) SHAPES.set(name, shape);
  }
  return { ...shape };
}

function readObject(reader: Reader, count: number): Record<string, unknown> {
  const keys: string[] = [];
  const values: unknown[] = [];
  for (let at = 0; at < count; at++) {
    keys.push(readString(reader));
    values.push(readValue(reader));
  }
  const record = shaped(keys);
  for (let at = 0; at < count; at++) {
    // A player may label an object `__proto__`; assigning that key would set the prototype instead.
    if (keys[at] === '__proto__') Object.defineProperty(record, keys[at], { value: values[at] });
    else record[keys[at]] = values[at];
  }
  return record;
}

function readValue(reader: Reader): unknown {
  const tag = reader.bytes[reader.at++];
  switch (tag) {
    case TAG_NULL:
      return null;
    case TAG_FALSE:
      return false;
    case TAG_TRUE:
      return true;
    case TAG_INT32:
      reader.at += 4;
      return reader.view.getInt32(reader.at - 4, true);
    case TAG_FLOAT64:
      reader.at += 8;
      return reader.view.getFloat64(reader.at - 8, true);
    case TAG_STRING:
      return readString(reader);
    case TAG_TYPED:
      return readTyped(reader);
    default:
      invariant(tag === TAG_ARRAY || tag === TAG_OBJECT || tag === TAG_MAP, `damaged snapshot: tag ${tag}`);
      return readEntries(reader, tag);
  }
}

/**
 * The state that `encodeState` turned into these bytes; shares no memory with them.
 *
 * @throws InvariantError when the bytes are not one whole state.
 */
export function decodeState<T>(bytes: Uint8Array): T {
  const reader: Reader = {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
  };
  const value = readValue(reader);
  invariant(reader.at === bytes.length, 'damaged snapshot: bytes left over');
  return value as T;
}
