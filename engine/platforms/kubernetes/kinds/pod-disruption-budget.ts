/** PodDisruptionBudget (policy/v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, invalidValue } from '../field-errors.ts';
import { goIntOrString } from '../go-text.ts';
import { memberAt, objectAt, textAt } from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, statusCount } from './cell-text.ts';
import { ensureObject } from './defaults.ts';
import { checkCountOrPercent } from './deployment.ts';
import { checkLabelSelector } from './workload.ts';

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec') ?? {};
  const least = memberAt(spec, 'minAvailable');
  const most = memberAt(spec, 'maxUnavailable');
  if (least !== undefined && most !== undefined) {
    const raw =
      `policy.PodDisruptionBudgetSpec{MinAvailable:${goIntOrString(least)}, ` +
      `MaxUnavailable:${goIntOrString(most)}}`;
    errors.push(invalidValue('spec', { raw }, 'minAvailable and maxUnavailable cannot be both set'));
  }
  checkCountOrPercent(errors, 'spec.minAvailable', least);
  checkCountOrPercent(errors, 'spec.maxUnavailable', most);
  checkLabelSelector(errors, 'spec.selector', objectAt(spec, 'selector'));
  const policy = textAt(spec, 'unhealthyPodEvictionPolicy');
  checkWord(errors, 'spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget']);
  return errors;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  return [
    nameCell(object),
    String(memberAt(spec, 'minAvailable') ?? 'N/A'),
    String(memberAt(spec, 'maxUnavailable') ?? 'N/A'),
    statusCount(object, 'disruptionsAllowed'),
    ageCell(object, context),
  ];
}

/** PodDisruptionBudget. */
export const POD_DISRUPTION_BUDGET: KindDefinition = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  kind: 'PodDisruptionBudget',
  namespaced: true,
  categories: [],
  hasStatus: true,
  hasScale: false,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  prepareCreate: (draft) => {
    draft.status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
  },
  applyDefaults: (draft) => {
    ensureObject(draft, 'spec');
  },
  validate,
  columns: [
    column('Name', 'string'),
    column('Min Available', 'string'),
    column('Max Unavailable', 'string'),
    column('Allowed Disruptions', 'integer'),
    column('Age', 'string'),
  ],
  cells,
};
