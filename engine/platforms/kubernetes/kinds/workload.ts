/** What deployments, replica sets, stateful sets and daemon sets have in common. */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { invalidValue, requiredValue, unsupportedValue } from '../field-errors.ts';
import { goLabelSelector, goTextMap } from '../go-text.ts';
import { objectAt, objectsAt, textAt, textMapAt, textsAt, valueAt } from '../json-access.ts';
import { equalJson } from '../json-values.ts';
import { checkLabels } from '../object-meta.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import { validatePodTemplate } from './pod-validation.ts';

/** Adds what is wrong with a label selector. */
export function checkLabelSelector(
  errors: FieldError[],
  field: string,
  selector: JsonObject | undefined,
): void {
  checkLabels(errors, `${field}.matchLabels`, textMapAt(selector, 'matchLabels'));
  objectsAt(selector, 'matchExpressions').forEach((expression, at) => {
    const path = `${field}.matchExpressions[${at}]`;
    const operator = textAt(expression, 'operator');
    const values = textsAt(expression, 'values').length;
    if (operator === 'In' || operator === 'NotIn') {
      const detail = "must be specified when `operator` is 'In' or 'NotIn'";
      if (values === 0) errors.push(requiredValue(`${path}.values`, detail));
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      if (values > 0)
        errors.push({
          reason: 'FieldValueForbidden',
          field: `${path}.values`,
          message: `Forbidden: ${detail}`,
        });
    } else errors.push(invalidValue(`${path}.operator`, operator, 'not a valid selector operator'));
  });
}

/** Pod templates of controllers restart their pods for ever. */
function checkRestartPolicy(errors: FieldError[], spec: JsonObject): void {
  const policy = valueAt(spec, 'template', 'spec', 'restartPolicy');
  if (typeof policy !== 'string' || policy === 'Always') return;
  const field = 'spec.template.spec.restartPolicy';
  if (errors.some((error) => error.field === field)) return;
  errors.push(unsupportedValue(field, policy, ['Always']));
}

/** What is wrong with selector and template, which must fit each other. */
export function validateWorkload(object: JsonObject, word: string): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec') ?? {};
  const selector = objectAt(spec, 'selector');
  const labels = textMapAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels');
  const replicas = valueAt(spec, 'replicas');
  if (typeof replicas === 'number' && replicas < 0) {
    errors.push(invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0'));
  }
  const ready = valueAt(spec, 'minReadySeconds');
  if (typeof ready === 'number' && ready < 0) {
    errors.push(invalidValue('spec.minReadySeconds', ready, 'must be greater than or equal to 0'));
  }
  if (selector === undefined) errors.push(requiredValue('spec.selector'));
  else {
    checkLabelSelector(errors, 'spec.selector', selector);
    if (Object.keys(selector).length === 0) {
      errors.push(
        invalidValue(
          'spec.selector',
          { raw: goLabelSelector(selector) },
          `empty selector is invalid for ${word}`,
        ),
      );
    }
  }
  // No selector selects nothing, an empty one everything.
  if (selector === undefined || !matchesLabels(labelSelectorOf(selector), labels)) {
    const field = 'spec.template.metadata.labels';
    errors.push(
      invalidValue(field, { raw: goTextMap(labels) }, '`selector` does not match template `labels`'),
    );
  }
  errors.push(...validatePodTemplate(spec, 'spec.template'));
  checkRestartPolicy(errors, spec);
  return errors;
}

/** The selector of a workload never changes. */
export function validateSelectorUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const selector = objectAt(objectAt(object, 'spec'), 'selector') ?? {};
  if (equalJson(selector, objectAt(objectAt(current, 'spec'), 'selector') ?? {})) return [];
  return [invalidValue('spec.selector', { raw: `&${goLabelSelector(selector)}` }, 'field is immutable')];
}

/** The cells of CONTAINERS and IMAGES. */
export function containerCells(object: JsonObject): Json[] {
  const containers = objectsAt(
    objectAt(objectAt(objectAt(object, 'spec'), 'template'), 'spec'),
    'containers',
  );
  const names = containers.map((container) => textAt(container, 'name')).join(',');
  return [names, containers.map((container) => textAt(container, 'image')).join(',')];
}
