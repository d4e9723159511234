/** The containers of a pod or of a pod template, as `kubectl describe` prints them. */
import type { JsonObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  countAt,
  flagAt,
  listAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textsAt,
  valueAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../../platforms/kubernetes/json-values.ts';
import { line, longTime, optionalLine } from './lines.ts';

/** Whose containers are described. */
export type ContainerBlock = {
  /** `Containers` or `Init Containers`. */
  label: string;
  /** Specs. */
  containers: readonly JsonObject[];
  /** Statuses; none in a template. */
  statuses: readonly JsonObject[];
  /** The pod, for values taken from its fields; absent in a template. */
  pod: JsonObject | undefined;
  /** Indentation of a template: '  ', else ''. */
  space: string;
};

/** All containers of a block. */
export function containerLines(block: ContainerBlock): string {
  let text = `${block.space}${block.label}:\n`;
  for (const container of block.containers) {
    const status = block.statuses.find((one) => textAt(one, 'name') === textAt(container, 'name'));
    text += basicLines(container, status, block.space);
    text +=
      commandLines('Command', textsAt(container, 'command')) +
      commandLines('Args', textsAt(container, 'args'));
    if (status) text += statusLines(status);
    text += resourceLines(objectAt(container, 'resources'), 2) + probeLines(container);
    text += environmentLines(container, block.pod) + mountLines(container);
  }
  return text;
}

function basicLines(container: JsonObject, status: JsonObject | undefined, space: string): string {
  const ports = objectsAt(container, 'ports');
  const inside = ports
    .map((port) => `${countAt(port, 'containerPort')}/${textAt(port, 'protocol')}`)
    .join(', ');
  const outside = ports.map((port) => `${countAt(port, 'hostPort')}/${textAt(port, 'protocol')}`).join(', ');
  const many = ports.length > 1 ? 's' : '';
  return (
    line(1, `${space === '' ? '' : ' '}${textAt(container, 'name')}:`) +
    (status ? line(2, `Container ID:\t${textAt(status, 'containerID')}`) : '') +
    line(2, `Image:\t${textAt(container, 'image')}`) +
    (status ? line(2, `Image ID:\t${textAt(status, 'imageID')}`) : '') +
    line(2, `Port${many}:\t${inside || '<none>'}`) +
    line(2, `Host Port${many}:\t${outside || '<none>'}`)
  );
}

function commandLines(title: string, words: readonly string[]): string {
  if (words.length === 0) return '';
  return (
    line(2, `${title}:`) +
    words
      .flatMap((word) => word.split('\n'))
      .map((word) => line(3, word))
      .join('')
  );
}

function statusLines(status: JsonObject): string {
  const last = objectAt(status, 'lastState');
  return (
    stateLines('State', objectAt(status, 'state')) +
    (objectAt(last, 'terminated') ? stateLines('Last State', last) : '') +
    line(2, `Ready:\t${flagAt(status, 'ready') ? 'True' : 'False'}`) +
    line(2, `Restart Count:\t${countAt(status, 'restartCount')}`)
  );
}

function stateLines(title: string, state: JsonObject | undefined): string {
  const running = objectAt(state, 'running');
  if (running) {
    return line(2, `${title}:\tRunning`) + line(3, `Started:\t${longTime(textAt(running, 'startedAt'))}`);
  }
  const ended = objectAt(state, 'terminated');
  if (!ended) {
    const waiting = objectAt(state, 'waiting');
    return line(2, `${title}:\tWaiting`) + optionalLine(3, 'Reason', textAt(waiting, 'reason'));
  }
  const signal = countAt(ended, 'signal');
  return (
    line(2, `${title}:\tTerminated`) +
    optionalLine(3, 'Reason', textAt(ended, 'reason')) +
    optionalLine(3, 'Message', textAt(ended, 'message').trimEnd()) +
    line(3, `Exit Code:\t${countAt(ended, 'exitCode')}`) +
    (signal > 0 ? line(3, `Signal:\t${signal}`) : '') +
    line(3, `Started:\t${longTime(textAt(ended, 'startedAt'))}`) +
    line(3, `Finished:\t${longTime(textAt(ended, 'finishedAt'))}`)
  );
}

/** Limits and requests of a container. */
function resourceLines(resources: JsonObject | undefined, level: number): string {
  let text = '';
  for (const [title, field] of [
    ['Limits', 'limits'],
    ['Requests', 'requests'],
  ]) {
    const amounts = objectAt(resources, field) ?? {};
    const names = Object.keys(amounts).sort(compareText);
    if (names.length > 0) text += line(level, `${title}:`);
    for (const name of names) text += line(level + 1, `${name}:\t${String(amounts[name])}`);
  }
  return text;
}

function probeLines(container: JsonObject): string {
  return [
    ['Liveness', 'livenessProbe'],
    ['Readiness', 'readinessProbe'],
    ['Startup', 'startupProbe'],
  ]
    .map(([title, field]) => {
      const probe = objectAt(container, field);
      return probe ? line(2, `${title}:\t${probeText(probe)}`) : '';
    })
    .join('');
}

function probeText(probe: JsonObject): string {
  const seconds = (field: string) => `${countAt(probe, field)}s`;
  const attributes =
    `delay=${seconds('initialDelaySeconds')} timeout=${seconds('timeoutSeconds')} ` +
    `period=${seconds('periodSeconds')} #success=${countAt(probe, 'successThreshold')} ` +
    `#failure=${countAt(probe, 'failureThreshold')}`;
  const exec = objectAt(probe, 'exec');
  if (exec) return `exec [${textsAt(exec, 'command').join(' ')}] ${attributes}`;
  const http = objectAt(probe, 'httpGet');
  if (http) {
    const scheme = textAt(http, 'scheme').toLowerCase() || 'http';
    const address = `${scheme}://${textAt(http, 'host')}:${String(memberAt(http, 'port') ?? '')}`;
    return `http-get ${address}${textAt(http, 'path')} ${attributes}`;
  }
  const tcp = objectAt(probe, 'tcpSocket');
  if (tcp) return `tcp-socket ${textAt(tcp, 'host')}:${String(memberAt(tcp, 'port') ?? '')} ${attributes}`;
  const grpc = objectAt(probe, 'grpc');
  if (grpc) return `grpc <pod>:${countAt(grpc, 'port')} ${textAt(grpc, 'service')} ${attributes}`;
  return `unknown ${attributes}`;
}

function environmentLines(container: JsonObject, pod: JsonObject | undefined): string {
  let text = '';
  const sources = objectsAt(container, 'envFrom');
  if (sources.length > 0) text += line(2, 'Environment Variables from:');
  for (const source of sources) {
    const secret = objectAt(source, 'secretRef');
    const from = secret ?? objectAt(source, 'configMapRef');
    const prefix = textAt(source, 'prefix');
    const withPrefix = prefix === '' ? '' : ` with prefix '${prefix}'`;
    text += line(
      3,
      `${textAt(from, 'name')}\t${secret ? 'Secret' : 'ConfigMap'}${withPrefix}\tOptional: ` +
        `${flagAt(from, 'optional')}`,
    );
  }
  const variables = objectsAt(container, 'env');
  text += line(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}`);
  return text + variables.map((variable) => variableLines(variable, container, pod)).join('');
}

function variableLines(variable: JsonObject, container: JsonObject, pod: JsonObject | undefined): string {
  const name = textAt(variable, 'name');
  const from = objectAt(variable, 'valueFrom');
  if (!from) {
    const values = textAt(variable, 'value').split('\n');
    return values.map((value, index) => line(3, `${index === 0 ? `${name}:` : ''}\t${value}`)).join('');
  }
  const field = objectAt(from, 'fieldRef');
  if (field) {
    const path = textAt(field, 'fieldPath');
    const value = pod ? String(valueAt(pod, ...path.split('.')) ?? '') : '';
    return line(3, `${name}:\t${value} (${textAt(field, 'apiVersion') || 'v1'}:${path})`);
  }
  const resource = objectAt(from, 'resourceFieldRef');
  if (resource) {
    const path = textAt(resource, 'resource');
    const value = valueAt(objectAt(container, 'resources'), ...path.split('.'));
    return line(3, `${name}:\t${String(value ?? '0')} (${path})`);
  }
  const secret = objectAt(from, 'secretKeyRef');
  const source = secret ?? objectAt(from, 'configMapKeyRef');
  const place = secret ? `in secret` : `of config map`;
  const set = `<set to the key '${textAt(source, 'key')}' ${place} '${textAt(source, 'name')}'>`;
  return line(3, `${name}:\t${set}\tOptional: ${flagAt(source, 'optional')}`);
}

function mountLines(container: JsonObject): string {
  const mounts = objectsAt(container, 'volumeMounts');
  const sorted = mounts.sort((a, b) => compareText(textAt(a, 'mountPath'), textAt(b, 'mountPath')));
  let text = line(2, `Mounts:${sorted.length === 0 ? '\t<none>' : ''}`);
  for (const mount of sorted) {
    const subPath = textAt(mount, 'subPath');
    const flags = [flagAt(mount, 'readOnly') ? 'ro' : 'rw', ...(subPath === '' ? [] : [`path="${subPath}"`])];
    text += line(3, `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags.join(',')})`);
  }
  return text;
}

/** The volumes of a pod or template. */
export function volumeLines(volumes: readonly JsonObject[], space: string): string {
  if (volumes.length === 0) return `${space}Volumes:\t<none>\n`;
  let text = `${space}Volumes:\n`;
  for (const volume of volumes) {
    text += line(1, `${space === '' ? '' : ' '}${textAt(volume, 'name')}:`) + volumeSourceLines(volume);
  }
  return text;
}

function volumeSourceLines(volume: JsonObject): string {
  const lines = (type: string, fields: readonly [string, string][]) =>
    line(2, `Type:\t${type}`) + fields.map(([title, value]) => line(2, `${title}:\t${value}`)).join('');
  const hostPath = objectAt(volume, 'hostPath');
  if (hostPath) {
    const fields: [string, string][] = [
      ['Path', textAt(hostPath, 'path')],
      ['HostPathType', textAt(hostPath, 'type')],
    ];
    return lines('HostPath (bare host directory volume)', fields);
  }
  const emptyDir = objectAt(volume, 'emptyDir');
  if (emptyDir) {
    const limit = memberAt(emptyDir, 'sizeLimit');
    const fields: [string, string][] = [
      ['Medium', textAt(emptyDir, 'medium')],
      ['SizeLimit', limit === undefined ? '<unset>' : String(limit)],
    ];
    return lines("EmptyDir (a temporary directory that shares a pod's lifetime)", fields);
  }
  const configMap = objectAt(volume, 'configMap');
  if (configMap) {
    const fields: [string, string][] = [
      ['Name', textAt(configMap, 'name')],
      ['Optional', String(flagAt(configMap, 'optional'))],
    ];
    return lines('ConfigMap (a volume populated by a ConfigMap)', fields);
  }
  const secret = objectAt(volume, 'secret');
  if (secret) {
    const fields: [string, string][] = [
      ['SecretName', textAt(secret, 'secretName')],
      ['Optional', String(flagAt(secret, 'optional'))],
    ];
    return lines('Secret (a volume populated by a Secret)', fields);
  }
  const claim = objectAt(volume, 'persistentVolumeClaim');
  if (claim) {
    const fields: [string, string][] = [
      ['ClaimName', textAt(claim, 'claimName')],
      ['ReadOnly', String(flagAt(claim, 'readOnly'))],
    ];
    const type = 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)';
    return lines(type, fields);
  }
  const projected = objectAt(volume, 'projected');
  if (projected) return projectedLines(projected);
  return line(2, '<unknown>');
}

function projectedLines(projected: JsonObject): string {
  let text = line(2, 'Type:\tProjected (a volume that contains injected data from multiple sources)');
  for (const source of listAt(projected, 'sources').filter(
    (one) => typeof one === 'object' && one !== null,
  )) {
    const map = source as JsonObject;
    const configMap = objectAt(map, 'configMap');
    const secret = objectAt(map, 'secret');
    const token = objectAt(map, 'serviceAccountToken');
    if (secret) {
      text += line(2, `SecretName:\t${textAt(secret, 'name')}`);
      text += line(2, `Optional:\t${flagAt(secret, 'optional')}`);
    } else if (objectAt(map, 'downwardAPI')) text += line(2, 'DownwardAPI:\ttrue');
    else if (configMap) {
      text += line(2, `ConfigMapName:\t${textAt(configMap, 'name')}`);
      text += line(2, `Optional:\t${flagAt(configMap, 'optional')}`);
    } else if (token) text += line(2, `TokenExpirationSeconds:\t${countAt(token, 'expirationSeconds')}`);
  }
  return text;
}
