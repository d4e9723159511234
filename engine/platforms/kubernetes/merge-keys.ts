/** How a member of an object merges, looked up while a patch walks down the object. */
import type { FieldType, TypeExpression } from './schema.ts';
import { typeNamed } from './schema.ts';

const OPAQUE: FieldType = { type: { form: 'scalar', code: 'j' }, retainKeys: false, replace: false };

/**
 * The field type of a member of an object of the given type. Maps give the type of their values, and
 * anything the schema does not know merges as a plain object would.
 */
export function memberType(owner: TypeExpression, key: string): FieldType {
  if (owner.form === 'named') return typeNamed(owner.name).fields.get(key) ?? OPAQUE;
  if (owner.form === 'map') return { type: owner.item, retainKeys: false, replace: false };
  return OPAQUE;
}

/** The type of a list's items; anything else gives an opaque type. */
export function itemType(type: TypeExpression): TypeExpression {
  return type.form === 'list' ? type.item : OPAQUE.type;
}
