/** Service (v1). */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { checkWord, duplicateValue, forbiddenValue, invalidValue, requiredValue } from '../field-errors.ts';
import { goTexts } from '../go-text.ts';
import { allocationFor } from '../identity.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  textsAt,
} from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { labelNameProblem } from '../names.ts';
import { metaOf } from '../object-meta.ts';
import type { Store } from '../store-state.ts';
import { readAll } from '../store-state.ts';
import { checkLabels } from '../object-meta.ts';
import { ageCell, labelsCell, nameCell } from './cell-text.ts';
import { checkPortNumber, checkPortOrName } from './container-validation.ts';
import { ensureObject, forEachObject, setDefaults } from './defaults.ts';

/** The default service range of kubeadm is 10.96.0.0/12; addresses are drawn from its first /16. */
const ADDRESS_PREFIX = '10.96';
const ADDRESS_COUNT = 65_000;
const NODE_PORT_FIRST = 30_000;
const NODE_PORT_COUNT = 2_768;

function hasNodePorts(spec: JsonObject): boolean {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer';
}

function applyDefaults(draft: JsonObject): void {
  const spec = ensureObject(draft, 'spec');
  setDefaults(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  forEachObject(spec, 'ports', (port) => {
    setDefaults(port, { protocol: 'TCP' });
    const target = memberAt(port, 'targetPort');
    if (target === undefined || target === '' || target === 0) port.targetPort = countAt(port, 'port');
  });
  if (spec.sessionAffinity === 'ClientIP') {
    setDefaults(ensureObject(ensureObject(spec, 'sessionAffinityConfig'), 'clientIP'), {
      timeoutSeconds: 10_800,
    });
  }
  if (spec.type === 'ExternalName') return;
  setDefaults(spec, {
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
  if (!hasNodePorts(spec)) return;
  setDefaults(spec, { externalTrafficPolicy: 'Cluster' });
  if (spec.type === 'LoadBalancer') setDefaults(spec, { allocateLoadBalancerNodePorts: true });
}

/** Addresses or node ports that other services hold. */
function heldBy(store: Store, uid: string): { addresses: Set<string>; nodePorts: Set<number> } {
  const held = { addresses: new Set<string>(), nodePorts: new Set<number>() };
  for (const service of readAll(store, 'services')) {
    if (service.metadata.uid === uid) continue;
    const spec = objectAt(asJson(service), 'spec');
    held.addresses.add(textAt(spec, 'clusterIP'));
    for (const port of objectsAt(spec, 'ports')) held.nodePorts.add(countAt(port, 'nodePort'));
  }
  return held;
}

/** A free cluster address, drawn from the service's own name. */
function drawAddress(store: Store, key: string, held: Set<string>): string {
  for (let attempt = 0; ; attempt++) {
    const number = 10 + allocationFor(store.identitySeed, `address ${key}`, attempt, ADDRESS_COUNT);
    const address = `${ADDRESS_PREFIX}.${number >> 8}.${number & 255}`;
    if (!held.has(address)) return address;
  }
}

function drawNodePort(store: Store, key: string, held: Set<number>): number {
  for (let attempt = 0; ; attempt++) {
    const port = NODE_PORT_FIRST + allocationFor(store.identitySeed, `port ${key}`, attempt, NODE_PORT_COUNT);
    if (!held.has(port)) return port;
  }
}

/** Gives a service the addresses and node ports it lacks. */
function allocate(draft: JsonObject, context: KindContext): void {
  const spec = ensureObject(draft, 'spec');
  if (spec.type === 'ExternalName') return;
  const meta = metaOf(draft);
  const key = `${textAt(meta, 'namespace')}/${textAt(meta, 'name')}`;
  const held = heldBy(context.store, textAt(meta, 'uid'));
  if (textAt(spec, 'clusterIP') === '') spec.clusterIP = drawAddress(context.store, key, held.addresses);
  if (memberAt(spec, 'clusterIPs') === undefined) spec.clusterIPs = [textAt(spec, 'clusterIP')];
  if (!hasNodePorts(spec)) return;
  forEachObject(spec, 'ports', (port) => {
    if (countAt(port, 'nodePort') !== 0) return;
    const number = drawNodePort(
      context.store,
      `${key} ${textAt(port, 'name')} ${countAt(port, 'port')}`,
      held.nodePorts,
    );
    held.nodePorts.add(number);
    port.nodePort = number;
  });
}

/** Carries over what a client need not repeat, then allocates what a change of type calls for. */
function prepareUpdate(draft: JsonObject, current: JsonObject, context: KindContext): void {
  const spec = ensureObject(draft, 'spec');
  const before = objectAt(current, 'spec') ?? {};
  setDefaults(spec, { type: 'ClusterIP' });
  const wasExternal = before.type === 'ExternalName';
  if (spec.type === 'ExternalName') {
    for (const key of ['clusterIP', 'clusterIPs']) if (!wasExternal) delete spec[key];
    return;
  }
  for (const key of ['clusterIP', 'clusterIPs']) {
    const value = memberAt(before, key);
    const isSet = memberAt(spec, key) !== undefined && spec[key] !== '';
    if (!isSet && value !== undefined && !wasExternal) spec[key] = value;
  }
  if (hasNodePorts(spec)) {
    forEachObject(spec, 'ports', (port) => {
      const old = objectsAt(before, 'ports').find((one) => countAt(one, 'port') === countAt(port, 'port'));
      if (countAt(port, 'nodePort') === 0 && countAt(old, 'nodePort') !== 0)
        port.nodePort = countAt(old, 'nodePort');
    });
  } else {
    forEachObject(spec, 'ports', (port) => {
      delete port.nodePort;
    });
    for (const key of ['externalTrafficPolicy', 'allocateLoadBalancerNodePorts']) delete spec[key];
  }
  allocate(draft, context);
}

function checkPorts(errors: FieldError[], spec: JsonObject, nodePorts: Set<number>): void {
  const ports = objectsAt(spec, 'ports');
  const names = new Set<string>();
  const seen = new Set<string>();
  ports.forEach((port, at) => {
    const path = `spec.ports[${at}]`;
    const name = textAt(port, 'name');
    const problem = name === '' ? undefined : labelNameProblem(name);
    if (name === '' && ports.length > 1) errors.push(requiredValue(`${path}.name`));
    else if (problem !== undefined) errors.push(invalidValue(`${path}.name`, name, problem));
    else if (name !== '' && names.has(name)) errors.push(duplicateValue(`${path}.name`, name));
    names.add(name);
    checkPortNumber(errors, `${path}.port`, countAt(port, 'port'));
    checkWord(errors, `${path}.protocol`, textAt(port, 'protocol'), ['SCTP', 'TCP', 'UDP']);
    checkPortOrName(errors, `${path}.targetPort`, memberAt(port, 'targetPort'));
    const place = `${countAt(port, 'port')}/${textAt(port, 'protocol')}`;
    if (seen.has(place)) errors.push(duplicateValue(path, { raw: place }));
    seen.add(place);
    const nodePort = countAt(port, 'nodePort');
    if (nodePort === 0) return;
    if (!hasNodePorts(spec)) {
      errors.push(forbiddenValue(`${path}.nodePort`, "may not be used when `type` is 'ClusterIP'"));
    } else if (nodePort < NODE_PORT_FIRST || nodePort >= NODE_PORT_FIRST + NODE_PORT_COUNT) {
      const detail = 'provided port is not in the valid range. The range of valid ports is 30000-32767';
      errors.push(invalidValue(`${path}.nodePort`, nodePort, detail));
    } else if (nodePorts.has(nodePort)) {
      errors.push(invalidValue(`${path}.nodePort`, nodePort, 'provided port is already allocated'));
    }
  });
}

const ADDRESS = /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/;

function validate(object: JsonObject, context: KindContext): FieldError[] {
  const errors: FieldError[] = [];
  const spec = objectAt(object, 'spec') ?? {};
  const type = textAt(spec, 'type');
  const held = heldBy(context.store, textAt(metaOf(object), 'uid'));
  const address = textAt(spec, 'clusterIP');
  const isHeadless = address === 'None';
  if (objectsAt(spec, 'ports').length === 0 && !isHeadless && type !== 'ExternalName') {
    errors.push(requiredValue('spec.ports'));
  }
  checkPorts(errors, spec, held.nodePorts);
  checkLabels(errors, 'spec.selector', textMapAt(spec, 'selector'));
  checkWord(errors, 'spec.type', type, ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  checkWord(errors, 'spec.sessionAffinity', textAt(spec, 'sessionAffinity'), ['ClientIP', 'None']);
  if (type === 'ExternalName' && textAt(spec, 'externalName') === '')
    errors.push(requiredValue('spec.externalName'));
  if (type === 'LoadBalancer' && isHeadless) {
    errors.push(
      invalidValue('spec.clusterIPs[0]', 'None', "may not be set to 'None' for LoadBalancer services"),
    );
  }
  if (address !== '' && !isHeadless && !ADDRESS.test(address)) {
    const detail = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
    errors.push(invalidValue('spec.clusterIPs[0]', address, detail));
  } else if (address !== '' && !isHeadless && held.addresses.has(address)) {
    const detail = `failed to allocate IP ${address}: provided IP is already allocated`;
    errors.push(invalidValue('spec.clusterIPs', { raw: goTexts([address]) }, detail));
  }
  return errors;
}

function validateUpdate(object: JsonObject, current: JsonObject): FieldError[] {
  const spec = objectAt(object, 'spec') ?? {};
  const before = objectAt(current, 'spec') ?? {};
  if (spec.type === 'ExternalName' || before.type === 'ExternalName') return [];
  const address = textAt(spec, 'clusterIP');
  const addresses = textsAt(spec, 'clusterIPs');
  const old = textAt(before, 'clusterIP');
  if (address === old && (addresses[0] ?? address) === address) return [];
  const raw = goTexts(address === old ? addresses : [address]);
  return [invalidValue('spec.clusterIPs[0]', { raw }, 'may not change once set')];
}

/** Longest EXTERNAL-IP that is not cut; the server always prints it in full, kubectl does not cut it. */
function externalCell(object: JsonObject): string {
  const spec = objectAt(object, 'spec');
  const type = textAt(spec, 'type');
  const external = textsAt(spec, 'externalIPs');
  if (type === 'ExternalName') return textAt(spec, 'externalName');
  if (type !== 'LoadBalancer') return external.join(',') || '<none>';
  const ingress = objectsAt(objectAt(objectAt(object, 'status'), 'loadBalancer'), 'ingress');
  const assigned = ingress.map((one) => textAt(one, 'ip') || textAt(one, 'hostname'));
  return [...assigned, ...external].join(',') || '<pending>';
}

function portsCell(spec: JsonObject | undefined): string {
  const texts = objectsAt(spec, 'ports').map((port) => {
    const nodePort = countAt(port, 'nodePort');
    const middle = nodePort > 0 ? `:${nodePort}` : '';
    return `${countAt(port, 'port')}${middle}/${textAt(port, 'protocol')}`;
  });
  return texts.join(',') || '<none>';
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const spec = objectAt(object, 'spec');
  return [
    nameCell(object),
    textAt(spec, 'type'),
    textAt(spec, 'clusterIP') || '<none>',
    externalCell(object),
    portsCell(spec),
    ageCell(object, context),
    labelsCell(textMapAt(spec, 'selector')),
  ];
}

/** Service. */
export const SERVICE: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  kind: 'Service',
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: ['spec.clusterIP', 'spec.type'],
  nameRule: 'service',
  prepareCreate: (draft, context) => {
    allocate(draft, context);
    draft.status = { loadBalancer: {} };
  },
  prepareUpdate,
  applyDefaults,
  validate,
  validateUpdate,
  columns: [
    column('Name', 'string'),
    column('Type', 'string'),
    column('Cluster-IP', 'string'),
    column('External-IP', 'string'),
    column('Port(s)', 'string'),
    column('Age', 'string'),
    column('Selector', 'string', 1),
  ],
  cells,
};
