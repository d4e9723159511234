import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from './api-types.ts';
import { collectGarbage, type Store } from './store.ts';
import { ask, itemsOf, messageOf, objectOf, testDeployment, testPod, testStore } from './test-store.ts';

/** A pod on a node, so that it is stopped gracefully. */
function runningPod(store: Store, name: string, extra: JsonObject = {}): void {
  const body = testPod(name, { app: 'polls' });
  body.metadata = { ...(body.metadata as JsonObject), ...extra };
  objectOf(ask(store, 'create', 'po', { body }));
  const target = { target: { kind: 'Node', name: 'worker-1' } };
  objectOf(ask(store, 'create', 'po', { name, subresource: 'binding', body: target }));
  const status = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } };
  const query = { patchType: 'merge' } as const;
  objectOf(ask(store, 'patch', 'po', { name, subresource: 'status', body: status, query }));
}

function names(store: Store, word: string): string[] {
  return itemsOf(ask(store, 'list', word)).map((object) => object.metadata.name);
}

function ownedBy(store: Store, word: string, name: string, block = false): Json[] {
  const owner = objectOf(ask(store, 'get', word, { name }));
  const { apiVersion, kind, metadata } = owner;
  return [{ apiVersion, kind, name, uid: metadata.uid, controller: true, blockOwnerDeletion: block }];
}

describe('deleting a pod', () => {
  it('marks it first, and removes it when the kubelet says that it has stopped', () => {
    const store = testStore();
    runningPod(store, 'polls-1');
    const marked = objectOf(ask(store, 'delete', 'po', { name: 'polls-1', atSeconds: 10 }));
    expect(marked.metadata.deletionTimestamp).toBe('2026-01-06T14:05:40Z');
    expect(marked.metadata.deletionGracePeriodSeconds).toBe(30);
    const again = objectOf(ask(store, 'delete', 'po', { name: 'polls-1', atSeconds: 12 }));
    expect(again.metadata.resourceVersion).toBe(marked.metadata.resourceVersion);
    const shorter = { name: 'polls-1', atSeconds: 12, query: { gracePeriodSeconds: 5 } };
    expect(objectOf(ask(store, 'delete', 'po', shorter)).metadata.deletionTimestamp).toBe(
      '2026-01-06T14:05:17Z',
    );
    ask(store, 'delete', 'po', { name: 'polls-1', query: { gracePeriodSeconds: 0 } });
    expect(messageOf(ask(store, 'get', 'po', { name: 'polls-1' }))).toBe('pods "polls-1" not found');
  });

  it('removes a pod that was never scheduled at once', () => {
    const store = testStore();
    ask(store, 'create', 'po', { body: testPod('waiting') });
    ask(store, 'delete', 'po', { name: 'waiting' });
    expect(names(store, 'po')).toEqual([]);
  });

  it('refuses when the pod is another one than was meant', () => {
    const store = testStore();
    runningPod(store, 'polls-1');
    const body = { preconditions: { uid: 'other' } };
    expect(messageOf(ask(store, 'delete', 'po', { name: 'polls-1', body }))).toMatch(
      /^Operation cannot be fulfilled on pods "polls-1": Precondition failed: UID in precondition: other/,
    );
  });
});

describe('finalizers', () => {
  it('hold an object until the last one is taken away', () => {
    const store = testStore();
    const body = { metadata: { name: 'settings', finalizers: ['example.com/hold'] }, data: { a: '1' } };
    ask(store, 'create', 'cm', { body });
    const marked = objectOf(ask(store, 'delete', 'cm', { name: 'settings' }));
    expect(marked.metadata.deletionTimestamp).toBeDefined();
    const add = { metadata: { finalizers: ['example.com/hold', 'example.com/more'] } };
    expect(
      messageOf(ask(store, 'patch', 'cm', { name: 'settings', body: add, query: { patchType: 'merge' } })),
    ).toContain(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted',
    );
    const release = { metadata: { finalizers: null } };
    ask(store, 'patch', 'cm', { name: 'settings', body: release, query: { patchType: 'merge' } });
    expect(names(store, 'cm')).toEqual([]);
  });

  it('keep a claim while a pod uses it', () => {
    const store = testStore();
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    ask(store, 'create', 'pvc', { body: { metadata: { name: 'data' }, spec } });
    const pod = testPod('db');
    (pod.spec as JsonObject).volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
    ask(store, 'create', 'po', { body: pod });
    ask(store, 'delete', 'pvc', { name: 'data' });
    collectGarbage(store, 0);
    expect(names(store, 'pvc')).toEqual(['data']);
    ask(store, 'delete', 'po', { name: 'db' });
    collectGarbage(store, 0);
    expect(names(store, 'pvc')).toEqual([]);
  });
});

