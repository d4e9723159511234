/** ConfigMap (v1). */
import type { JsonObject } from '../api-types.ts';
import { utf8Length } from '../base64.ts';
import type { FieldError } from '../field-errors.ts';
import { forbiddenValue, invalidValue, tooLong } from '../field-errors.ts';
import { flagAt, memberAt, textMapAt } from '../json-access.ts';
import { equalJson } from '../json-values.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { configKeyProblem } from '../names.ts';
import { ageCell, nameCell } from './cell-text.ts';

const LARGEST_DATA = 1048576;

/** What is wrong with the keys and the size of the data of a ConfigMap or Secret. */
export function validateData(object: JsonObject, members: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  let size = 0;
  for (const member of members) {
    const data = textMapAt(object, member);
    for (const key of Object.keys(data)) {
      const problem = configKeyProblem(key);
      if (problem !== undefined) errors.push(invalidValue(`${member}[${key}]`, key, problem));
      size += utf8Length(data[key]);
    }
  }
  if (size > LARGEST_DATA) errors.push(tooLong('', LARGEST_DATA));
  return errors;
}

/** What may not change once a ConfigMap or Secret is immutable. */
export function validateImmutable(
  object: JsonObject,
  current: JsonObject,
  members: readonly string[],
): FieldError[] {
  if (!flagAt(current, 'immutable')) return [];
  const errors: FieldError[] = [];
  const detail = 'field is immutable when `immutable` is set';
  if (!flagAt(object, 'immutable')) errors.push(forbiddenValue('immutable', detail));
  for (const member of members) {
    if (!equalJson(memberAt(object, member), memberAt(current, member)))
      errors.push(forbiddenValue(member, detail));
  }
  return errors;
}

const MEMBERS = ['data', 'binaryData'];

/** ConfigMap. */
export const CONFIG_MAP: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  kind: 'ConfigMap',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults: () => {},
  validate: (object) => validateData(object, MEMBERS),
  validateUpdate: (object, current) => validateImmutable(object, current, MEMBERS),
  columns: [column('Name', 'string'), column('Data', 'string'), column('Age', 'string')],
  cells: (object, context) => {
    const count =
      Object.keys(textMapAt(object, 'data')).length + Object.keys(textMapAt(object, 'binaryData')).length;
    return [nameCell(object), count, ageCell(object, context)];
  },
};
