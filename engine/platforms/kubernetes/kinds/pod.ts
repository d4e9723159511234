/** Pod (v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { forbiddenValue, invalidValue } from '../field-errors.ts';
import { countAt, memberAt, objectAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, sinceCell } from './cell-text.ts';
import { ensureObject } from './defaults.ts';
import { admitPod, defaultPod } from './pod-defaults.ts';
import { podStatusText } from './pod-status-text.ts';
import { validatePodSpec } from './pod-validation.ts';

/** Guaranteed when every container's requests equal its limits, BestEffort when there are none at all. */
function qosClass(spec: JsonObject): string {
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
  let some = false;
  let guaranteed = true;
  for (const container of containers) {
    const resources = objectAt(container, 'resources');
    const limits = textMapAt(resources, 'limits');
    const requests = textMapAt(resources, 'requests');
    for (const key of ['cpu', 'memory']) {
      if (Object.hasOwn(limits, key) || Object.hasOwn(requests, key)) some = true;
      if (!Object.hasOwn(limits, key) || requests[key] !== limits[key]) guaranteed = false;
    }
  }
  if (!some) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function prepareCreate(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  admitPod(spec);
  draft.status = { phase: 'Pending', qosClass: qosClass(spec) };
}

const UPDATE_TEXT =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
  '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** A pod spec without what an update may change. */
function frozenSpec(spec: JsonObject): JsonObject {
  const frozen = cloneJson(spec);
  delete frozen.activeDeadlineSeconds;
  delete frozen.tolerations;
  // Debug containers come through the ephemeralcontainers subresource, which the store takes as an update.
  delete frozen.ephemeralContainers;
  for (const key of ['containers', 'initContainers']) {
    for (const container of objectsAt(frozen, key)) delete container.image;
  }
  return frozen;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec') ?? {};
  const before = objectAt(current, 'spec') ?? {};
  const count = objectsAt(before, 'containers').length;
  if (objectsAt(spec, 'containers').length !== count) {
    return [forbiddenValue('spec.containers', 'pod updates may not add or remove containers')];
  }
  const deadline = memberAt(before, 'activeDeadlineSeconds');
  if (deadline !== undefined && countAt(spec, 'activeDeadlineSeconds') > Number(deadline)) {
    const detail = 'must be less than or equal to previous value';
    errors.push(invalidValue('spec.activeDeadlineSeconds', countAt(spec, 'activeDeadlineSeconds'), detail));
  }
  for (const old of objectsAt(before, 'tolerations')) {
    if (objectsAt(spec, 'tolerations').some((toleration) => equalJson(toleration, old))) continue;
    errors.push(
      forbiddenValue(
        'spec.tolerations',
        'existing toleration can not be modified except its tolerationSeconds',
      ),
    );
    break;
  }
  if (!equalJson(frozenSpec(spec), frozenSpec(before))) errors.push(forbiddenValue('spec', UPDATE_TEXT));
  return errors;
}

function gatesCell(object: JsonObject): string {
  const gates = objectsAt(objectAt(object, 'spec'), 'readinessGates');
  if (gates.length === 0) return '<none>';
  const met = objectsAt(objectAt(object, 'status'), 'conditions').filter((condition) => {
    const isGate = gates.some((gate) => textAt(gate, 'conditionType') === textAt(condition, 'type'));
    return isGate && textAt(condition, 'status') === 'True';
  });
  return `${met.length}/${gates.length}`;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const text = podStatusText(object);
  const status = objectAt(object, 'status');
  const ago = text.lastRestart === '' ? '' : ` (${sinceCell(context, text.lastRestart)} ago)`;
  const podIps = objectsAt(status, 'podIPs');
  return [
    nameCell(object),
    `${text.ready}/${text.total}`,
    text.reason,
    text.restarts === 0 ? '0' : `${text.restarts}${ago}`,
    ageCell(object, context),
    textAt(podIps[0], 'ip') || textAt(status, 'podIP') || '<none>',
    textAt(objectAt(object, 'spec'), 'nodeName') || '<none>',
    textAt(status, 'nominatedNodeName') || '<none>',
    gatesCell(object),
  ];
}

/** Pod. */
export const POD: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  kind: 'Pod',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  nameRule: 'subdomain',
  prepareCreate,
  applyDefaults: (draft) => defaultPod(ensureObject(draft, 'spec')),
  validate: (object) => validatePodSpec(objectAt(object, 'spec') ?? {}, 'spec'),
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Ready', 'string'),
    column('Status', 'string'),
    column('Restarts', 'string'),
    column('Age', 'string'),
    column('IP', 'string', 1),
    column('Node', 'string', 1),
    column('Nominated Node', 'string', 1),
    column('Readiness Gates', 'string', 1),
  ],
  cells,
};
