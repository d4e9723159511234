import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from './api-types.ts';
import { cloneJson } from './json-values.ts';
import { asJson } from './json-access.ts';
import { ask, messageOf, objectOf, testDeployment, testPod, testStore } from './test-store.ts';

const MERGE = { patchType: 'merge' } as const;

describe('updates', () => {
  it('based on an older version are refused with 409', () => {
    const store = testStore();
    const first = objectOf(ask(store, 'create', 'deploy', { body: testDeployment('polls') }));
    ask(store, 'patch', 'deploy', { name: 'polls', body: { spec: { replicas: 3 } }, query: MERGE });
    const body = cloneJson(asJson(first));
    const answer = ask(store, 'update', 'deploy', { name: 'polls', body });
    expect(answer).toMatchObject({ code: 409 });
    expect(messageOf(answer)).toBe(
      'Operation cannot be fulfilled on deployments.apps "polls": the object has been modified; ' +
        'please apply your changes to the latest version and try again',
    );
  });

  it('never touch the other half: spec by status, status by spec', () => {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const both = { spec: { replicas: 7 }, status: { readyReplicas: 4 } };
    const status = ask(store, 'patch', 'deploy', {
      name: 'polls',
      subresource: 'status',
      body: both,
      query: MERGE,
    });
    expect(objectOf(status)).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1 },
      status: { readyReplicas: 4 },
    });
    const spec = ask(store, 'patch', 'deploy', {
      name: 'polls',
      body: { ...both, status: { readyReplicas: 9 } },
      query: MERGE,
    });
    expect(objectOf(spec)).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 7 },
      status: { readyReplicas: 4 },
    });
  });

  it('say who wrote last, and when', () => {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls'), query: { fieldManager: 'ci-deployer' } });
    const edit = (replicas: number, atSeconds: number): ReturnType<typeof ask> =>
      ask(store, 'patch', 'deploy', {
        name: 'polls',
        body: { spec: { replicas } },
        query: { ...MERGE, fieldManager: 'kubectl-edit' },
        atSeconds,
      });
    edit(2, 60);
    edit(2, 90);
    const managers = objectOf(edit(3, 120)).metadata.managedFields?.map((entry) => [
      entry.manager,
      entry.time,
    ]);
    expect(managers).toEqual([
      ['ci-deployer', '2026-01-06T14:05:00Z'],
      ['kubectl-edit', '2026-01-06T14:07:00Z'],
    ]);
  });

  it('with dryRun answer and store nothing', () => {
    const store = testStore();
    const before = store.resourceVersion;
    const dry = { query: { dryRun: 'All' } as const };
    expect(
      objectOf(ask(store, 'create', 'deploy', { body: testDeployment('polls'), ...dry })).spec?.replicas,
    ).toBe(1);
    expect(messageOf(ask(store, 'get', 'deploy', { name: 'polls' }))).toBe(
      'deployments.apps "polls" not found',
    );
    expect([store.resourceVersion, store.creationCounts.size]).toEqual([before, 1]);
  });

  it('through scale change the replicas', () => {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const body = { spec: { replicas: 5 } };
    const scale = objectOf(
      ask(store, 'patch', 'deploy', { name: 'polls', subresource: 'scale', body, query: MERGE }),
    );
    expect(scale).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 5 },
      status: { replicas: 0, selector: 'app=polls' },
    });
    expect(objectOf(ask(store, 'get', 'deploy', { name: 'polls' })).spec?.replicas).toBe(5);
  });

  it('applied on the server create or merge by field', () => {
    const store = testStore();
    const apply = (body: Json): ReturnType<typeof ask> =>
      ask(store, 'patch', 'deploy', {
        name: 'polls',
        body,
        query: { patchType: 'apply', fieldManager: 'kubectl' },
      });
    expect(apply(testDeployment('polls'))).toMatchObject({ ok: true, code: 201 });
    const body = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'polls' },
      spec: { template: { spec: { containers: [{ name: 'polls', env: [{ name: 'A', value: '1' }] }] } } },
    };
    const spec = objectOf(apply(body)).spec as { template: { spec: { containers: JsonObject[] } } };
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: 'polls:1.4.2',
      env: [{ name: 'A', value: '1' }],
    });
    const unnamed = ask(store, 'patch', 'deploy', { name: 'polls', body, query: { patchType: 'apply' } });
    expect(messageOf(unnamed)).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });
});

describe('refusals', () => {
  it('name what is missing or misplaced', () => {
    const store = testStore();
    expect(messageOf(ask(store, 'create', 'po', { namespace: 'nowhere', body: testPod('x') }))).toBe(
      'namespaces "nowhere" not found',
    );
    const elsewhere = { ...testPod('x'), metadata: { name: 'x', namespace: 'other' } };
    expect(messageOf(ask(store, 'create', 'po', { body: elsewhere }))).toBe(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
    expect(
      messageOf(
        ask(store, 'create', 'deploy', { body: { ...testDeployment('x'), spec: { replicas: 'a' } } }),
      ),
    ).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: ' +
        'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
    const strict = { body: { ...testPod('x'), specs: {} }, query: { fieldValidation: 'Strict' } as const };
    expect(messageOf(ask(store, 'create', 'po', strict))).toBe(
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "specs"',
    );
    let deep: Json = 'x';
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(messageOf(ask(store, 'create', 'cm', { body: { metadata: { name: 'a' }, data: deep } }))).toBe(
      'json: exceeded max depth',
    );
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const text = {
      name: 'polls',
      body: { spec: { replicas: 'abc' } },
      query: { patchType: 'strategic' } as const,
    };
    expect(messageOf(ask(store, 'patch', 'deploy', text))).toBe(
      ' "" is invalid: patch: Invalid value: "map[spec:map[replicas:abc]]": unrecognized type: int32',
    );
  });
});

describe('identity', () => {
  it('does not depend on unrelated objects', () => {
    const generated = (noise: boolean): string[] => {
      const store = testStore();
      const names: string[] = [];
      for (let round = 0; round < 3; round++) {
        if (noise) ask(store, 'create', 'cm', { body: { metadata: { generateName: 'noise-' } } });
        const pod = { ...testPod('x'), metadata: { generateName: 'polls-' } };
        const { name, uid } = objectOf(ask(store, 'create', 'po', { body: pod })).metadata;
        names.push(`${name} ${uid}`);
      }
      return names;
    };
    expect(generated(true)).toEqual(generated(false));
    expect(new Set(generated(false)).size).toBe(3);
    expect(generated(false)[0]).toMatch(/^polls-[bcdfghjklmnpqrstvwxz2456789]{5} /);
  });

  it('gives a recreated object a new uid', () => {
    const store = testStore();
    const uid = (): string =>
      objectOf(ask(store, 'create', 'cm', { body: { metadata: { name: 'a' } } })).metadata.uid;
    const first = uid();
    ask(store, 'delete', 'cm', { name: 'a' });
    expect(uid()).not.toBe(first);
  });
});
