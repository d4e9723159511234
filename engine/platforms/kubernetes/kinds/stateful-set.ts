/** StatefulSet (apps/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue } from '../field-errors.ts';
import { countAt, objectAt, textAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, statusCount } from './cell-text.ts';
import { ensureObject, forEachObject, setDefaults } from './defaults.ts';
import { defaultPodTemplate } from './pod-defaults.ts';
import { containerCells, validateWorkload } from './workload.ts';

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  const strategy = ensureObject(spec, 'updateStrategy');
  setDefaults(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate')
    setDefaults(ensureObject(strategy, 'rollingUpdate'), { partition: 0 });
  setDefaults(spec, { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10 });
  setDefaults(ensureObject(spec, 'persistentVolumeClaimRetentionPolicy'), {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  forEachObject(spec, 'volumeClaimTemplates', (claim) => {
    setDefaults(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', status: { phase: 'Pending' } });
    setDefaults(ensureObject(claim, 'spec'), { volumeMode: 'Filesystem' });
  });
  defaultPodTemplate(spec);
}

function validate(object: JsonObject): FieldError[] {
  const errors = validateWorkload(object, 'statefulset');
  const spec = objectAt(object, 'spec');
  checkWord(errors, 'spec.podManagementPolicy', textAt(spec, 'podManagementPolicy'), [
    'OrderedReady',
    'Parallel',
  ]);
  const type = textAt(objectAt(spec, 'updateStrategy'), 'type');
  checkWord(errors, 'spec.updateStrategy.type', type, ['RollingUpdate', 'OnDelete']);
  return errors;
}

/** Members of spec that may change after creation. */
const MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
  'revisionHistoryLimit',
];

const UPDATE_TEXT =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
  "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

function frozenSpec(object: JsonObject): JsonObject {
  const spec = cloneJson(objectAt(object, 'spec') ?? {});
  for (const key of MUTABLE) delete spec[key];
  return spec;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  return equalJson(frozenSpec(object), frozenSpec(current)) ? [] : [forbiddenValue('spec', UPDATE_TEXT)];
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const ready = `${statusCount(object, 'readyReplicas')}/${countAt(objectAt(object, 'spec'), 'replicas')}`;
  return [nameCell(object), ready, ageCell(object, context), ...containerCells(object)];
}

/** StatefulSet. */
export const STATEFUL_SET: KindDefinition = {
  group: 'apps',
  version: 'v1',
  plural: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  kind: 'StatefulSet',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: true,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  prepareCreate: (draft) => {
    draft.status = { replicas: 0, availableReplicas: 0 };
  },
  applyDefaults,
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Ready', 'string'),
    column('Age', 'string'),
    column('Containers', 'string', 1),
    column('Images', 'string', 1),
  ],
  cells,
};
