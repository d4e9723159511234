/** Server-side defaults of pod specs and of what stands inside them. */
import type { JsonObject } from '../api-types.ts';
import { isObject, numberAt, objectAt, textAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';
import { ensureObject, forEachObject, setDefaults } from './defaults.ts';

/** `Always` for an image that can change under its name: no tag, or `latest`. */
function pullPolicyFor(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultHandler(handler: JsonObject): void {
  const httpGet = objectAt(handler, 'httpGet');
  if (httpGet !== undefined) setDefaults(httpGet, { path: '/', scheme: 'HTTP' });
  const grpc = objectAt(handler, 'grpc');
  if (grpc !== undefined && !Object.hasOwn(grpc, 'service')) grpc.service = '';
}

function defaultProbe(probe: JsonObject): void {
  defaultHandler(probe);
  const counts = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 };
  for (const [key, value] of Object.entries(counts))
    if ((numberAt(probe, key) ?? 0) === 0) probe[key] = value;
}

function defaultContainer(container: JsonObject): void {
  setDefaults(container, {
    imagePullPolicy: pullPolicyFor(textAt(container, 'image')),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  forEachObject(container, 'ports', (port) => setDefaults(port, { protocol: 'TCP' }));
  forEachObject(container, 'env', (variable) => {
    const fieldRef = objectAt(objectAt(variable, 'valueFrom'), 'fieldRef');
    if (fieldRef !== undefined) setDefaults(fieldRef, { apiVersion: 'v1' });
    const resource = objectAt(objectAt(variable, 'valueFrom'), 'resourceFieldRef');
    if (resource !== undefined) setDefaults(resource, { divisor: '0' });
  });
  for (const key of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = objectAt(container, key);
    if (probe !== undefined) defaultProbe(probe);
  }
  const lifecycle = objectAt(container, 'lifecycle');
  for (const key of ['postStart', 'preStop']) {
    const handler = objectAt(lifecycle, key);
    if (handler !== undefined) defaultHandler(handler);
  }
}

/** File mode 0644, as the API server writes it. */
const DEFAULT_MODE = 420;

function defaultVolume(volume: JsonObject): void {
  // A volume without any source is an emptyDir.
  if (Object.keys(volume).every((key) => key === 'name')) volume.emptyDir = {};
  for (const key of ['secret', 'configMap', 'downwardAPI', 'projected']) {
    const source = objectAt(volume, key);
    if (source !== undefined) setDefaults(source, { defaultMode: DEFAULT_MODE });
  }
  const hostPath = objectAt(volume, 'hostPath');
  if (hostPath !== undefined && !Object.hasOwn(hostPath, 'type')) hostPath.type = '';
}

/** Defaults of a pod spec, in a pod or in a template. */
function defaultPodSpec(spec: JsonObject): void {
  setDefaults(spec, {
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
  });
  for (const key of ['containers', 'initContainers', 'ephemeralContainers'])
    forEachObject(spec, key, defaultContainer);
  forEachObject(spec, 'volumes', defaultVolume);
  // The old name of the service account is kept in step with the new one.
  const account = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount');
  if (account !== '') {
    spec.serviceAccountName = account;
    spec.serviceAccount = account;
  }
}

/** A limit without a request is also the request; only in pods, never in templates. */
function requestLimits(container: JsonObject): void {
  const resources = objectAt(container, 'resources');
  const limits = objectAt(resources, 'limits');
  if (resources === undefined || limits === undefined) return;
  const requests = ensureObject(resources, 'requests');
  for (const key of Object.keys(limits)) if (!Object.hasOwn(requests, key)) requests[key] = limits[key];
}

/** Defaults that only a pod gets. */
export function defaultPod(spec: JsonObject): void {
  defaultPodSpec(spec);
  setDefaults(spec, { enableServiceLinks: true });
  for (const key of ['containers', 'initContainers']) forEachObject(spec, key, requestLimits);
}

/** Defaults of a pod template. */
export function defaultPodTemplate(spec: JsonObject): void {
  const template = ensureObject(spec, 'template');
  ensureObject(template, 'metadata');
  defaultPodSpec(ensureObject(template, 'spec'));
}

const TOLERATED_SECONDS = 300;

/** What admission plugins add to a new pod: service account, priority, tolerations of dying nodes. */
export function admitPod(spec: JsonObject): void {
  setDefaults(spec, {
    serviceAccountName: 'default',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
  });
  spec.serviceAccount = spec.serviceAccountName;
  const tolerations = Array.isArray(spec.tolerations) ? spec.tolerations.filter(isObject) : [];
  for (const condition of ['not-ready', 'unreachable']) {
    const key = `node.kubernetes.io/${condition}`;
    const known = tolerations.some((one) => {
      const matches = textAt(one, 'key') === key || textAt(one, 'key') === '';
      return matches && ['', 'NoExecute'].includes(textAt(one, 'effect'));
    });
    if (known) continue;
    tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: TOLERATED_SECONDS });
  }
  spec.tolerations = cloneJson(tolerations);
}
