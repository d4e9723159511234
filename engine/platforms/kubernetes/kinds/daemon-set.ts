/** DaemonSet (apps/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord } from '../field-errors.ts';
import { memberAt, objectAt, textAt, textMapAt } from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, labelsCell, nameCell, selectorCell, statusCount } from './cell-text.ts';
import { ensureObject, setDefaults } from './defaults.ts';
import { checkCountOrPercent } from './deployment.ts';
import { defaultPodTemplate } from './pod-defaults.ts';
import { containerCells, validateSelectorUpdate, validateWorkload } from './workload.ts';

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  const strategy = ensureObject(spec, 'updateStrategy');
  setDefaults(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    setDefaults(ensureObject(strategy, 'rollingUpdate'), { maxSurge: 0, maxUnavailable: 1 });
  }
  setDefaults(spec, { revisionHistoryLimit: 10 });
  defaultPodTemplate(spec);
}

function validate(object: JsonObject): FieldError[] {
  const errors = validateWorkload(object, 'daemonset');
  const strategy = objectAt(objectAt(object, 'spec'), 'updateStrategy');
  checkWord(errors, 'spec.updateStrategy.type', textAt(strategy, 'type'), ['RollingUpdate', 'OnDelete']);
  for (const key of ['maxUnavailable', 'maxSurge']) {
    const value = memberAt(objectAt(strategy, 'rollingUpdate'), key);
    checkCountOrPercent(errors, `spec.updateStrategy.rollingUpdate.${key}`, value);
  }
  return errors;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  return [
    nameCell(object),
    statusCount(object, 'desiredNumberScheduled'),
    statusCount(object, 'currentNumberScheduled'),
    statusCount(object, 'numberReady'),
    statusCount(object, 'updatedNumberScheduled'),
    statusCount(object, 'numberAvailable'),
    labelsCell(textMapAt(objectAt(objectAt(spec, 'template'), 'spec'), 'nodeSelector')),
    ageCell(object, context),
    ...containerCells(object),
    selectorCell(objectAt(spec, 'selector')),
  ];
}

/** DaemonSet. */
export const DAEMON_SET: KindDefinition = {
  group: 'apps',
  version: 'v1',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  kind: 'DaemonSet',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: false,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  prepareCreate: (draft) => {
    draft.status = {
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    };
  },
  applyDefaults,
  validate,
  validateUpdate: validateSelectorUpdate,
  columns: [
    column('Name', 'string'),
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    column('Node Selector', 'string'),
    column('Age', 'string'),
    column('Containers', 'string', 1),
    column('Images', 'string', 1),
    column('Selector', 'string', 1),
  ],
  cells,
};
