/** Secret (v1). */
import type { JsonObject } from '../api-types.ts';
import { encodeBase64 } from '../base64.ts';
import type { FieldError } from '../field-errors.ts';
import { invalidValue, requiredValue } from '../field-errors.ts';
import { textAt, textMapAt } from '../json-access.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { validateData, validateImmutable } from './config-map.ts';
import { ensureObject, setDefaults } from './defaults.ts';

/** `stringData` is a convenience for writers: it is merged into `data` and never read back. */
function applyDefaults(draft: JsonObject): void {
  setDefaults(draft, { type: 'Opaque' });
  const plain = textMapAt(draft, 'stringData');
  for (const key of Object.keys(plain)) ensureObject(draft, 'data')[key] = encodeBase64(plain[key]);
  delete draft.stringData;
}

/** Keys that some types of Secret must have. */
const REQUIRED_KEYS = new Map([
  ['kubernetes.io/tls', ['tls.crt', 'tls.key']],
  ['kubernetes.io/dockerconfigjson', ['.dockerconfigjson']],
  ['kubernetes.io/ssh-auth', ['ssh-privatekey']],
]);

function validate(object: JsonObject): FieldError[] {
  const errors = validateData(object, ['data']);
  const data = textMapAt(object, 'data');
  for (const key of REQUIRED_KEYS.get(textAt(object, 'type')) ?? []) {
    if (!Object.hasOwn(data, key)) errors.push(requiredValue(`data[${key}]`));
  }
  return errors;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const errors = validateImmutable(object, current, ['data']);
  const type = textAt(object, 'type');
  if (type !== textAt(current, 'type')) errors.push(invalidValue('type', type, 'field is immutable'));
  return errors;
}

/** Secret. */
export const SECRET: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'secrets',
  singular: 'secret',
  shortNames: [],
  kind: 'Secret',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: ['type'],
  nameRule: 'subdomain',
  applyDefaults,
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Type', 'string'),
    column('Data', 'string'),
    column('Age', 'string'),
  ],
  cells: (object, context) => {
    const count = Object.keys(textMapAt(object, 'data')).length;
    return [nameCell(object), textAt(object, 'type'), count, ageCell(object, context)];
  },
};
