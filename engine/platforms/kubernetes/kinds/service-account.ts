/** ServiceAccount (v1). */
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { objectsAt } from '../json-access.ts';
import { ageCell, nameCell } from './cell-text.ts';

/** ServiceAccount. */
export const SERVICE_ACCOUNT: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  kind: 'ServiceAccount',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults: () => {},
  validate: () => [],
  columns: [column('Name', 'string'), column('Secrets', 'string'), column('Age', 'string')],
  cells: (object, context) => [
    nameCell(object),
    objectsAt(object, 'secrets').length,
    ageCell(object, context),
  ],
};
