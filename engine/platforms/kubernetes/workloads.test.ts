// Method: workloads, policies, budgets and readings of a tiny system, each story lived twice.
import { describe, expect, it } from 'vitest';
import { killProcess } from '../../cluster/processes.ts';
import { truncateFile } from '../../cluster/volumes.ts';
import { objectsAt, textAt } from './json-access.ts';
import { nodeUsage, podUsage } from './metrics-api.ts';
import { containerProcess } from './topology.ts';
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
  testTemplate,
  testWorld,
} from './test-world.ts';

describe('a network policy', () => {
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }],
    },
  };

  it('lets in whom it names, isolates the rest, follows restarts, and goes with its object', () => {
    const db = testDeployment({ app: 'db', replicas: 1 });
    const world = liveTwice(() => {
      const started = testWorld([policy, db, testDeployment({ replicas: 1 }), TEST_SERVICE]);
      runFor(started, 30);
      return started;
    });
    const place = (app: string): number => {
      const pod = podsIn(world).find((candidate) => candidate.metadata.labels?.app === app);
      return containerProcess(world, 'shop', pod?.metadata.name ?? '', app);
    };
    const ingress = (): unknown => world.cluster.processes[place('db')].ingress;
    expect(ingress()).toEqual([{ port: 5432, sources: [place('web')] }]);
    expect(world.cluster.processes[place('web')].ingress).toBeNull();
    killProcess(world.cluster, place('web'), 1, 'Error', '');
    runFor(world, 20);
    expect(ingress()).toEqual([{ port: 5432, sources: [place('web')] }]);
    patchWorld(world, 'netpol', 'db', {
      spec: { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'nobody' } } }] }] },
    });
    runFor(world, 2);
    expect(ingress()).toEqual([{ port: 0, sources: [] }]);
    askWorld(world, 'delete', 'netpol', { name: 'db' });
    runFor(world, 2);
    expect(ingress()).toBeNull();
  });
});

describe('a StatefulSet', () => {
  const storage = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'fast' },
    provisioner: 'csi.example.org',
    allowVolumeExpansion: true,
  };
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      replicas: 2,
      serviceName: 'db',
      selector: { matchLabels: { app: 'db' } },
      template: testTemplate({ app: 'db' }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'fast',
            resources: { requests: { storage: '100Mi' } },
          },
        },
      ],
    },
  };

  it('comes up in order, keeps its data over restarts, updates from the top', () => {
    const world = liveTwice(() => {
      const started = testWorld([storage, set]);
      runFor(started, 40);
      return started;
    });
    expect(readyPods(world)).toEqual(['db-0', 'db-1']);
    const volume = world.kube.claimVolumes.get('shop/data-db-0') ?? -1;
    expect(world.cluster.volumes[volume]).toMatchObject({
      name: 'shop/data-db-0',
      capacityBytes: 104857600,
      usedBytes: 10485760,
    });
    truncateFile(world.cluster, volume, 'kept', 7);
    const containers = [{ name: 'db', image: 'registry.example.org/db:2.0' }];
    patchWorld(world, 'sts', 'db', { spec: { template: { spec: { containers } } } });
    runFor(world, 60);
    expect(readyPods(world)).toEqual(['db-0', 'db-1']);
    for (const pod of podsIn(world))
      expect(textAt(objectsAt(pod.spec, 'containers')[0], 'image')).toMatch(/:2\.0$/);
    expect(world.cluster.volumes[volume].files.get('kept')?.bytes).toBe(7);
    const killed = eventsIn(world, 'SuccessfulDelete').map((text) => /db-\d/.exec(text)?.[0]);
    expect(killed).toEqual(['db-1', 'db-0']);
  });

  it('lets its claim grow 15 to 30 s after it is asked to', () => {
    const world = liveTwice(() => {
      const started = testWorld([storage, set]);
      runFor(started, 40);
      patchWorld(started, 'pvc', 'data-db-0', { spec: { resources: { requests: { storage: '200Mi' } } } });
      runFor(started, 14);
      return started;
    });
    const volume = world.kube.claimVolumes.get('shop/data-db-0') ?? -1;
    expect(world.cluster.volumes[volume].capacityBytes).toBe(104857600);
    expect(eventsIn(world, 'Resizing')).toHaveLength(1);
    runFor(world, 18);
    expect(world.cluster.volumes[volume].capacityBytes).toBe(209715200);
    expect(objectIn(world, 'pvc', 'data-db-0').status).toMatchObject({ capacity: { storage: '200Mi' } });
    expect(eventsIn(world, 'FileSystemResizeSuccessful')[0]).toMatch(
      /NodeExpandVolume succeeded for volume "pvc-/,
    );
  });

  it('loses its data with its claim: the next volume of that name is blank', () => {
    const world = liveTwice(() => {
      const started = testWorld([storage, set]);
      runFor(started, 40);
      askWorld(started, 'delete', 'pvc', { name: 'data-db-1' });
      runFor(started, 5);
      return started;
    });
    const first = world.kube.claimVolumes.get('shop/data-db-1') ?? -1;
    expect(textAt(objectIn(world, 'pvc', 'data-db-1').status, 'phase')).toBe('Bound');
    expect(objectIn(world, 'pvc', 'data-db-1').metadata.deletionTimestamp).toBeDefined();
    askWorld(world, 'delete', 'pod', { name: 'db-1' });
    runFor(world, 40);
    expect(readyPods(world)).toEqual(['db-0', 'db-1']);
    const second = world.kube.claimVolumes.get('shop/data-db-1') ?? -1;
    expect(second).toBeGreaterThan(first);
    expect(world.cluster.volumes[second]).toMatchObject({ usedBytes: 0, dataEpoch: 2 });
    const volumes = askWorld(world, 'list', 'pv');
    expect(volumes.ok && 'list' in volumes ? volumes.list.items : []).toHaveLength(2);
  });
});

