/** The Kubernetes objects of the sample system: three replicas with a sidecar, a proxy, a database. */
import type { Json } from '../platforms/kubernetes/api-types.ts';

function container(name: string, port: number, cpu: string): { [key: string]: Json } {
  const limits: { [key: string]: Json } = cpu === '' ? { memory: '256Mi' } : { cpu, memory: '256Mi' };
  return {
    name,
    image: `registry.example/${name}:1`,
    ports: port === 0 ? [] : [{ containerPort: port }],
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits },
    volumeMounts: [],
  };
}

function workload(kind: string, place: [string, string], replicas: number, containers: Json[]): Json {
  const [namespace, app] = place;
  const template = { metadata: { labels: { app } }, spec: { containers } };
  const spec = { replicas, selector: { matchLabels: { app } }, template };
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: app, namespace },
    spec: kind === 'StatefulSet' ? { ...spec, serviceName: app } : spec,
  };
}

function service(namespace: string, app: string, port: number): Json {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: app, namespace },
    spec: { selector: { app }, ports: [{ port, targetPort: port }] },
  };
}

/** All objects in the order in which they are created. */
export const SAMPLE_MANIFESTS: Json[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'edge' } },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  service('edge', 'traefik', 8000),
  service('shop', 'web', 8080),
  service('shop', 'postgres', 5432),
  workload('StatefulSet', ['shop', 'postgres'], 1, [container('postgres', 5432, '')]),
  workload('Deployment', ['shop', 'web'], 3, [
    container('web', 8080, '500m'),
    container('shipper', 0, '20m'),
  ]),
  workload('Deployment', ['edge', 'traefik'], 1, [container('traefik', 8000, '')]),
];
