// Method: 150 random deeds of players and faults against a tiny system, then order is restored. Whatever
// happened, two lives agree, books balance, and the cluster finds back to what its objects say.
import { describe, expect, it } from 'vitest';
import { drawBelow, seedFromText } from '../../kernel/chance.ts';
import { PURPOSE_PLAYER } from '../../kernel/purposes.ts';
import { decodeState, encodeState } from '../../kernel/state-codec.ts';
import { hashState } from '../../kernel/state-hash.ts';
import { killProcess } from '../../cluster/processes.ts';
import type { Json } from './api-types.ts';
import { TEST_SERVICE, testDeployment, testSystem, testTemplate, testWorld } from './test-world.ts';
import { askWorld, podsIn, readyPods, runFor } from './test-world.ts';
import type { World } from './world.ts';
import { restoreWorld, snapshotWorld } from './world.ts';

const claim = {
  metadata: { name: 'data' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast',
    resources: { requests: { storage: '100Mi' } },
  },
};

const MANIFESTS = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'csi.example.org',
    allowVolumeExpansion: true,
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      replicas: 2,
      serviceName: 'db',
      selector: { matchLabels: { app: 'db' } },
      template: testTemplate({ app: 'db' }),
      volumeClaimTemplates: [claim],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'pause', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'pause' } }, template: testTemplate({ app: 'pause' }) },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }],
    },
  },
  testDeployment({ container: { livenessProbe: { httpGet: { path: '/', port: 8081 }, periodSeconds: 3 } } }),
  TEST_SERVICE,
];

/** Changes an object; a refusal is as good an outcome as any. */
function change(world: World, word: string, name: string, body: Json): void {
  askWorld(world, 'patch', word, { name, body, query: { patchType: 'strategic' } });
}

function annotated(value: number): Json {
  return { spec: { template: { metadata: { annotations: { note: String(value) } } } } };
}

function withImage(image: string): Json {
  return { spec: { template: { spec: { containers: [{ name: 'web', image }] } } } };
}

const IMAGES = ['registry.example.org/web:1', 'nobody/has-this:1', 'registry.example.org/web:2'];

/** One random deed. */
function deed(world: World, draw: (count: number) => number): void {
  const pods = podsIn(world);
  const pod = pods.length === 0 ? 'none' : pods[draw(pods.length)].metadata.name;
  const live = world.cluster.processes.filter((process) => process.phase !== 'exited');
  const claimName = `data-db-${draw(3)}`;
  const deeds: (() => void)[] = [
    () => askWorld(world, 'delete', 'pod', { name: pod }),
    () => askWorld(world, 'delete', 'pod', { name: pod, query: { gracePeriodSeconds: 0 } }),
    () => askWorld(world, 'delete', 'pvc', { name: claimName }),
    () =>
      change(world, 'node', `worker-${1 + draw(4)}`, {
        spec: { unschedulable: draw(2) === 0 ? null : true },
      }),
    () => change(world, 'deploy', 'web', { spec: { replicas: draw(7) } }),
    () => change(world, 'deploy', 'web', { spec: { paused: draw(3) === 0 ? true : null } }),
    () => change(world, 'deploy', 'web', annotated(draw(4))),
    () => change(world, 'deploy', 'web', withImage(IMAGES[draw(3)])),
    () => change(world, 'sts', 'db', annotated(draw(4))),
    () => change(world, 'sts', 'db', { spec: { replicas: draw(4) } }),
    () => change(world, 'pod', pod, { metadata: { labels: { app: ['web', 'db', 'aside'][draw(3)] } } }),
    () =>
      change(world, 'pvc', claimName, {
        spec: { resources: { requests: { storage: `${110 + draw(99)}Mi` } } },
      }),
    () => {
      if (live.length > 0) killProcess(world.cluster, live[draw(live.length)].id, 137, 'OOMKilled', '');
    },
  ];
  deeds[draw(deeds.length)]();
}

/** Undoes what keeps the cluster from its first shape, and gives it time. */
function restoreOrder(world: World): void {
  for (let node = 1; node <= 4; node++)
    change(world, 'node', `worker-${node}`, { spec: { unschedulable: null } });
  for (const pod of podsIn(world)) {
    if (!pod.metadata.ownerReferences) askWorld(world, 'delete', 'pod', { name: pod.metadata.name });
  }
  change(world, 'deploy', 'web', withImage(IMAGES[0]));
  change(world, 'deploy', 'web', { spec: { replicas: 3, paused: null } });
  change(world, 'sts', 'db', { spec: { replicas: 2 } });
  runFor(world, 900);
}

/** A life in disorder; with `resume` it goes on from a snapshot half-way. */
function live(seed: string, resume: boolean): World {
  let world = testWorld(MANIFESTS, seed);
  const key = seedFromText(seed);
  let drawn = 0;
  const draw = (count: number): number => drawBelow(key, PURPOSE_PLAYER, 0, 0, drawn++, count);
  runFor(world, 40);
  for (let number = 0; number < 150; number++) {
    deed(world, draw);
    runFor(world, [0.01, 0.3, 2, 10, 40][draw(5)]);
    if (resume && number === 75) {
      world = restoreWorld(testSystem(MANIFESTS), decodeState(encodeState(snapshotWorld(world))));
    }
  }
  restoreOrder(world);
  return world;
}

describe('whatever players and faults do', () => {
  it.each(['1', '2', '3', '4', '5', '6'])('the cluster finds back to its objects, seed %s', (seed) => {
    const world = live(seed, false);
    expect(hashState(snapshotWorld(live(seed, true)))).toBe(hashState(snapshotWorld(world)));
    expect(readyPods(world)).toHaveLength(3 + 2 + 4);
    expect(podsIn(world)).toHaveLength(9);
    const alive = world.cluster.processes.filter((process) => process.phase !== 'exited').map(({ id }) => id);
    const known = [...world.kube.pods.values()].flatMap((pod) => pod.containers.map((one) => one.process));
    expect(alive).toEqual(known.sort((a, b) => a - b));
    const serving = alive.filter((id) => world.cluster.processes[id].owner.includes('/web'));
    expect(world.cluster.serviceTargets[0].slice().sort((a, b) => a - b)).toEqual(serving);
    expect(world.kube.work.size).toBe(0);
  });
});
