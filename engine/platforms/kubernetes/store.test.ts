import { describe, expect, it } from 'vitest';
import {
  ask,
  itemsOf,
  messageOf,
  objectOf,
  rowsOf,
  testDeployment,
  testPod,
  testStore,
} from './test-store.ts';

describe('the store', () => {
  it('creates an object with identity, time and defaults, and serves it', () => {
    const store = testStore();
    const created = objectOf(ask(store, 'create', 'deploy', { body: testDeployment('polls'), atSeconds: 7 }));
    expect(created.metadata.creationTimestamp).toBe('2026-01-06T14:05:07Z');
    expect(created.metadata.uid).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(created.metadata.generation).toBe(1);
    expect(created.spec?.replicas).toBe(1);
    expect(created.spec?.strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
    });
    expect(objectOf(ask(store, 'get', 'deploy', { name: 'polls' }))).toBe(created);
    const again = ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    expect(messageOf(again)).toBe('deployments.apps "polls" already exists');
  });

  it('lists in namespace and name order, filtered by selectors', () => {
    const store = testStore();
    ask(store, 'create', 'ns', { body: { metadata: { name: 'default-b' } } });
    for (const name of ['zeta', 'alpha', 'mid'])
      ask(store, 'create', 'po', { body: testPod(name, { app: name }) });
    ask(store, 'create', 'po', { body: testPod('beta', { app: 'alpha' }), namespace: 'default-b' });
    const names = (options: object): string[] =>
      itemsOf(ask(store, 'list', 'po', options)).map((o) => o.metadata.name);
    expect(names({})).toEqual(['alpha', 'mid', 'zeta']);
    // As in etcd, where '-' sorts before '/'.
    expect(names({ namespace: '' })).toEqual(['beta', 'alpha', 'mid', 'zeta']);
    expect(names({ query: { labelSelector: 'app in (alpha,mid)' } })).toEqual(['alpha', 'mid']);
    expect(names({ query: { fieldSelector: 'metadata.name!=mid' } })).toEqual(['alpha', 'zeta']);
    expect(messageOf(ask(store, 'list', 'po', { query: { fieldSelector: 'spec.foo=1' } }))).toBe(
      'field label not supported: spec.foo',
    );
  });

  it('patches strategically, counting generations only when spec changes', () => {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const patch = (body: object): ReturnType<typeof ask> =>
      ask(store, 'patch', 'deploy', {
        name: 'polls',
        body: body as never,
        query: { patchType: 'strategic', fieldManager: 'kubectl-set' },
      });
    const image = { spec: { template: { spec: { containers: [{ name: 'polls', image: 'polls:1.4.3' }] } } } };
    const changed = objectOf(patch(image));
    expect(changed.metadata.generation).toBe(2);
    const version = changed.metadata.resourceVersion;
    expect(objectOf(patch(image)).metadata.resourceVersion).toBe(version);
    expect(objectOf(patch({ metadata: { labels: { tier: 'web' } } })).metadata.generation).toBe(2);
  });

  it('answers a Table', () => {
    const store = testStore();
    ask(store, 'create', 'po', { body: testPod('polls-1') });
    expect(rowsOf(ask(store, 'list', 'po', { query: { as: 'table' }, atSeconds: 200 }))).toEqual([
      ['polls-1', '0/1', 'Pending', '0', '3m20s', '<none>', '<none>', '<none>', '<none>'],
    ]);
  });
});
