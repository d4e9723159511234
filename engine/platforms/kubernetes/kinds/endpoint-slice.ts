/** EndpointSlice (discovery.k8s.io/v1). */
import type { JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, invalidValue, requiredValue } from '../field-errors.ts';
import { memberAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { forEachObject, setDefaults } from './defaults.ts';

function applyDefaults(draft: JsonObject): void {
  forEachObject(draft, 'ports', (port) => {
    setDefaults(port, { protocol: 'TCP' });
    if (!Object.hasOwn(port, 'name')) port.name = '';
  });
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(object, 'addressType');
  if (type === '') errors.push(requiredValue('addressType'));
  checkWord(errors, 'addressType', type, ['FQDN', 'IPv4', 'IPv6']);
  objectsAt(object, 'endpoints').forEach((endpoint, at) => {
    const field = `endpoints[${at}].addresses`;
    if (textsAt(endpoint, 'addresses').length === 0)
      errors.push(requiredValue(field, 'must contain at least 1 address'));
  });
  return errors;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const type = textAt(object, 'addressType');
  return type === textAt(current, 'addressType')
    ? []
    : [invalidValue('addressType', type, 'field is immutable')];
}

const SHOWN = 3;

/** At most three, then how many more there are. */
function shortList(texts: string[]): string {
  if (texts.length === 0) return '<unset>';
  const shown = texts.slice(0, SHOWN).join(',');
  return texts.length > SHOWN ? `${shown} + ${texts.length - SHOWN} more...` : shown;
}

/** EndpointSlice. */
export const ENDPOINT_SLICE: KindDefinition = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  kind: 'EndpointSlice',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults,
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('AddressType', 'string'),
    column('Ports', 'string'),
    column('Endpoints', 'string'),
    column('Age', 'string'),
  ],
  cells: (object, context) => {
    const ports = objectsAt(object, 'ports').map((port) => String(memberAt(port, 'port') ?? '*'));
    const addresses = objectsAt(object, 'endpoints').flatMap((endpoint) => textsAt(endpoint, 'addresses'));
    const cells = [nameCell(object), textAt(object, 'addressType'), shortList(ports), shortList(addresses)];
    return [...cells, ageCell(object, context)];
  },
};
