// Method: a tiny system with the real controllers, kubelets and machines; every story is lived twice.
import { describe, expect, it } from 'vitest';
import { decodeState, encodeState } from '../../kernel/state-codec.ts';
import { hashState } from '../../kernel/state-hash.ts';
import type { JsonObject } from './api-types.ts';
import { countAt, objectAt, textAt } from './json-access.ts';
import { conditionOf } from './conditions.ts';
import { readAll } from './store-state.ts';
import {
  liveTwice,
  askWorld,
  eventsIn,
  objectIn,
  patchWorld,
  podsIn,
  readyPods,
  runFor,
  TEST_SERVICE,
  testDeployment,
  testSystem,
  testWorld,
} from './test-world.ts';
import type { World } from './world.ts';
import { restoreWorld, snapshotWorld } from './world.ts';

const shop = (): World => testWorld([testDeployment(), TEST_SERVICE]);

function setImage(tag: string): JsonObject {
  const containers = [{ name: 'web', image: `registry.example.org/web:${tag}` }];
  return { spec: { template: { spec: { containers } } } };
}

function replicaSets(world: World): string[] {
  return readAll(world.kube.store, 'replicasets.apps', 'shop')
    .map((set) => {
      const revision = set.metadata.annotations?.['deployment.kubernetes.io/revision'];
      return `${revision}: ${countAt(set.spec, 'replicas')}`;
    })
    .sort();
}

