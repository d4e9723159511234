/** Endpoints (v1). */
import type { JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { invalidValue, requiredValue } from '../field-errors.ts';
import { countAt, objectsAt, textAt } from '../json-access.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { checkPortNumber } from './container-validation.ts';
import { forEachObject, setDefaults } from './defaults.ts';

function applyDefaults(draft: JsonObject): void {
  forEachObject(draft, 'subsets', (subset) => {
    forEachObject(subset, 'ports', (port) => setDefaults(port, { protocol: 'TCP' }));
  });
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  objectsAt(object, 'subsets').forEach((subset, at) => {
    const field = `subsets[${at}]`;
    const addresses = objectsAt(subset, 'addresses');
    if (addresses.length === 0 && objectsAt(subset, 'notReadyAddresses').length === 0) {
      errors.push(requiredValue(field, 'must specify `addresses` or `notReadyAddresses`'));
    }
    addresses.forEach((address, index) => {
      const ip = textAt(address, 'ip');
      if (/^[0-9a-fA-F:.]+$/.test(ip)) return;
      const detail = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
      errors.push(invalidValue(`${field}.addresses[${index}].ip`, ip, detail));
    });
    objectsAt(subset, 'ports').forEach((port, index) => {
      checkPortNumber(errors, `${field}.ports[${index}].port`, countAt(port, 'port'));
    });
  });
  return errors;
}

const SHOWN = 3;

function endpointsCell(object: JsonObject): string {
  const subsets = objectsAt(object, 'subsets');
  if (subsets.length === 0) return '<none>';
  const texts: string[] = [];
  for (const subset of subsets) {
    const addresses = objectsAt(subset, 'addresses').map((address) => textAt(address, 'ip'));
    const ports = objectsAt(subset, 'ports');
    if (ports.length === 0) texts.push(...addresses);
    for (const port of ports) texts.push(...addresses.map((ip) => `${ip}:${countAt(port, 'port')}`));
  }
  const shown = texts.slice(0, SHOWN).join(',');
  return texts.length > SHOWN ? `${shown} + ${texts.length - SHOWN} more...` : shown;
}

/** Endpoints. */
export const ENDPOINTS: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  kind: 'Endpoints',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults,
  validate,
  columns: [column('Name', 'string'), column('Endpoints', 'string'), column('Age', 'string')],
  cells: (object, context) => [nameCell(object), endpointsCell(object), ageCell(object, context)],
};
