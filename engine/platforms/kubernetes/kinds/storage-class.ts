/** StorageClass (storage.k8s.io/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue, requiredValue } from '../field-errors.ts';
import { flagAt, memberAt, textAt, textMapAt } from '../json-access.ts';
import { equalJson } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { metaOf } from '../object-meta.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { setDefaults } from './defaults.ts';

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** True for the class that claims without a class get. */
export function isDefaultClass(object: JsonObject): boolean {
  return textAt(textMapAt(metaOf(object), 'annotations'), DEFAULT_CLASS) === 'true';
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  if (textAt(object, 'provisioner') === '') errors.push(requiredValue('provisioner'));
  checkWord(errors, 'reclaimPolicy', textAt(object, 'reclaimPolicy'), ['Delete', 'Retain']);
  const modes = ['Immediate', 'WaitForFirstConsumer'];
  checkWord(errors, 'volumeBindingMode', textAt(object, 'volumeBindingMode'), modes);
  return errors;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  for (const member of ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode']) {
    if (equalJson(memberAt(object, member), memberAt(current, member))) continue;
    errors.push(forbiddenValue(member, `updates to ${member} are forbidden.`));
  }
  return errors;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  return [
    isDefaultClass(object) ? `${nameCell(object)} (default)` : nameCell(object),
    textAt(object, 'provisioner'),
    textAt(object, 'reclaimPolicy'),
    textAt(object, 'volumeBindingMode'),
    flagAt(object, 'allowVolumeExpansion'),
    ageCell(object, context),
  ];
}

/** StorageClass. */
export const STORAGE_CLASS: KindDefinition = {
  group: 'storage.k8s.io',
  version: 'v1',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  kind: 'StorageClass',
  namespaced: false,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults: (draft) => setDefaults(draft, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Provisioner', 'string'),
    column('ReclaimPolicy', 'string'),
    column('VolumeBindingMode', 'string'),
    column('AllowVolumeExpansion', 'string'),
    column('Age', 'string'),
  ],
  cells,
};
