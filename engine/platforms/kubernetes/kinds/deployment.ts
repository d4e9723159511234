/** Deployment (apps/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue, invalidValue } from '../field-errors.ts';
import { goIntOrString } from '../go-text.ts';
import { countAt, memberAt, objectAt, textAt } from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, selectorCell, statusCount } from './cell-text.ts';
import { ensureObject, setDefaults } from './defaults.ts';
import { defaultPodTemplate } from './pod-defaults.ts';
import { containerCells, validateSelectorUpdate, validateWorkload } from './workload.ts';

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  const strategy = ensureObject(spec, 'strategy');
  setDefaults(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    setDefaults(ensureObject(strategy, 'rollingUpdate'), { maxSurge: '25%', maxUnavailable: '25%' });
  }
  setDefaults(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  defaultPodTemplate(spec);
}

const PERCENT_TEXT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or " +
  "'93%', regex used for validation is '[0-9]+%')";

/** Adds what is wrong with a count of pods that may also be a percentage. */
export function checkCountOrPercent(errors: FieldError[], field: string, value: Json | undefined): void {
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    errors.push(invalidValue(field, { raw: goIntOrString(value) }, PERCENT_TEXT));
  } else if (typeof value === 'number' && value < 0) {
    errors.push(invalidValue(field, value, 'must be greater than or equal to 0'));
  } else if (
    field.endsWith('maxUnavailable') &&
    typeof value === 'string' &&
    Number(value.slice(0, -1)) > 100
  ) {
    errors.push(invalidValue(field, { raw: goIntOrString(value) }, 'must not be greater than 100%'));
  }
}

function isZero(value: Json | undefined): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}

function checkStrategy(errors: FieldError[], spec: JsonObject): void {
  const strategy = objectAt(spec, 'strategy');
  const rolling = objectAt(strategy, 'rollingUpdate');
  const field = 'spec.strategy.rollingUpdate';
  checkWord(errors, 'spec.strategy.type', textAt(strategy, 'type'), ['Recreate', 'RollingUpdate']);
  if (rolling === undefined) return;
  if (textAt(strategy, 'type') === 'Recreate') {
    errors.push(forbiddenValue(field, "may not be specified when strategy `type` is 'Recreate'"));
    return;
  }
  const unavailable = memberAt(rolling, 'maxUnavailable');
  const surge = memberAt(rolling, 'maxSurge');
  checkCountOrPercent(errors, `${field}.maxUnavailable`, unavailable);
  checkCountOrPercent(errors, `${field}.maxSurge`, surge);
  if (isZero(unavailable) && isZero(surge)) {
    const raw = goIntOrString(unavailable ?? 0);
    errors.push(invalidValue(`${field}.maxUnavailable`, { raw }, 'may not be 0 when `maxSurge` is 0'));
  }
}

function validate(object: JsonObject): FieldError[] {
  const errors = validateWorkload(object, 'deployment');
  const spec = objectAt(object, 'spec') ?? {};
  checkStrategy(errors, spec);
  const deadline = countAt(spec, 'progressDeadlineSeconds');
  if (deadline <= countAt(spec, 'minReadySeconds')) {
    const field = 'spec.progressDeadlineSeconds';
    errors.push(invalidValue(field, deadline, 'must be greater than minReadySeconds'));
  }
  return errors;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  return [
    nameCell(object),
    `${statusCount(object, 'readyReplicas')}/${countAt(spec, 'replicas')}`,
    statusCount(object, 'updatedReplicas'),
    statusCount(object, 'availableReplicas'),
    ageCell(object, context),
    ...containerCells(object),
    selectorCell(objectAt(spec, 'selector')),
  ];
}

/** Deployment. */
export const DEPLOYMENT: KindDefinition = {
  group: 'apps',
  version: 'v1',
  plural: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  kind: 'Deployment',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: true,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults,
  validate,
  validateUpdate: validateSelectorUpdate,
  columns: [
    column('Name', 'string'),
    column('Ready', 'string'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    column('Age', 'string'),
    column('Containers', 'string', 1),
    column('Images', 'string', 1),
    column('Selector', 'string', 1),
  ],
  cells,
};