describe('a deployment', () => {
  it('comes up, is spread over nodes and serves its users', () => {
    const world = liveTwice(() => {
      const started = shop();
      runFor(started, 30);
      return started;
    });
    expect(readyPods(world)).toHaveLength(3);
    expect(new Set(podsIn(world).map((pod) => textAt(pod.spec, 'nodeName'))).size).toBe(3);
    expect(objectIn(world, 'deploy', 'web').status).toMatchObject({
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    const progress = conditionOf(objectIn(world, 'deploy', 'web').status, 'Progressing');
    expect(textAt(progress, 'reason')).toBe('NewReplicaSetAvailable');
    expect(world.cluster.serviceTargets[0]).toHaveLength(3);
    const before = { ...world.cluster.journeys[0] };
    const version = world.kube.store.resourceVersion;
    runFor(world, 120);
    expect(world.cluster.journeys[0].bad).toBe(before.bad);
    expect(world.cluster.journeys[0].good - before.good).toBeGreaterThan(300);
    // A calm cluster writes nothing.
    expect(world.kube.store.resourceVersion).toBe(version);
  });

  it('rolls to a new image without a gap, and `rollout undo` goes back to the old ReplicaSet', () => {
    const world = liveTwice(() => {
      const started = shop();
      runFor(started, 30);
      patchWorld(started, 'deploy', 'web', {
        metadata: { annotations: { 'kubernetes.io/change-cause': '1.1' } },
      });
      patchWorld(started, 'deploy', 'web', setImage('1.1'));
      runFor(started, 60);
      return started;
    });
    expect(replicaSets(world)).toEqual(['1: 0', '2: 3']);
    expect(readyPods(world)).toHaveLength(3);
    expect(world.cluster.journeys[0].bad).toBeLessThan(30); // Before the first pod was there.
    expect(eventsIn(world, 'ScalingReplicaSet')).toHaveLength(1 + 6);
    const old = readAll(world.kube.store, 'replicasets.apps', 'shop').find(
      (set) => set.metadata.annotations?.['deployment.kubernetes.io/revision'] === '1',
    );
    const template = JSON.parse(JSON.stringify(objectAt(old?.spec, 'template'))) as JsonObject;
    delete objectAt(objectAt(template, 'metadata'), 'labels')?.['pod-template-hash'];
    const body = [{ op: 'replace', path: '/spec/template', value: template }];
    expect(askWorld(world, 'patch', 'deploy', { name: 'web', body, query: { patchType: 'json' } }).ok).toBe(
      true,
    );
    runFor(world, 60);
    expect(replicaSets(world)).toEqual(['2: 0', '3: 3']);
    expect(objectIn(world, 'deploy', 'web').metadata.annotations?.['deployment.kubernetes.io/revision']).toBe(
      '3',
    );
    expect(world.cluster.serviceTargets[0]).toHaveLength(3);
  });

  it('stops a rollout to an image that nobody has, and says so after ten minutes', () => {
    const world = liveTwice(() => {
      const started = shop();
      runFor(started, 30);
      const containers = [{ name: 'web', image: 'registry.example.org/wbe:1.1' }];
      patchWorld(started, 'deploy', 'web', { spec: { template: { spec: { containers } } } });
      runFor(started, 700);
      return started;
    });
    expect(readyPods(world)).toHaveLength(3);
    expect(replicaSets(world)).toEqual(['1: 3', '2: 1']);
    const waiting = podsIn(world)
      .map((pod) => JSON.stringify(pod.status))
      .find((text) => text.includes('waiting'));
    expect(waiting).toContain('ImagePullBackOff');
    const progress = conditionOf(objectIn(world, 'deploy', 'web').status, 'Progressing');
    expect(progress).toMatchObject({ status: 'False', reason: 'ProgressDeadlineExceeded' });
  });

  it('follows `scale`, giving up its youngest pods, and rests while paused', () => {
    const world = liveTwice(() => {
      const started = shop();
      runFor(started, 30);
      patchWorld(started, 'deploy', 'web', { spec: { replicas: 5 } });
      runFor(started, 30);
      return started;
    });
    const grown = podsIn(world).map((pod) => pod.metadata.name);
    expect(readyPods(world)).toHaveLength(5);
    patchWorld(world, 'deploy', 'web', { spec: { replicas: 2, paused: true } });
    patchWorld(world, 'deploy', 'web', setImage('1.1'));
    runFor(world, 60);
    expect(readyPods(world)).toHaveLength(2);
    for (const name of readyPods(world)) expect(grown).toContain(name);
    expect(replicaSets(world)).toEqual(['1: 2']);
    patchWorld(world, 'deploy', 'web', { spec: { paused: null } });
    runFor(world, 60);
    expect(replicaSets(world)).toEqual(['1: 0', '2: 2']);
  });

  it('with the Recreate strategy is gone before it comes back', () => {
    const recreate = testDeployment({ spec: { strategy: { type: 'Recreate' } } });
    const world = liveTwice(() => {
      const started = testWorld([recreate, TEST_SERVICE]);
      runFor(started, 30);
      patchWorld(started, 'deploy', 'web', setImage('1.1'));
      runFor(started, 60);
      return started;
    });
    expect(replicaSets(world)).toEqual(['1: 0', '2: 3']);
    expect(readyPods(world)).toHaveLength(3);
  });

  it('deleted, takes its ReplicaSets and pods with it', () => {
    const world = liveTwice(() => {
      const started = shop();
      runFor(started, 30);
      askWorld(started, 'delete', 'deploy', { name: 'web' });
      runFor(started, 60);
      return started;
    });
    expect(podsIn(world)).toEqual([]);
    expect(world.kube.pods.size).toBe(0);
    expect(world.cluster.serviceTargets[0]).toEqual([]);
  });

  it('lives on from a snapshot as if there had been none, in slices of any length', () => {
    const world = shop();
    runFor(world, 5);
    const system = testSystem([testDeployment(), TEST_SERVICE]);
    const copy = restoreWorld(system, decodeState(encodeState(snapshotWorld(world))));
    patchWorld(world, 'deploy', 'web', setImage('1.1'));
    patchWorld(copy, 'deploy', 'web', setImage('1.1'));
    runFor(world, 70);
    for (let slice = 0; slice < 700; slice++) runFor(copy, 0.1);
    expect(hashState(snapshotWorld(copy))).toBe(hashState(snapshotWorld(world)));
  });
});
