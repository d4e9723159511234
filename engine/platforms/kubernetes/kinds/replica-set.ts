/** ReplicaSet (apps/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import { countAt, objectAt } from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, selectorCell, statusCount } from './cell-text.ts';
import { ensureObject, setDefaults } from './defaults.ts';
import { defaultPodTemplate } from './pod-defaults.ts';
import { containerCells, validateSelectorUpdate, validateWorkload } from './workload.ts';

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  setDefaults(spec, { replicas: 1 });
  defaultPodTemplate(spec);
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  return [
    nameCell(object),
    countAt(spec, 'replicas'),
    statusCount(object, 'replicas'),
    statusCount(object, 'readyReplicas'),
    ageCell(object, context),
    ...containerCells(object),
    selectorCell(objectAt(spec, 'selector')),
  ];
}

/** ReplicaSet. */
export const REPLICA_SET: KindDefinition = {
  group: 'apps',
  version: 'v1',
  plural: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  kind: 'ReplicaSet',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: true,
  countsGeneration: true,
  fieldLabels: ['status.replicas'],
  nameRule: 'subdomain',
  // The number of pods it sees is never left out of its status.
  prepareCreate: (draft) => {
    draft.status = { replicas: 0 };
  },
  applyDefaults,
  validate: (object) => validateWorkload(object, 'replicaset'),
  validateUpdate: validateSelectorUpdate,
  columns: [
    column('Name', 'string'),
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    column('Age', 'string'),
    column('Containers', 'string', 1),
    column('Images', 'string', 1),
    column('Selector', 'string', 1),
  ],
  cells,
};
