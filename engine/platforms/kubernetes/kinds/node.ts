/** Node (v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, requiredValue } from '../field-errors.ts';
import { flagAt, objectAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { compareText } from '../json-values.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { ensureObject } from './defaults.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';

function statusCell(object: JsonObject): string {
  const ready = objectsAt(objectAt(object, 'status'), 'conditions').find(
    (one) => textAt(one, 'type') === 'Ready',
  );
  const words: string[] = [];
  if (ready === undefined) words.push('Unknown');
  else words.push(textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady');
  if (flagAt(objectAt(object, 'spec'), 'unschedulable')) words.push('SchedulingDisabled');
  return words.join(',');
}

function rolesCell(object: JsonObject): string {
  const labels = textMapAt(objectAt(object, 'metadata'), 'labels');
  const roles = new Set<string>();
  for (const key of Object.keys(labels)) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length)
      roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === ROLE_LABEL && labels[key] !== '') roles.add(labels[key]);
  }
  return [...roles].sort(compareText).join(',') || '<none>';
}

function addressCell(object: JsonObject, type: string): string {
  const addresses = objectsAt(objectAt(object, 'status'), 'addresses');
  return (
    textAt(
      addresses.find((address) => textAt(address, 'type') === type),
      'address',
    ) || '<none>'
  );
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  objectsAt(objectAt(object, 'spec'), 'taints').forEach((taint, at) => {
    const path = `spec.taints[${at}]`;
    if (textAt(taint, 'key') === '') errors.push(requiredValue(`${path}.key`));
    const effect = textAt(taint, 'effect');
    if (effect === '') errors.push(requiredValue(`${path}.effect`));
    checkWord(errors, `${path}.effect`, effect, ['NoSchedule', 'PreferNoSchedule', 'NoExecute']);
  });
  return errors;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const info = objectAt(objectAt(object, 'status'), 'nodeInfo');
  return [
    nameCell(object),
    statusCell(object),
    rolesCell(object),
    ageCell(object, context),
    textAt(info, 'kubeletVersion'),
    addressCell(object, 'InternalIP'),
    addressCell(object, 'ExternalIP'),
    textAt(info, 'osImage') || '<unknown>',
    textAt(info, 'kernelVersion') || '<unknown>',
    textAt(info, 'containerRuntimeVersion') || '<unknown>',
  ];
}

/** Node. */
export const NODE: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  kind: 'Node',
  namespaced: false,
  categories: [],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: ['spec.unschedulable'],
  nameRule: 'subdomain',
  applyDefaults: (draft) => {
    ensureObject(draft, 'spec');
  },
  validate,
  columns: [
    column('Name', 'string'),
    column('Status', 'string'),
    column('Roles', 'string'),
    column('Age', 'string'),
    column('Version', 'string'),
    column('Internal-IP', 'string', 1),
    column('External-IP', 'string', 1),
    column('OS-Image', 'string', 1),
    column('Kernel-Version', 'string', 1),
    column('Container-Runtime', 'string', 1),
  ],
  cells,
};