describe('the garbage collector', () => {
  function family(block: boolean): Store {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const set = testDeployment('polls-1');
    const body = {
      ...set,
      kind: 'ReplicaSet',
      metadata: { name: 'polls-1', ownerReferences: ownedBy(store, 'deploy', 'polls', block) },
    };
    objectOf(ask(store, 'create', 'rs', { body }));
    runningPod(store, 'polls-1-a', { ownerReferences: ownedBy(store, 'rs', 'polls-1', block) });
    return store;
  }

  it('deletes what has lost its owner, one generation a run', () => {
    const store = family(false);
    ask(store, 'delete', 'deploy', { name: 'polls' });
    expect(names(store, 'rs')).toEqual(['polls-1']);
    collectGarbage(store, 1_000_000);
    expect(names(store, 'rs')).toEqual([]);
    collectGarbage(store, 2_000_000);
    expect(objectOf(ask(store, 'get', 'po', { name: 'polls-1-a' })).metadata.deletionTimestamp).toBeDefined();
    ask(store, 'delete', 'po', { name: 'polls-1-a', query: { gracePeriodSeconds: 0 } });
    const version = store.resourceVersion;
    collectGarbage(store, 3_000_000);
    expect(store.garbageSuspected).toBe(false);
    expect(store.resourceVersion).toBe(version);
  });

  it('lets a foreground deletion wait for its dependents', () => {
    const store = family(true);
    ask(store, 'delete', 'deploy', { name: 'polls', query: { propagationPolicy: 'Foreground' } });
    for (let run = 0; run < 4; run++) collectGarbage(store, 0);
    expect([names(store, 'deploy'), names(store, 'rs')]).toEqual([['polls'], ['polls-1']]);
    ask(store, 'delete', 'po', { name: 'polls-1-a', query: { gracePeriodSeconds: 0 } });
    for (let run = 0; run < 4; run++) collectGarbage(store, 0);
    expect([names(store, 'deploy'), names(store, 'rs'), names(store, 'po')]).toEqual([[], [], []]);
  });

  it('sets dependents free when the owner is deleted as Orphan', () => {
    const store = family(false);
    ask(store, 'delete', 'deploy', { name: 'polls', query: { propagationPolicy: 'Orphan' } });
    for (let run = 0; run < 3; run++) collectGarbage(store, 0);
    expect(names(store, 'deploy')).toEqual([]);
    expect(objectOf(ask(store, 'get', 'rs', { name: 'polls-1' })).metadata.ownerReferences).toBeUndefined();
  });

  it('empties a terminating namespace before it goes', () => {
    const store = testStore();
    ask(store, 'create', 'ns', { body: { metadata: { name: 'old' } } });
    ask(store, 'create', 'cm', { namespace: 'old', body: { metadata: { name: 'a' } } });
    expect(objectOf(ask(store, 'delete', 'ns', { name: 'old' })).status).toEqual({ phase: 'Terminating' });
    expect(
      messageOf(ask(store, 'create', 'cm', { namespace: 'old', body: { metadata: { name: 'b' } } })),
    ).toBe(
      'configmaps "b" is forbidden: unable to create new content in namespace old because it is being ' +
        'terminated',
    );
    for (let run = 0; run < 2; run++) collectGarbage(store, 0);
    expect(messageOf(ask(store, 'get', 'ns', { name: 'old' }))).toBe('namespaces "old" not found');
  });
});

describe('an eviction', () => {
  it('is refused with 429 while the budget forbids it, and spends the budget when it does not', () => {
    const store = testStore();
    runningPod(store, 'polls-1');
    const body = {
      metadata: { name: 'polls' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'polls' } } },
    };
    ask(store, 'create', 'pdb', { body });
    const evict = (): ReturnType<typeof ask> =>
      ask(store, 'create', 'po', { name: 'polls-1', subresource: 'eviction', body: {} });
    const counts = (allowed: number): void => {
      const status = {
        observedGeneration: 1,
        currentHealthy: 1,
        desiredHealthy: 1,
        disruptionsAllowed: allowed,
      };
      const query = { patchType: 'merge' } as const;
      ask(store, 'patch', 'pdb', { name: 'polls', subresource: 'status', body: { status }, query });
    };
    expect(evict()).toMatchObject({ ok: false, code: 429 });
    counts(0);
    const refused = evict();
    expect(messageOf(refused)).toBe("Cannot evict pod as it would violate the pod's disruption budget.");
    expect(refused.ok || refused.status.details?.causes).toEqual([
      {
        reason: 'DisruptionBudget',
        message: 'The disruption budget polls needs 1 healthy pods and has 1 currently',
      },
    ]);
    counts(1);
    expect(objectOf(evict()).metadata.deletionTimestamp).toBeDefined();
    expect(objectOf(ask(store, 'get', 'pdb', { name: 'polls' })).status).toMatchObject({
      disruptionsAllowed: 0,
    });
  });
});
