/** PersistentVolumeClaim (v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue, invalidValue, requiredValue, unsupportedValue } from '../field-errors.ts';
import { asJson, flagAt, memberAt, objectAt, textAt, textMapAt, textsAt, valueAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { metaOf } from '../object-meta.ts';
import { compareQuantities } from '../quantity.ts';
import { forbidden, type Refusal } from '../status.ts';
import { readAll, readObject } from '../store-state.ts';
import { accessModesCell, ageCell, nameCell } from './cell-text.ts';
import { ensureObject, setDefaults } from './defaults.ts';
import { isDefaultClass } from './storage-class.ts';

const PROTECTION = 'kubernetes.io/pvc-protection';
const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The default storage class, the protecting finalizer, and a claim that waits. */
function prepareCreate(draft: JsonObject, context: KindContext): void {
  const spec = ensureObject(draft, 'spec');
  if (memberAt(spec, 'storageClassName') === undefined) {
    const found = readAll(context.store, 'storageclasses.storage.k8s.io').find((one) =>
      isDefaultClass(asJson(one)),
    );
    if (found !== undefined) spec.storageClassName = found.metadata.name;
  }
  const meta = metaOf(draft);
  const finalizers = textsAt(meta, 'finalizers');
  if (!finalizers.includes(PROTECTION)) meta.finalizers = [...finalizers, PROTECTION];
  draft.status = { phase: 'Pending' };
}

function requestOf(object: JsonObject): string {
  return textMapAt(objectAt(objectAt(object, 'spec'), 'resources'), 'requests').storage ?? '';
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec');
  const modes = textsAt(spec, 'accessModes');
  if (modes.length === 0)
    errors.push(requiredValue('spec.accessModes', 'at least 1 access mode is required'));
  for (const mode of modes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(unsupportedValue('spec.accessModes', mode, ACCESS_MODES));
  }
  const request = requestOf(object);
  if (request === '') errors.push(requiredValue('spec.resources[storage]'));
  else if (compareQuantities(request, '0') <= 0) {
    errors.push(invalidValue('spec.resources[storage]', request, 'must be greater than zero'));
  }
  checkWord(errors, 'spec.volumeMode', textAt(spec, 'volumeMode'), ['Block', 'Filesystem']);
  return errors;
}

/** Spec without what may change: the request of a bound claim, the volume of an unbound one. */
function frozenSpec(object: JsonObject, isBound: boolean): JsonObject {
  const spec = cloneJson(objectAt(object, 'spec') ?? {});
  if (isBound) {
    const requests = objectAt(objectAt(spec, 'resources'), 'requests');
    if (requests !== undefined) delete requests.storage;
    delete spec.volumeAttributesClassName;
  }
  return spec;
}

const UPDATE_TEXT =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const isBound = valueAt(current, 'status', 'phase') === 'Bound';
  const before = frozenSpec(current, isBound);
  const after = frozenSpec(object, isBound);
  // The binder sets the volume, and the class of a claim that had none, once.
  for (const key of ['volumeName', 'storageClassName']) {
    if (memberAt(before, key) === undefined || before[key] === '') delete after[key];
    if (before[key] === '') delete before[key];
  }
  if (!equalJson(after, before)) return [forbiddenValue('spec', UPDATE_TEXT)];
  const capacity = textMapAt(objectAt(current, 'status'), 'capacity').storage ?? '0';
  if (compareQuantities(requestOf(object) || '0', requestOf(current) || '0') >= 0) return [];
  if (compareQuantities(requestOf(object) || '0', capacity) > 0) return [];
  return [forbiddenValue('spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

/** A bound claim grows only when its class allows it. */
function admit(
  object: JsonObject,
  current: JsonObject | undefined,
  context: KindContext,
): Refusal | undefined {
  if (current === undefined || compareQuantities(requestOf(object) || '0', requestOf(current) || '0') <= 0)
    return undefined;
  const className = textAt(objectAt(object, 'spec'), 'storageClassName');
  const found = readObject(context.store, 'storageclasses.storage.k8s.io', { name: className });
  if (found !== undefined && flagAt(asJson(found), 'allowVolumeExpansion')) return undefined;
  const cause =
    'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must ' +
    'support resize';
  return forbidden(PERSISTENT_VOLUME_CLAIM, textAt(metaOf(object), 'name'), cause);
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  const status = objectAt(object, 'status');
  const volume = textAt(spec, 'volumeName');
  const isDeleted = textAt(metaOf(object), 'deletionTimestamp') !== '';
  return [
    nameCell(object),
    isDeleted ? 'Terminating' : textAt(status, 'phase'),
    volume,
    volume === '' ? '' : (textMapAt(status, 'capacity').storage ?? '0'),
    volume === '' ? '' : accessModesCell(textsAt(status, 'accessModes')),
    textAt(spec, 'storageClassName'),
    textAt(spec, 'volumeAttributesClassName') || '<unset>',
    ageCell(object, context),
    textAt(spec, 'volumeMode') || '<unset>',
  ];
}

/** PersistentVolumeClaim. */
export const PERSISTENT_VOLUME_CLAIM: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  kind: 'PersistentVolumeClaim',
  namespaced: true,
  categories: [],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [],
  nameRule: 'subdomain',
  prepareCreate,
  applyDefaults: (draft) => setDefaults(ensureObject(draft, 'spec'), { volumeMode: 'Filesystem' }),
  validate,
  validateUpdate,
  admit,
  columns: [
    column('Name', 'string'),
    column('Status', 'string'),
    column('Volume', 'string'),
    column('Capacity', 'string'),
    column('Access Modes', 'string'),
    column('StorageClass', 'string'),
    column('VolumeAttributesClass', 'string'),
    column('Age', 'string'),
    column('VolumeMode', 'string', 1),
  ],
  cells,
};
