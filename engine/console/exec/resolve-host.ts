/** What a host name or address means to a program in the cluster, or at the responder's terminal. */
import type { SendRequest } from '../../protocol/cluster-commands.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, objectsAt, textAt, textsAt } from '../../platforms/kubernetes/json-access.ts';
import { listObjects } from '../../platforms/kubernetes/object-reads.ts';
import type { ProgramPlace } from './exec-context.ts';

/** A host that was found. */
export type ResolvedHost = {
  /** Where a request to it goes. */
  to: SendRequest['to'];
  /** Its full name. */
  fullName: string;
  /** Its addresses. */
  addresses: string[];
};

/** The host of that name, or null when DNS knows none. */
export function resolveHost(place: ProgramPlace, host: string): ResolvedHost | null {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (place.place && (name === 'localhost' || name === '127.0.0.1')) {
    return { to: { localhost: true }, fullName: 'localhost', addresses: ['127.0.0.1'] };
  }
  if (/^[0-9.]+$/.test(name)) return resolveAddress(place, name);
  const parts = name.replace(/\.svc(\.cluster\.local)?$/, '').split('.');
  // From outside, a bare service name means nothing; with its namespace it goes the way of the team's VPN.
  const namespace = parts.length === 1 ? place.place?.namespace : parts[parts.length - 1];
  if (namespace === undefined || parts.length > 3) return null;
  const serviceName = parts[parts.length === 3 ? 1 : 0];
  const service = listObjects(place.world, 'services', namespace).find(
    ({ metadata }) => metadata.name === serviceName,
  );
  if (!service) return null;
  if (parts.length === 3) return resolvePodOf(place, service, parts[0]);
  return ofService(place, service);
}

function ofService(place: ProgramPlace, service: KubeObject): ResolvedHost | null {
  const { name, namespace = '' } = service.metadata;
  const clusterIp = textAt(objectAt(asJson(service), 'spec'), 'clusterIP');
  const headless = clusterIp === 'None' || clusterIp === '';
  const addresses = headless ? podAddresses(place, service) : [clusterIp];
  if (addresses.length === 0) return null;
  return {
    to: { service: `${namespace}/${name}` },
    fullName: `${name}.${namespace}.svc.cluster.local`,
    addresses,
  };
}

/** Addresses of the pods behind a service. */
function podAddresses(place: ProgramPlace, service: KubeObject): string[] {
  const { name, namespace } = service.metadata;
  const endpoints = listObjects(place.world, 'endpoints', namespace).find(
    ({ metadata }) => metadata.name === name,
  );
  if (!endpoints) return [];
  return objectsAt(asJson(endpoints), 'subsets').flatMap((subset) =>
    objectsAt(subset, 'addresses').map((address) => textAt(address, 'ip')),
  );
}

/** A pod of a headless service by its own name, `postgres-0.postgres.polls`. */
function resolvePodOf(place: ProgramPlace, service: KubeObject, pod: string): ResolvedHost | null {
  const { namespace = '' } = service.metadata;
  const found = listObjects(place.world, 'pods', namespace).find(({ metadata }) => metadata.name === pod);
  const ip = found ? textAt(objectAt(asJson(found), 'status'), 'podIP') : '';
  if (!found || ip === '') return null;
  return {
    to: { pod, namespace },
    fullName: `${pod}.${service.metadata.name}.${namespace}.svc.cluster.local`,
    addresses: [ip],
  };
}

function resolveAddress(place: ProgramPlace, address: string): ResolvedHost | null {
  const service = listObjects(place.world, 'services').find((one) => {
    const spec = objectAt(asJson(one), 'spec');
    const ingress = objectsAt(objectAt(objectAt(asJson(one), 'status'), 'loadBalancer'), 'ingress');
    const outside = [...ingress.map((entry) => textAt(entry, 'ip')), ...textsAt(spec, 'externalIPs')];
    return textAt(spec, 'clusterIP') === address || outside.includes(address);
  });
  if (service) {
    const found = ofService(place, service);
    return found ? { ...found, addresses: [address] } : null;
  }
  const pod = listObjects(place.world, 'pods').find(
    (one) =>
      textAt(objectAt(asJson(one), 'status'), 'podIP') === address &&
      one.metadata.deletionTimestamp === undefined,
  );
  if (!pod) return null;
  const { name, namespace = '' } = pod.metadata;
  return { to: { pod: name, namespace }, fullName: address, addresses: [address] };
}
