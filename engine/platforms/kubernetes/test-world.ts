/** Shorthand for tests: a tiny system on four workers, and requests without their ceremony. */
import { seedFromText } from '../../kernel/chance.ts';
import { invariant } from '../../kernel/invariant.ts';
import { hashState } from '../../kernel/state-hash.ts';
import type { ProgramSpec, SystemSpec } from '../../cluster/system-spec.ts';
import type { ApiAnswer, Json, JsonObject, KubeObject, RequestQuery, Verb } from './api-types.ts';
import { asJson, textAt } from './json-access.ts';
import { hasCondition } from './conditions.ts';
import { findResourceByWord } from './resources.ts';
import { readAll } from './store-state.ts';
import type { World } from './world.ts';
import { apiRequest, createWorld, runWorld, snapshotWorld } from './world.ts';

const MIB = 1_048_576;

function program(name: string, port: number, adminPort: number): ProgramSpec {
  return {
    name,
    kind: 'application',
    image: `registry.example.org/${name}`,
    command: `/${name}`,
    port,
    adminPort,
    boot: { medianMicros: 1_000_000, sigma: 0.1 },
    workers: 8,
    queueLimit: 16,
    connectionLimit: 0,
    memory: { baseBytes: 50 * MIB, warmBytes: 10 * MIB, warmSpans: 100, perSpanBytes: 1000 },
    warmup: { spans: 10, factor: 1 },
    idleCores: 0.002,
    endpoints: port === 0 ? [] : [{ name: 'GET /', steps: [{ do: 'cpu', micros: 2000 }] }],
    probeMicros: 200,
    files: { log: '', rows: '', precious: [], abortAfterMicros: [1e6, 2e6], ships: null },
    logs: [],
    settings: [],
  };
}

/** One user path into the service `shop/web` over four workers in two zones. */
function tinySystem(manifests: unknown[]): SystemSpec {
  return {
    id: 'tiny',
    title: 'Tiny',
    sentences: ['A shop window.'],
    hosts: ['a', 'a', 'b', 'b'].map((zone, at) => ({
      name: `worker-${at + 1}`,
      cores: 2,
      memoryBytes: 4096 * MIB,
      zone,
      labels: {},
      partitions: [{ path: '/var/log/web', capacityBytes: 100 * MIB, files: [] }],
    })),
    programs: [program('web', 8080, 8081), program('db', 5432, 5432), program('pause', 0, 0)],
    edges: [
      {
        name: 'users->web',
        from: 'users',
        to: 'shop/web',
        port: 'port',
        pool: null,
        connectTimeoutMicros: 1_000_000,
        timeoutMicros: 2_000_000,
        retry: { attempts: 1, backoffMicros: 0, onTimeout: false },
        healthCheck: null,
      },
    ],
    entryEdge: 'users->web',
    journeys: [
      {
        name: 'look',
        title: 'Look',
        weight: 1,
        ratePerSecond: 5,
        objectiveRatio: 0.99,
        latencyThresholdMs: 500,
        failureCostCents: 1,
        steps: [{ endpoint: 'GET /', thinkMicros: 0, check: 'none' }],
      },
    ],
    load: { hourly: Array.from({ length: 24 }, () => 1), weekday: [1, 1, 1, 1, 1, 1, 1], noise: 0 },
    claimFiles: [{ claimPrefix: 'shop/data', files: [{ path: 'base/1', bytes: 10 * MIB }] }],
    manifests: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, ...manifests],
  };
}

/** What a test container may say beyond its name. */
export type TestPodOptions = {
  /** Program, also the app label; `web` unless told. */
  app?: string;
  /** Pods. */
  replicas?: number;
  /** Members of the container besides name, image and ports. */
  container?: JsonObject;
  /** Members of the pod spec. */
  pod?: JsonObject;
  /** Members of the workload's spec. */
  spec?: JsonObject;
};

/** A pod template of the tiny system. */
export function testTemplate(options: TestPodOptions = {}): JsonObject {
  const app = options.app ?? 'web';
  const ports = app === 'db' ? [{ containerPort: 5432 }] : [{ name: 'http', containerPort: 8080 }];
  const image = `registry.example.org/${app}:1.0`;
  return {
    metadata: { labels: { app } },
    spec: { containers: [{ name: app, image, ports, ...options.container }], ...options.pod },
  };
}

