/** EndpointSlices: what `kubectl describe service` and modern clients read beside Endpoints. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { asJson, objectsAt, textAt } from '../json-access.ts';
import { cloneJson, equalJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { createObject, deleteObject, replaceObject } from '../object-writes.ts';
import { isTerminating } from './pod-facts.ts';

const WRITER = 'endpointslice-controller';
const SERVICE_LABEL = 'kubernetes.io/service-name';
const ZONE = 'topology.kubernetes.io/zone';

/** One pod that stands behind a service. */
export type Backend = {
  /** The pod. */
  pod: KubeObject;
  /** Ready, or told to be shown as such. */
  ready: boolean;
  /** The service's ports as this pod serves them. */
  ports: JsonObject[];
};

/** Brings a service's slices up to date: one for each set of ports. */
export function writeSlices(world: World, service: KubeObject, groups: Backend[][]): void {
  const namespace = service.metadata.namespace ?? '';
  const stored = listObjects(world, 'endpointslices', namespace).filter(
    (slice) => slice.metadata.labels?.[SERVICE_LABEL] === service.metadata.name,
  );
  // As upstream: a service without pods has one slice without endpoints.
  const wanted = groups.length > 0 ? groups : [[]];
  wanted.forEach((group, at) => writeSlice(world, service, stored[at], group));
  for (const slice of stored.slice(wanted.length)) {
    deleteObject(world, WRITER, { resource: 'endpointslices', namespace, name: slice.metadata.name });
  }
}

function writeSlice(
  world: World,
  service: KubeObject,
  stored: KubeObject | undefined,
  group: Backend[],
): void {
  const endpoints = group.map((backend) => endpointOf(world, backend));
  const ports = group.length > 0 ? group[0].ports.map((port) => ({ name: '', ...cloneJson(port) })) : [];
  const { name, uid } = service.metadata;
  const namespace = service.metadata.namespace ?? '';
  const owner = { apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true };
  const metadata: JsonObject = {
    namespace,
    labels: {
      ...service.metadata.labels,
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      [SERVICE_LABEL]: name,
    },
    ownerReferences: [owner],
    ...(stored === undefined ? { generateName: `${name}-` } : { name: stored.metadata.name }),
  };
  const body: JsonObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints,
    ports,
  };
  if (stored === undefined) {
    createObject(world, WRITER, { resource: 'endpointslices', namespace }, body);
    return;
  }
  const before = asJson(stored);
  if (equalJson(objectsAt(before, 'endpoints'), endpoints) && equalJson(objectsAt(before, 'ports'), ports))
    return;
  replaceObject(world, WRITER, { resource: 'endpointslices', namespace, name: stored.metadata.name }, body);
}

function endpointOf(world: World, { pod, ready }: Backend): JsonObject {
  const { name, namespace, uid } = pod.metadata;
  const nodeName = textAt(pod.spec, 'nodeName');
  const zone = getObject(world, 'nodes', '', nodeName)?.metadata.labels?.[ZONE];
  const terminating = isTerminating(pod);
  const endpoint: JsonObject = {
    addresses: [textAt(pod.status, 'podIP')],
    conditions: { ready: ready && !terminating, serving: ready, terminating },
    nodeName,
    targetRef: { kind: 'Pod', name, namespace: namespace ?? '', uid },
  };
  if (zone !== undefined) endpoint.zone = zone;
  return endpoint;
}
