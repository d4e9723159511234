/**
 * Types of the served objects: what a field holds and how its lists merge.
 *
 * Why  One table answers decoding (unknown fields, wrong types), strategic merge patch (merge keys) and
 *      apply (list-map keys), so the three can never disagree about an object's shape.
 */
import { invariant } from '../../kernel/invariant.ts';
import { FIELD_TYPES } from './field-types.ts';

/** What a value may be: a scalar by its code letter, a named type, a list or a map of something. */
export type TypeExpression =
  | { form: 'scalar'; code: string }
  | { form: 'named'; name: string }
  | { form: 'list'; item: TypeExpression }
  | { form: 'map'; item: TypeExpression };

/** One field of a type. */
export type FieldType = {
  /** What it holds. */
  type: TypeExpression;
  /** Merge key of a strategic merge patch; '' for a merged list of primitives; undefined: replaced. */
  mergeKey?: string;
  /** Keys that tell items apart for apply; undefined: the list is one value. */
  listKeys?: string[];
  /** The patch lists the members that survive (`$retainKeys`). */
  retainKeys: boolean;
  /** An object that a strategic merge patch replaces instead of merging. */
  replace: boolean;
};

/** A named type: its fields by name. */
export type ObjectType = {
  /** Name, e.g. `PodSpec`. */
  name: string;
  /** Apply treats it as one value. */
  atomic: boolean;
  /** Fields by name. */
  fields: Map<string, FieldType>;
};

const parsedTypes = new Map<string, ObjectType>();

function parseExpression(text: string): TypeExpression {
  if (text.startsWith('[')) return { form: 'list', item: parseExpression(text.slice(1, -1)) };
  if (text.startsWith('{')) return { form: 'map', item: parseExpression(text.slice(1, -1)) };
  return text.length === 1 ? { form: 'scalar', code: text } : { form: 'named', name: text };
}

function parseField(text: string): FieldType {
  const parts = /^([^/|!=]+)(?:\/([A-Za-z]*))?(?:\|([A-Za-z,]+))?(!)?(=)?$/.exec(text);
  invariant(parts !== null, `field type "${text}" cannot be read`);
  const field: FieldType = {
    type: parseExpression(parts[1]),
    retainKeys: parts[4] === '!',
    replace: parts[5] === '=',
  };
  if (parts[2] !== undefined) field.mergeKey = parts[2];
  if (parts[3] !== undefined) field.listKeys = parts[3].split(',');
  else if (parts[2]) field.listKeys = [parts[2]];
  return field;
}

/** The type of that name; parsed when first asked for. */
export function typeNamed(name: string): ObjectType {
  const known = parsedTypes.get(name);
  if (known !== undefined) return known;
  invariant(Object.hasOwn(FIELD_TYPES, name), `no type ${name} in the schema`);
  const words = FIELD_TYPES[name].trim().split(/\s+/);
  const fields = new Map<string, FieldType>();
  for (const word of words) {
    if (word === '*') continue;
    const colon = word.indexOf(':');
    fields.set(word.slice(0, colon), parseField(word.slice(colon + 1)));
  }
  const type: ObjectType = { name, atomic: words[0] === '*', fields };
  parsedTypes.set(name, type);
  return type;
}
