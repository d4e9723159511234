/** The shop on Kubernetes: for golden tests of faults, which act through the API entrance. */
import type { JourneyCounters } from '../cluster/cluster-state.ts';
import { seedFromText } from '../kernel/chance.ts';
import { invariant } from '../kernel/invariant.ts';
import type { ApiRequest, Json } from '../platforms/kubernetes/api-types.ts';
import { apiRequest, createWorld, runWorld } from '../platforms/kubernetes/world.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { SHOP_SYSTEM } from './shop-system.ts';

/** A deployment of one container. */
function deployment(
  name: string,
  replicas: number,
  host: string,
  container: object,
  volumes: unknown[],
): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'test', annotations: { 'kubernetes.io/change-cause': 'first' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          ...(host === '' ? {} : { nodeSelector: { 'kubernetes.io/hostname': host } }),
          containers: [{ name, image: `example.org/${name}:1`, ...container }],
          volumes,
        },
      },
    },
  };
}

function service(name: string, port: number): unknown {
  const ports = [{ port, targetPort: port }];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'test' },
    spec: { selector: { app: name }, ports },
  };
}

/** Keeps the shop's pods on the hosts `left` and `right`, one each. */
const SPREAD = {
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['left', 'right'] }],
          },
        ],
      },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { app: 'shop' } },
          },
        },
      ],
    },
  },
};

function manifests(): unknown[] {
  const shop = deployment(
    'shop',
    2,
    '',
    {
      envFrom: [{ configMapRef: { name: 'shop-config' } }],
      resources: { limits: { cpu: '1', memory: '256Mi' } },
      readinessProbe: { httpGet: { path: '/', port: 8081 }, periodSeconds: 2 },
      volumeMounts: [{ name: 'log', mountPath: '/log' }],
    },
    [{ name: 'log', hostPath: { path: '/log' } }],
  ) as { spec: { template: { spec: object } } };
  Object.assign(shop.spec.template.spec, SPREAD);
  const claim = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'test' } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop-config', namespace: 'test' },
      data: { LOG_LEVEL: 'info' },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'test' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '60Mi' } } },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'db-ingress', namespace: 'test' },
      spec: { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'], ingress: SHOP_RULE },
    },
    service('proxy', 8000),
    service('shop', 8080),
    service('db', 5432),
    deployment('db', 1, 'data', { volumeMounts: [{ name: 'data', mountPath: '/data' }] }, [claim]),
    shop,
    deployment('proxy', 1, 'edge', {}, []),
  ];
}

/** The rule that admits the shop to its database. */
export const SHOP_RULE: Json = [
  { from: [{ podSelector: { matchLabels: { app: 'shop' } } }], ports: [{ protocol: 'TCP', port: 5432 }] },
];

/** The shop after a minute of calm. */
export function openShopWorld(seed = 'shop'): World {
  const world = createWorld(
    { ...SHOP_SYSTEM, manifests: manifests() },
    {
      seed: seedFromText(seed),
      loadScale: 1,
      intensity: 1,
      startSecondOfWeek: 137100,
      startMicros: 0,
    },
  );
  runWorld(world, 60e6, () => {});
  return world;
}

/** Share of bad journeys over some more seconds. */
export function badShare(world: World, seconds: number): number {
  const sum = (field: 'good' | 'bad'): number =>
    world.cluster.journeys.reduce((total, journey: JourneyCounters) => total + journey[field], 0);
  const before = { good: sum('good'), bad: sum('bad') };
  runWorld(world, world.cluster.nowMicros + seconds * 1e6, () => {});
  const bad = sum('bad') - before.bad;
  return bad / Math.max(1, bad + sum('good') - before.good);
}

/** Asks the API as a player; it must agree. */
export function askShop(world: World, request: Omit<ApiRequest, 'seat' | 'version'>): void {
  const answer = apiRequest(world, { version: 'v1', seat: 'seat:test', ...request });
  invariant(answer.ok, `refused: ${answer.ok ? '' : answer.status.message}`);
}

/** Patches an object of the shop as a player. */
export function patchShop(world: World, group: string, resource: string, name: string, body: Json): void {
  const query = { patchType: 'merge', fieldManager: 'test' } as const;
  askShop(world, { verb: 'patch', group, resource, namespace: 'test', name, query, body });
}