describe('other controllers', () => {
  it('keep one daemon a node, also on cordoned ones', () => {
    const daemon = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'pause', namespace: 'shop' },
      spec: { selector: { matchLabels: { app: 'pause' } }, template: testTemplate({ app: 'pause' }) },
    };
    const world = liveTwice(() => {
      const started = testWorld([daemon]);
      patchWorld(started, 'node', 'worker-2', { spec: { unschedulable: true } });
      runFor(started, 30);
      return started;
    });
    expect(
      podsIn(world)
        .map((pod) => textAt(pod.spec, 'nodeName'))
        .sort(),
    ).toEqual(['worker-1', 'worker-2', 'worker-3', 'worker-4']);
    expect(objectIn(world, 'ds', 'pause').status).toMatchObject({
      numberReady: 4,
      desiredNumberScheduled: 4,
    });
  });

  it('replace a pod whose label was taken off, and leave it running', () => {
    const world = liveTwice(() => {
      const started = testWorld([testDeployment(), TEST_SERVICE]);
      runFor(started, 30);
      patchWorld(started, 'pod', podsIn(started)[0].metadata.name, {
        metadata: { labels: { app: 'aside' } },
      });
      runFor(started, 30);
      return started;
    });
    expect(readyPods(world)).toHaveLength(4);
    expect(world.cluster.serviceTargets[0]).toHaveLength(3);
    const aside = podsIn(world).find((pod) => pod.metadata.labels?.app === 'aside');
    expect(aside?.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('count what a disruption budget allows, and evictions heed it', () => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
    };
    const world = liveTwice(() => {
      const started = testWorld([budget, testDeployment(), TEST_SERVICE]);
      runFor(started, 30);
      return started;
    });
    expect(objectIn(world, 'pdb', 'web').status).toMatchObject({ disruptionsAllowed: 1, currentHealthy: 3 });
    const evict = (at: number): number => {
      const { name } = podsIn(world)[at].metadata;
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'shop' } };
      return askWorld(world, 'create', 'pods', { name, subresource: 'eviction', body }).code;
    };
    expect([evict(0), evict(1)]).toEqual([201, 429]);
  });

  it('read usage as metrics-server does: late, and averaged', () => {
    const world = liveTwice(() => {
      const started = testWorld([testDeployment(), TEST_SERVICE]);
      runFor(started, 29);
      return started;
    });
    expect(podUsage(world)).toEqual([]);
    runFor(world, 32);
    const usage = podUsage(world);
    expect(usage).toHaveLength(3);
    for (const reading of usage) {
      expect(reading.cpuMillis).toBeGreaterThan(1);
      expect(reading.cpuMillis).toBeLessThan(100);
      expect(reading.memoryBytes).toBeGreaterThan(50 * 1_048_576);
    }
    expect(nodeUsage(world).map((node) => node.node)).toEqual([
      'worker-1',
      'worker-2',
      'worker-3',
      'worker-4',
    ]);
  });
});