/** A Deployment `shop/web` (or another app) with a readiness probe on the admin port. */
export function testDeployment(options: TestPodOptions = {}): JsonObject {
  const app = options.app ?? 'web';
  const readinessProbe = { httpGet: { path: '/ready', port: 8081 }, periodSeconds: 2 };
  const container = app === 'web' ? { readinessProbe, ...options.container } : (options.container ?? {});
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app, namespace: 'shop' },
    spec: {
      replicas: options.replicas ?? 3,
      selector: { matchLabels: { app } },
      template: testTemplate({ ...options, container }),
      ...options.spec,
    },
  };
}

/** The service in front of `shop/web`. */
export const TEST_SERVICE: JsonObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] },
};

/** The tiny system of some manifests, as a system. */
export function testSystem(manifests: unknown[]): SystemSpec {
  return tinySystem(manifests);
}

/** A world of some manifests at time 0. */
export function testWorld(manifests: unknown[], seed = 'tiny'): World {
  return createWorld(tinySystem(manifests), {
    seed: seedFromText(seed),
    loadScale: 1,
    intensity: 1,
    startSecondOfWeek: 137100,
    startMicros: 0,
  });
}

/** Lets time pass. */
export function runFor(world: World, seconds: number): void {
  runWorld(world, world.cluster.nowMicros + Math.round(seconds * 1e6), () => {});
}

/** Lives a story twice from the beginning; both must end in the same state. */
export function liveTwice(story: () => World): World {
  const world = story();
  const again = hashState(snapshotWorld(story()));
  invariant(again === hashState(snapshotWorld(world)), 'two lives of one story differ');
  return world;
}

/** What a test request may say beyond its verb and resource. */
export type WorldRequest = {
  /** Name. */
  name?: string;
  /** Namespace; `shop` unless told. */
  namespace?: string;
  /** Subresource. */
  subresource?: string;
  /** Body. */
  body?: Json;
  /** Query. */
  query?: RequestQuery;
};

/** Asks through the entrance, naming the resource as a player would. */
export function askWorld(world: World, verb: Verb, word: string, options: WorldRequest = {}): ApiAnswer {
  const kind = findResourceByWord(word);
  invariant(kind !== undefined, `no resource ${word}`);
  const { namespace = 'shop', ...rest } = options;
  const place = kind.namespaced ? { namespace } : {};
  const { group, version, plural: resource } = kind;
  return apiRequest(world, { verb, group, version, resource, seat: 'seat:ana', ...place, ...rest });
}

/** Merges a patch into an object; it must be accepted. */
export function patchWorld(world: World, word: string, name: string, body: Json, subresource?: string): void {
  const query: RequestQuery = { patchType: 'strategic' };
  const answer = askWorld(world, 'patch', word, {
    name,
    body,
    query,
    ...(subresource ? { subresource } : {}),
  });
  invariant(answer.ok, answer.ok ? '' : answer.status.message);
}

/** The object of that name; it must exist. */
export function objectIn(world: World, word: string, name: string): KubeObject {
  const answer = askWorld(world, 'get', word, { name });
  invariant(answer.ok && 'object' in answer, `${word} ${name} is missing`);
  return answer.object;
}

/** All pods of `shop` in order of name. */
export function podsIn(world: World): KubeObject[] {
  return readAll(world.kube.store, 'pods', 'shop');
}

/** Names of the pods that are Ready. */
export function readyPods(world: World): string[] {
  return podsIn(world)
    .filter((pod) => hasCondition(pod.status, 'Ready'))
    .map((pod) => pod.metadata.name);
}

/** Node that a pod of `shop` is placed on, '' before that. */
export function nodeOfPod(world: World, name: string): string {
  return textAt(objectIn(world, 'pods', name).spec, 'nodeName');
}

/** `reason: message` of all events whose reason is one of these, oldest first. */
export function eventsIn(world: World, ...reasons: string[]): string[] {
  return readAll(world.kube.store, 'events')
    .map(asJson)
    .filter((event) => reasons.includes(textAt(event, 'reason')))
    .sort((a, b) => (textAt(a, 'firstTimestamp') < textAt(b, 'firstTimestamp') ? -1 : 1))
    .map((event) => `${textAt(event, 'reason')}: ${textAt(event, 'message')}`);
}
