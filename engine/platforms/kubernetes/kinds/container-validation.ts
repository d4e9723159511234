/** What is wrong with the containers of a pod spec. */
import type { JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import {
  checkNotNegative,
  checkWord,
  duplicateValue,
  forbiddenValue,
  invalidValue,
  missingValue,
  requiredValue,
} from '../field-errors.ts';
import { memberAt, numberAt, objectAt, objectsAt, textAt, textMapAt } from '../json-access.ts';
import { envNameProblem, labelNameProblem, portNameProblem, qualifiedNameProblem } from '../names.ts';
import { compareQuantities } from '../quantity.ts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PORT_RANGE = 'must be between 1 and 65535, inclusive';
const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'];
const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Adds an error for a port number outside 1 to 65535. */
export function checkPortNumber(errors: FieldError[], field: string, port: number): void {
  if (port < 1 || port > 65535) errors.push(invalidValue(field, port, PORT_RANGE));
}

/** Adds an error for a port that is neither a number nor the name of one. */
export function checkPortOrName(
  errors: FieldError[],
  field: string,
  port: JsonObject[string] | undefined,
): void {
  if (typeof port === 'number') checkPortNumber(errors, field, port);
  else if (typeof port === 'string') {
    const problem = portNameProblem(port);
    if (problem !== undefined) errors.push(invalidValue(field, port, problem));
  }
}

function checkPorts(errors: FieldError[], field: string, container: JsonObject): void {
  const names = new Set<string>();
  objectsAt(container, 'ports').forEach((port, at) => {
    const path = `${field}.ports[${at}]`;
    const name = textAt(port, 'name');
    if (name !== '') {
      const problem = portNameProblem(name);
      if (problem !== undefined) errors.push(invalidValue(`${path}.name`, name, problem));
      else if (names.has(name)) errors.push(duplicateValue(`${path}.name`, name));
      names.add(name);
    }
    const number = numberAt(port, 'containerPort') ?? 0;
    if (number === 0) errors.push(requiredValue(`${path}.containerPort`));
    else checkPortNumber(errors, `${path}.containerPort`, number);
    const host = numberAt(port, 'hostPort') ?? 0;
    if (host !== 0) checkPortNumber(errors, `${path}.hostPort`, host);
    checkWord(errors, `${path}.protocol`, textAt(port, 'protocol'), PROTOCOLS);
  });
}

function checkEnv(errors: FieldError[], field: string, container: JsonObject): void {
  objectsAt(container, 'env').forEach((variable, at) => {
    const path = `${field}.env[${at}]`;
    const name = textAt(variable, 'name');
    const problem = name === '' ? undefined : envNameProblem(name);
    if (name === '') errors.push(requiredValue(`${path}.name`));
    else if (problem !== undefined) errors.push(invalidValue(`${path}.name`, name, problem));
    const source = objectAt(variable, 'valueFrom');
    if (source === undefined) return;
    const sources = Object.keys(source).length;
    if (sources === 0) {
      const words = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
      errors.push(invalidValue(`${path}.valueFrom`, '', `must specify one of: ${words}`));
    } else if (textAt(variable, 'value') !== '') {
      errors.push(invalidValue(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty'));
    } else if (sources > 1) {
      const detail = 'may not have more than one field specified at a time';
      errors.push(invalidValue(`${path}.valueFrom`, '', detail));
    }
    for (const kind of ['configMapKeyRef', 'secretKeyRef']) {
      const reference = objectAt(source, kind);
      if (reference !== undefined && textAt(reference, 'key') === '') {
        errors.push(requiredValue(`${path}.valueFrom.${kind}.key`));
      }
    }
  });
  objectsAt(container, 'envFrom').forEach((source, at) => {
    if (objectAt(source, 'configMapRef') !== undefined || objectAt(source, 'secretRef') !== undefined) return;
    const detail = 'must specify one of: `configMapRef` or `secretRef`';
    errors.push(invalidValue(`${field}.envFrom[${at}]`, '', detail));
  });
}

function checkMounts(errors: FieldError[], field: string, container: JsonObject, volumes: Set<string>): void {
  const paths = new Set<string>();
  objectsAt(container, 'volumeMounts').forEach((mount, at) => {
    const path = `${field}.volumeMounts[${at}]`;
    const name = textAt(mount, 'name');
    const mountPath = textAt(mount, 'mountPath');
    if (name === '') errors.push(requiredValue(`${path}.name`));
    else if (!volumes.has(name)) errors.push(missingValue(`${path}.name`, name));
    if (mountPath === '') errors.push(requiredValue(`${path}.mountPath`));
    else if (paths.has(mountPath))
      errors.push(invalidValue(`${path}.mountPath`, mountPath, 'must be unique'));
    paths.add(mountPath);
  });
}

function checkResourceMap(errors: FieldError[], field: string, amounts: { [key: string]: string }): void {
  for (const key of Object.keys(amounts)) {
    const path = `${field}[${key}]`;
    const problem = qualifiedNameProblem(key);
    if (problem !== undefined) errors.push(invalidValue(path, key, problem));
    else if (!key.includes('/') && !CONTAINER_RESOURCES.includes(key) && !key.startsWith('hugepages-')) {
      errors.push(invalidValue(path, key, 'must be a standard resource type or fully qualified'));
      errors.push(invalidValue(path, key, 'must be a standard resource for containers'));
    }
    if (compareQuantities(amounts[key], '0') < 0) {
      errors.push(invalidValue(path, amounts[key], 'must be greater than or equal to 0'));
    }
  }
}

function checkResources(errors: FieldError[], field: string, container: JsonObject): void {
  const resources = objectAt(container, 'resources');
  const limits = textMapAt(resources, 'limits');
  const requests = textMapAt(resources, 'requests');
  checkResourceMap(errors, `${field}.resources.limits`, limits);
  checkResourceMap(errors, `${field}.resources.requests`, requests);
  for (const key of Object.keys(requests)) {
    if (!Object.hasOwn(limits, key) || compareQuantities(requests[key], limits[key]) <= 0) continue;
    const detail = `must be less than or equal to ${key} limit of ${limits[key]}`;
    errors.push(invalidValue(`${field}.resources.requests`, requests[key], detail));
  }
}

/** Adds what is wrong with a handler of a probe or a lifecycle hook. */
function checkHandler(errors: FieldError[], field: string, handler: JsonObject): void {
  const kinds = HANDLERS.filter((kind) => objectAt(handler, kind) !== undefined);
  if (kinds.length === 0) errors.push(requiredValue(field, 'must specify a handler type'));
  for (const kind of kinds.slice(1)) {
    errors.push(forbiddenValue(`${field}.${kind}`, 'may not specify more than 1 handler type'));
  }
  const command = objectAt(handler, 'exec');
  if (command !== undefined && memberAt(command, 'command') === undefined) {
    errors.push(requiredValue(`${field}.exec.command`));
  }
  for (const kind of ['httpGet', 'tcpSocket', 'grpc']) {
    const target = objectAt(handler, kind);
    if (target === undefined) continue;
    checkPortOrName(errors, `${field}.${kind}.port`, memberAt(target, 'port') ?? 0);
    if (kind === 'httpGet')
      checkWord(errors, `${field}.httpGet.scheme`, textAt(target, 'scheme'), ['HTTP', 'HTTPS']);
  }
}

function checkProbe(errors: FieldError[], field: string, probe: JsonObject): void {
  checkHandler(errors, field, probe);
  const counts = [
    'initialDelaySeconds',
    'timeoutSeconds',
    'periodSeconds',
    'successThreshold',
    'failureThreshold',
  ];
  for (const key of counts) checkNotNegative(errors, `${field}.${key}`, numberAt(probe, key));
}

function checkProbes(errors: FieldError[], field: string, container: JsonObject): void {
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = objectAt(container, kind);
    if (probe === undefined) continue;
    const path = `${field}.${kind}`;
    checkProbe(errors, path, probe);
    const successes = numberAt(probe, 'successThreshold') ?? 1;
    if (kind !== 'readinessProbe' && successes > 1) {
      errors.push(invalidValue(`${path}.successThreshold`, successes, 'must be 1'));
    }
  }
  const lifecycle = objectAt(container, 'lifecycle');
  for (const hook of ['postStart', 'preStop']) {
    const handler = objectAt(lifecycle, hook);
    if (handler !== undefined) checkHandler(errors, `${field}.lifecycle.${hook}`, handler);
  }
}

/** Adds what is wrong with one container; `names` are those already taken in the pod. */
export function checkContainer(
  errors: FieldError[],
  field: string,
  container: JsonObject,
  taken: { names: Set<string>; volumes: Set<string> },
): void {
  const name = textAt(container, 'name');
  const problem = name === '' ? undefined : labelNameProblem(name);
  if (name === '') errors.push(requiredValue(`${field}.name`));
  else if (problem !== undefined) errors.push(invalidValue(`${field}.name`, name, problem));
  else if (taken.names.has(name)) errors.push(duplicateValue(`${field}.name`, name));
  taken.names.add(name);
  const image = textAt(container, 'image');
  if (image === '') errors.push(requiredValue(`${field}.image`));
  else if (image !== image.trim()) {
    errors.push(invalidValue(`${field}.image`, image, 'must not have leading or trailing whitespace'));
  }
  const policies = ['Always', 'IfNotPresent', 'Never'];
  checkWord(errors, `${field}.imagePullPolicy`, textAt(container, 'imagePullPolicy'), policies);
  checkPorts(errors, field, container);
  checkEnv(errors, field, container);
  checkMounts(errors, field, container, taken.volumes);
  checkProbes(errors, field, container);
  checkResources(errors, field, container);
}
