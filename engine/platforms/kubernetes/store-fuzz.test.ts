import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeState } from '../../kernel/state-codec.ts';
import type { Json, JsonObject, KubeObject, PatchType, Verb } from './api-types.ts';
import { asJson, isObject } from './json-access.ts';
import { cloneJson, equalJson } from './json-values.ts';
import { RESOURCES } from './resources.ts';
import { collectGarbage, watchSince, type Store } from './store.ts';
import { ask, testDeployment, testPod, testStore, type TestRequest } from './test-store.ts';

/** Words that stand for something somewhere in an object, and some that stand for nothing. */
const WORDS = [
  'metadata',
  'labels',
  'finalizers',
  'ownerReferences',
  'spec',
  'status',
  'template',
  'containers',
  'name',
  'image',
  'ports',
  'containerPort',
  'port',
  'env',
  'value',
  'resources',
  'limits',
  'cpu',
  'replicas',
  'selector',
  'matchLabels',
  'strategy',
  'type',
  'rollingUpdate',
  'volumes',
  'tolerations',
  'conditions',
  'subsets',
  'addresses',
  'data',
  '$patch',
  '$retainKeys',
  '$setElementOrder/containers',
  '__proto__',
  'constructor',
  '7',
  'app',
  'clusterIP',
  'livenessProbe',
];
const word = fc.constantFrom(...WORDS);
const VALUES: Json[] = [
  null,
  true,
  0,
  -0,
  -1,
  3,
  1.5,
  1e300,
  '',
  '10%',
  '64Mi',
  'delete',
  'None',
  'ExternalName',
];
const tree = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(word, fc.constantFrom<Json>(...VALUES)),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(word, tie('node'), { maxKeys: 4 }),
  ),
})).node;

const STORAGE = { resources: { requests: { storage: '1Gi' } } };
/** One valid object of every kind, called `a`. */
const VALID: { [plural: string]: JsonObject } = {
  configmaps: { data: { a: '1' } },
  daemonsets: { ...testDeployment('a'), kind: 'DaemonSet', spec: withoutReplicas() },
  deployments: testDeployment('a'),
  endpoints: { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] },
  endpointslices: { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }], ports: [{ port: 80 }] },
  events: {
    involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' },
    reason: 'Pulled',
    type: 'Normal',
  },
  namespaces: {},
  networkpolicies: { spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] } },
  nodes: { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
  persistentvolumeclaims: { spec: { accessModes: ['ReadWriteOnce'], ...STORAGE } },
  persistentvolumes: {
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/' } },
  },
  poddisruptionbudgets: { spec: { minAvailable: 1, selector: { matchLabels: { app: 'a' } } } },
  pods: testPod('a', { app: 'a' }),
  replicasets: { ...testDeployment('a'), kind: 'ReplicaSet' },
  secrets: { data: { a: 'YQ==' } },
  serviceaccounts: {},
  services: { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } },
  statefulsets: { ...testDeployment('a'), kind: 'StatefulSet' },
  storageclasses: { provisioner: 'example.com/disk' },
};

function withoutReplicas(): Json {
  return testDeployment('a').spec;
}

/** The members on a walk into a value: at each container, `turns` says which member to enter. */
function walk(value: Json, turns: number[]): string[] {
  const path: string[] = [];
  let at: Json = value;
  for (const turn of turns) {
    if (typeof at !== 'object' || at === null) break;
    const keys = Object.keys(at);
    if (keys.length === 0) break;
    const key = keys[turn % keys.length];
    path.push(key);
    at = (at as JsonObject)[key];
  }
  return path;
}

/** A copy of a value with something else at a path. */
function replaced(value: Json, path: string[], change: Json): Json {
  if (path.length === 0) return change;
  const [key, ...rest] = path;
  if (Array.isArray(value))
    return value.map((item, at) => (String(at) === key ? replaced(item, rest, change) : item));
  return isObject(value) ? { ...value, [key]: replaced(value[key] ?? null, rest, change) } : change;
}

/** A patch that touches just that path. */
function patchAt(type: PatchType, path: string[], change: Json): Json {
  if (type === 'json') return [{ op: 'add', path: path.map((key) => `/${key}`).join(''), value: change }];
  return path.reduceRight<Json>((inner, key) => (/^\d+$/.test(key) ? [inner] : { [key]: inner }), change);
}

const step = fc.record({
  verb: fc.constantFrom<Verb>(
    'create',
    'update',
    'update',
    'patch',
    'patch',
    'patch',
    'delete',
    'get',
    'list',
  ),
  plural: fc.constantFrom(...RESOURCES.map((kind) => kind.plural)),
  subresource: fc.constantFrom('', '', '', '', 'status', 'scale', 'binding', 'eviction'),
  turns: fc.array(fc.nat(9), { maxLength: 9 }),
  change: tree,
  patchType: fc.constantFrom<PatchType>('json', 'merge', 'strategic', 'apply'),
  asTable: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Makes one request of a step, on the object as it is stored or on the valid one. */
function take(store: Store, one: Step): void {
  const found = ask(store, 'get', one.plural, { name: 'a' });
  const base =
    found.ok && 'object' in found ? asJson(found.object) : { metadata: { name: 'a' }, ...VALID[one.plural] };
  const path = walk(base, one.turns);
  const isPatch = one.verb === 'patch';
  const body = isPatch ? patchAt(one.patchType, path, one.change) : replaced(base, path, one.change);
  const query: TestRequest['query'] = { patchType: one.patchType, fieldManager: 'fuzz' };
  if (one.asTable) query.as = 'table';
  const sent = cloneJson(body);
  ask(store, one.verb, one.plural, { name: 'a', body: sent, query, subresource: one.subresource });
  expect(equalJson(sent, body)).toBe(true);
}

/** The objects that a watcher from the start would hold. */
function replay(store: Store, from: number): Map<string, KubeObject> {
  const held = new Map<string, KubeObject>();
  for (const event of watchSince(store, from)) {
    const place = `${event.group} ${event.resource} ${event.namespace}/${event.name}`;
    if (event.type === 'DELETED') held.delete(place);
    else held.set(place, event.object);
  }
  return held;
}

describe('the store under nonsense', () => {
  it('never throws, stays a state, and is what its watchers saw', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const store = testStore();
        const from = store.resourceVersion - 1;
        for (const kind of RESOURCES) {
          const body = { ...VALID[kind.plural], metadata: { name: 'a' } };
          expect(ask(store, 'create', kind.plural, { body })).toMatchObject({ ok: true });
        }
        for (const one of steps) {
          take(store, one);
          collectGarbage(store, 0);
        }
        encodeState(store);
        const held = replay(store, from);
        for (const [place, object] of held) {
          const [group, plural] = place.split(' ');
          const { name, namespace, resourceVersion } = object.metadata;
          expect(
            store.shelves.get(group === '' ? plural : `${plural}.${group}`)?.byKey.get(place.split(' ')[2]),
          ).toBe(object);
          const answer = ask(store, 'update', plural, { name, namespace, body: cloneJson(asJson(object)) });
          expect(answer).toMatchObject({ ok: true, object: { metadata: { resourceVersion } } });
        }
        const stored = [...store.shelves.values()].reduce((count, shelf) => count + shelf.byKey.size, 0);
        expect(stored).toBe(held.size);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
