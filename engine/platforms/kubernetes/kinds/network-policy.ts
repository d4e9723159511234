/** NetworkPolicy (networking.k8s.io/v1). */
import type { JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, forbiddenValue, requiredValue, unsupportedValue } from '../field-errors.ts';
import { memberAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { ageCell, nameCell, selectorCell } from './cell-text.ts';
import { checkPortOrName } from './container-validation.ts';
import { ensureObject, forEachObject, setDefaults } from './defaults.ts';
import { checkLabelSelector } from './workload.ts';

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  ensureObject(spec, 'podSelector');
  for (const direction of ['ingress', 'egress']) {
    forEachObject(spec, direction, (rule) => {
      forEachObject(rule, 'ports', (port) => setDefaults(port, { protocol: 'TCP' }));
    });
  }
  const isAlsoEgress = memberAt(spec, 'egress') !== undefined;
  setDefaults(spec, { policyTypes: isAlsoEgress ? ['Ingress', 'Egress'] : ['Ingress'] });
}

const CIDR = /^[0-9a-fA-F:.]+\/\d{1,3}$/;

function checkPeer(errors: FieldError[], field: string, peer: JsonObject): void {
  const block = objectAt(peer, 'ipBlock');
  const selectors = ['podSelector', 'namespaceSelector'].filter((key) => memberAt(peer, key) !== undefined);
  if (block === undefined && selectors.length === 0) errors.push(requiredValue(field, 'must specify a peer'));
  if (block !== undefined && selectors.length > 0) {
    errors.push(forbiddenValue(field, 'may not specify both ipBlock and another peer'));
  }
  for (const key of selectors) checkLabelSelector(errors, `${field}.${key}`, objectAt(peer, key));
  if (block === undefined) return;
  const cidr = textAt(block, 'cidr');
  if (cidr === '') errors.push(requiredValue(`${field}.ipBlock.cidr`));
  else if (!CIDR.test(cidr)) {
    const detail = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
    const message = `Invalid value: ${JSON.stringify(cidr)}: ${detail}`;
    errors.push({ reason: 'FieldValueInvalid', field: `${field}.ipBlock.cidr`, message });
  }
}

function validate(object: JsonObject): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec') ?? {};
  checkLabelSelector(errors, 'spec.podSelector', objectAt(spec, 'podSelector'));
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ]) {
    objectsAt(spec, direction).forEach((rule, at) => {
      const field = `spec.${direction}[${at}]`;
      objectsAt(rule, 'ports').forEach((port, index) => {
        const path = `${field}.ports[${index}]`;
        checkWord(errors, `${path}.protocol`, textAt(port, 'protocol'), ['SCTP', 'TCP', 'UDP']);
        checkPortOrName(errors, `${path}.port`, memberAt(port, 'port'));
      });
      objectsAt(rule, peers).forEach((peer, index) => checkPeer(errors, `${field}.${peers}[${index}]`, peer));
    });
  }
  textsAt(spec, 'policyTypes').forEach((type, at) => {
    if (type === 'Ingress' || type === 'Egress') return;
    errors.push(unsupportedValue(`spec.policyTypes[${at}]`, type, ['Egress', 'Ingress']));
  });
  return errors;
}

/** NetworkPolicy. */
export const NETWORK_POLICY: KindDefinition = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  kind: 'NetworkPolicy',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: true,
  fieldLabels: [],
  nameRule: 'subdomain',
  applyDefaults,
  validate,
  columns: [column('Name', 'string'), column('Pod-Selector', 'string'), column('Age', 'string')],
  cells: (object, context) => {
    const selector = selectorCell(objectAt(objectAt(object, 'spec'), 'podSelector'));
    return [nameCell(object), selector, ageCell(object, context)];
  },
};
