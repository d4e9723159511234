/** What is wrong with a pod spec, in a pod or in a template. */
import type { JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import {
  checkNotNegative,
  checkWord,
  duplicateValue,
  forbiddenValue,
  invalidValue,
  requiredValue,
} from '../field-errors.ts';
import { numberAt, objectAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { labelNameProblem, qualifiedNameProblem, subdomainProblem } from '../names.ts';
import { checkAnnotations, checkLabels } from '../object-meta.ts';
import { checkContainer } from './container-validation.ts';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Which member of a volume source must be set. */
const SOURCE_NAMES: { readonly [source: string]: string } = {
  secret: 'secretName',
  configMap: 'name',
  persistentVolumeClaim: 'claimName',
  hostPath: 'path',
};

function checkVolumes(errors: FieldError[], field: string, spec: JsonObject): Set<string> {
  const names = new Set<string>();
  objectsAt(spec, 'volumes').forEach((volume, at) => {
    const path = `${field}.volumes[${at}]`;
    const name = textAt(volume, 'name');
    const problem = name === '' ? undefined : labelNameProblem(name);
    if (name === '') errors.push(requiredValue(`${path}.name`));
    else if (problem !== undefined) errors.push(invalidValue(`${path}.name`, name, problem));
    else if (names.has(name)) errors.push(duplicateValue(`${path}.name`, name));
    names.add(name);
    const sources = Object.keys(volume).filter((key) => key !== 'name');
    if (sources.length === 0) errors.push(requiredValue(path, 'must specify a volume type'));
    for (const source of sources.slice(1)) {
      errors.push(forbiddenValue(`${path}.${source}`, 'may not specify more than 1 volume type'));
    }
    for (const source of sources) {
      const member = SOURCE_NAMES[source];
      if (member !== undefined && textAt(objectAt(volume, source), member) === '') {
        errors.push(requiredValue(`${path}.${source}.${member}`));
      }
    }
  });
  return names;
}

function checkTolerations(errors: FieldError[], field: string, spec: JsonObject): void {
  objectsAt(spec, 'tolerations').forEach((toleration, at) => {
    const path = `${field}.tolerations[${at}]`;
    const key = textAt(toleration, 'key');
    const problem = key === '' ? undefined : qualifiedNameProblem(key);
    if (problem !== undefined) errors.push(invalidValue(`${path}.key`, key, problem));
    const operator = textAt(toleration, 'operator');
    if (key === '' && operator !== 'Exists') {
      const detail =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalidValue(`${path}.operator`, operator, detail));
    }
    if (operator === 'Exists' && textAt(toleration, 'value') !== '') {
      const detail = "value must be empty when `operator` is 'Exists'";
      errors.push(
        invalidValue(`${path}.operator`, { raw: JSON.stringify(textAt(toleration, 'value')) }, detail),
      );
    }
    checkWord(errors, `${path}.operator`, operator, ['Equal', 'Exists']);
    checkWord(errors, `${path}.effect`, textAt(toleration, 'effect'), EFFECTS);
  });
}

/** Restart policies that a pod may have. */
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** What is wrong with a pod spec at `field`; `claims` are volumes that a workload adds to each pod. */
export function validatePodSpec(
  spec: JsonObject,
  field: string,
  claims: readonly string[] = [],
): FieldError[] {
  const errors: FieldError[] = [];
  const taken = { names: new Set<string>(), volumes: checkVolumes(errors, field, spec) };
  for (const claim of claims) taken.volumes.add(claim);
  const containers = objectsAt(spec, 'containers');
  if (containers.length === 0) errors.push(requiredValue(`${field}.containers`));
  containers.forEach((container, at) =>
    checkContainer(errors, `${field}.containers[${at}]`, container, taken),
  );
  objectsAt(spec, 'initContainers').forEach((container, at) => {
    checkContainer(errors, `${field}.initContainers[${at}]`, container, taken);
  });
  checkWord(errors, `${field}.restartPolicy`, textAt(spec, 'restartPolicy'), RESTART_POLICIES);
  checkWord(errors, `${field}.dnsPolicy`, textAt(spec, 'dnsPolicy'), DNS_POLICIES);
  checkLabels(errors, `${field}.nodeSelector`, textMapAt(spec, 'nodeSelector'));
  checkTolerations(errors, field, spec);
  const grace = numberAt(spec, 'terminationGracePeriodSeconds');
  checkNotNegative(errors, `${field}.terminationGracePeriodSeconds`, grace);
  const deadline = numberAt(spec, 'activeDeadlineSeconds');
  if (deadline !== undefined && deadline < 1) {
    const detail = 'must be between 1 and 2147483647, inclusive';
    errors.push(invalidValue(`${field}.activeDeadlineSeconds`, deadline, detail));
  }
  for (const key of ['serviceAccountName', 'nodeName']) {
    const name = textAt(spec, key);
    const problem = name === '' ? undefined : subdomainProblem(name);
    if (problem !== undefined) errors.push(invalidValue(`${field}.${key}`, name, problem));
  }
  return errors;
}

/** What is wrong with the template of a workload. */
export function validatePodTemplate(spec: JsonObject, field: string): FieldError[] {
  const template = objectAt(spec, 'template') ?? {};
  const meta = objectAt(template, 'metadata');
  const errors: FieldError[] = [];
  checkLabels(errors, `${field}.metadata.labels`, textMapAt(meta, 'labels'));
  checkAnnotations(errors, `${field}.metadata.annotations`, textMapAt(meta, 'annotations'));
  const podSpec = objectAt(template, 'spec') ?? {};
  const claims = objectsAt(spec, 'volumeClaimTemplates').map((claim) =>
    textAt(objectAt(claim, 'metadata'), 'name'),
  );
  errors.push(...validatePodSpec(podSpec, `${field}.spec`, claims));
  return errors;
}
