/** PersistentVolume (v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue, requiredValue } from '../field-errors.ts';
import { memberAt, objectAt, textAt, textMapAt, textsAt } from '../json-access.ts';
import { equalJson } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { metaOf } from '../object-meta.ts';
import { accessModesCell, ageCell, nameCell } from './cell-text.ts';
import { ensureObject, setDefaults } from './defaults.ts';

const PROTECTION = 'kubernetes.io/pv-protection';

/** Members of spec that say nothing about where the data is. */
const COMMON = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

function sourceOf(object: JsonObject): JsonObject {
  const spec = objectAt(object, 'spec') ?? {};
  const source: JsonObject = {};
  for (const key of Object.keys(spec)) if (!COMMON.includes(key)) source[key] = spec[key];
  return source;
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec');
  if (textsAt(spec, 'accessModes').length === 0) errors.push(requiredValue('spec.accessModes'));
  if (memberAt(spec, 'capacity') === undefined) errors.push(requiredValue('spec.capacity'));
  const sources = Object.keys(sourceOf(object));
  if (sources.length === 0) errors.push(requiredValue('spec', 'must specify a volume type'));
  for (const source of sources.slice(1)) {
    errors.push(forbiddenValue(`spec.${source}`, 'may not specify more than 1 volume type'));
  }
  const policy = textAt(spec, 'persistentVolumeReclaimPolicy');
  checkWord(errors, 'spec.persistentVolumeReclaimPolicy', policy, ['Delete', 'Recycle', 'Retain']);
  return errors;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  if (equalJson(sourceOf(object), sourceOf(current))) return [];
  return [
    forbiddenValue('spec.persistentvolumesource', 'spec.persistentvolumesource is immutable after creation'),
  ];
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const claim = objectAt(spec, 'claimRef');
  const isDeleted = textAt(metaOf(object), 'deletionTimestamp') !== '';
  return [
    nameCell(object),
    textMapAt(spec, 'capacity').storage ?? '0',
    accessModesCell(textsAt(spec, 'accessModes')),
    textAt(spec, 'persistentVolumeReclaimPolicy'),
    isDeleted ? 'Terminating' : textAt(status, 'phase'),
    claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`,
    textAt(spec, 'storageClassName'),
    textAt(spec, 'volumeAttributesClassName') || '<unset>',
    textAt(status, 'reason'),
    ageCell(object, context),
    textAt(spec, 'volumeMode') || '<unset>',
  ];
}

/** PersistentVolume. */
export const PERSISTENT_VOLUME: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  kind: 'PersistentVolume',
  namespaced: false,
  categories: [],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  prepareCreate: (draft) => {
    metaOf(draft).finalizers = [...new Set([...textsAt(metaOf(draft), 'finalizers'), PROTECTION])];
    draft.status = { phase: 'Pending' };
  },
  applyDefaults: (draft) => {
    setDefaults(ensureObject(draft, 'spec'), {
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
    });
  },
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Capacity', 'string'),
    column('Access Modes', 'string'),
    column('Reclaim Policy', 'string'),
    column('Status', 'string'),
    column('Claim', 'string'),
    column('StorageClass', 'string'),
    column('VolumeAttributesClass', 'string'),
    column('Reason', 'string'),
    column('Age', 'string'),
    column('VolumeMode', 'string', 1),
  ],
  cells,
};
