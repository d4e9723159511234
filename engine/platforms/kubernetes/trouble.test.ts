// Method: something breaks a tiny system; what its controllers and kubelets do about it is read from the API.
import { describe, expect, it } from 'vitest';
import { killProcess } from '../../cluster/processes.ts';
import type { JsonObject, KubeObject } from './api-types.ts';
import { conditionOf } from './conditions.ts';
import { asJson, countAt, objectAt, objectsAt, textAt } from './json-access.ts';
import { containerInstances, containerProcess, podOfProcess } from './topology.ts';
import {
  liveTwice,
  askWorld,
  eventsIn,
  nodeOfPod,
  objectIn,
  patchWorld,
  podsIn,
  readyPods,
  runFor,
  TEST_SERVICE,
  testDeployment,
  testWorld,
} from './test-world.ts';

function containerOf(pod: KubeObject): JsonObject {
  return objectsAt(pod.status, 'containerStatuses')[0];
}

function waitingReason(pod: KubeObject): string {
  return textAt(objectAt(objectAt(containerOf(pod), 'state'), 'waiting'), 'reason');
}

const one = (more: Parameters<typeof testDeployment>[0] = {}): JsonObject =>
  testDeployment({ replicas: 1, ...more });

describe('a container', () => {
  it('that is too small for its program is killed for memory, again and again, with growing waits', () => {
    const world = liveTwice(() => {
      const started = testWorld([
        one({ container: { resources: { limits: { memory: '32Mi' } } } }),
        TEST_SERVICE,
      ]);
      runFor(started, 70);
      return started;
    });
    const pod = podsIn(world)[0];
    const status = containerOf(pod);
    expect(waitingReason(pod)).toBe('CrashLoopBackOff');
    const message = textAt(objectAt(objectAt(status, 'state'), 'waiting'), 'message');
    expect(message).toMatch(
      /^back-off 40s restarting failed container=web pod=web-\w+-\w+_shop\([0-9a-f-]{36}\)$/,
    );
    expect(objectAt(objectAt(status, 'lastState'), 'terminated')).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
    expect(countAt(status, 'restartCount')).toBe(3);
    expect(textAt(pod.status, 'phase')).toBe('Running');
    expect(eventsIn(world, 'BackOff')[0]).toMatch(
      /^BackOff: Back-off restarting failed container web in pod web-/,
    );
  });

  it('that ends once is started again at once, and its last logs stay', () => {
    const world = liveTwice(() => {
      const started = testWorld([one(), TEST_SERVICE]);
      runFor(started, 30);
      const process = containerProcess(started, 'shop', podsIn(started)[0].metadata.name, 'web');
      killProcess(started.cluster, process, 1, 'Error', 'panic: boom');
      runFor(started, 20);
      return started;
    });
    const { name } = podsIn(world)[0].metadata;
    expect(readyPods(world)).toEqual([name]);
    expect(countAt(containerOf(podsIn(world)[0]), 'restartCount')).toBe(1);
    const { current, previous } = containerInstances(world, 'shop', name, 'web');
    expect([current, previous]).toEqual([1, 0]);
    expect(world.cluster.serviceTargets[0]).toEqual([current]);
    expect(podOfProcess(world, previous)).toMatchObject({ pod: name, workload: 'shop/web' });
  });

  it('with a liveness probe on a wrong port is restarted; with such a readiness probe only kept out', () => {
    const probe = (port: number): JsonObject => ({
      httpGet: { path: '/', port },
      periodSeconds: 5,
      failureThreshold: 2,
    });
    const world = liveTwice(() => {
      const container = { readinessProbe: probe(8081), livenessProbe: probe(9999) };
      const started = testWorld([one({ container }), TEST_SERVICE]);
      runFor(started, 25);
      return started;
    });
    expect(countAt(containerOf(podsIn(world)[0]), 'restartCount')).toBeGreaterThan(0);
    expect(eventsIn(world, 'Killing')[0]).toBe(
      'Killing: Container web failed liveness probe, will be restarted',
    );
    expect(eventsIn(world, 'Unhealthy').join('\n')).toMatch(
      /Liveness probe failed: Get "http:\/\/10\.244\.\d\.2:9999\/": dial tcp/,
    );
    const unready = testWorld([one({ container: { readinessProbe: probe(9999) } }), TEST_SERVICE]);
    runFor(unready, 60);
    expect(readyPods(unready)).toEqual([]);
    expect(countAt(containerOf(podsIn(unready)[0]), 'restartCount')).toBe(0);
    expect(unready.cluster.serviceTargets[0]).toEqual([]);
    const subset = objectsAt(asJson(objectIn(unready, 'endpoints', 'web')), 'subsets')[0];
    expect(objectsAt(subset, 'notReadyAddresses')).toHaveLength(1);
  });

  it('waits for the ConfigMap its environment needs, and starts when it comes', () => {
    const container = { envFrom: [{ configMapRef: { name: 'settings' } }] };
    const world = liveTwice(() => {
      const started = testWorld([one({ container }), TEST_SERVICE]);
      runFor(started, 20);
      return started;
    });
    expect(waitingReason(podsIn(world)[0])).toBe('CreateContainerConfigError');
    expect(eventsIn(world, 'Failed')).toEqual(['Failed: Error: configmap "settings" not found']);
    askWorld(world, 'create', 'cm', {
      body: { metadata: { name: 'settings' }, data: { LOG_LEVEL: 'debug' } },
    });
    runFor(world, 30);
    expect(readyPods(world)).toHaveLength(1);
    expect(world.cluster.processes[0].env.get('LOG_LEVEL')).toBe('debug');
  });

  it('sees a changed ConfigMap in its files 20 to 90 s later', () => {
    const world = liveTwice(() => {
      const pod = { volumes: [{ name: 'conf', configMap: { name: 'settings' } }] };
      const container = { volumeMounts: [{ name: 'conf', mountPath: '/etc/web' }] };
      const map = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'settings', namespace: 'shop' },
        data: { 'web.conf': 'a = 1' },
      };
      const started = testWorld([map, one({ pod, container }), TEST_SERVICE]);
      runFor(started, 30);
      patchWorld(started, 'cm', 'settings', { data: { 'web.conf': 'a = 2' } });
      runFor(started, 19);
      return started;
    });
    expect(world.cluster.processes[0].configFiles.get('/etc/web/web.conf')).toBe('a = 1');
    runFor(world, 75);
    expect(world.cluster.processes[0].configFiles.get('/etc/web/web.conf')).toBe('a = 2');
  });
});

describe('the scheduler', () => {
  it('puts the successor of a deleted pod elsewhere when its node is cordoned', () => {
    const world = liveTwice(() => {
      const started = testWorld([testDeployment(), TEST_SERVICE]);
      runFor(started, 30);
      const pod = podsIn(started)[0];
      patchWorld(started, 'node', textAt(pod.spec, 'nodeName'), { spec: { unschedulable: true } });
      askWorld(started, 'delete', 'pod', { name: pod.metadata.name });
      runFor(started, 60);
      return started;
    });
    const cordoned = ['worker-1', 'worker-2', 'worker-3', 'worker-4'].find((name) =>
      JSON.stringify(objectIn(world, 'node', name).spec).includes('node.kubernetes.io/unschedulable'),
    );
    expect(cordoned).toBeDefined();
    expect(readyPods(world)).toHaveLength(3);
    for (const name of readyPods(world)) expect(nodeOfPod(world, name)).not.toBe(cordoned);
  });

  it('says why a pod fits nowhere, and finds room as soon as there is some', () => {
    const world = liveTwice(() => {
      const container = { resources: { requests: { cpu: '1500m' } } };
      const started = testWorld([testDeployment({ replicas: 4, container }), TEST_SERVICE]);
      patchWorld(started, 'node', 'worker-4', { spec: { unschedulable: true } });
      runFor(started, 30);
      return started;
    });
    expect(readyPods(world)).toHaveLength(3);
    const nodes = '0/4 nodes are available: 1 node(s) were unschedulable, 3 Insufficient cpu.';
    const preemption =
      'preemption: 0/4 nodes are available: 1 Preemption is not helpful for scheduling, ' +
      '3 No preemption victims found for incoming pod.';
    expect(eventsIn(world, 'FailedScheduling')).toContain(`FailedScheduling: ${nodes} ${preemption}`);
    const pending = podsIn(world).find((pod) => textAt(pod.status, 'phase') === 'Pending');
    expect(conditionOf(pending?.status, 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
    });
    patchWorld(world, 'node', 'worker-4', { spec: { unschedulable: null } });
    runFor(world, 20);
    expect(readyPods(world)).toHaveLength(4);
  });

  it('keeps required distance and spread', () => {
    const labelSelector = { matchLabels: { app: 'web' } };
    const affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    };
    const apart = liveTwice(() => {
      const started = testWorld([testDeployment({ replicas: 5, pod: { affinity } })]);
      runFor(started, 30);
      return started;
    });
    expect(readyPods(apart)).toHaveLength(4);
    expect(eventsIn(apart, 'FailedScheduling').join()).toContain(
      "4 node(s) didn't match pod anti-affinity rules",
    );
    const topologyKey = 'topology.kubernetes.io/zone';
    const constraint = { maxSkew: 1, topologyKey, whenUnsatisfiable: 'DoNotSchedule', labelSelector };
    const even = testWorld([
      testDeployment({ replicas: 4, pod: { topologySpreadConstraints: [constraint] } }),
    ]);
    runFor(even, 30);
    const zones = readyPods(even).map((name) => (nodeOfPod(even, name) < 'worker-3' ? 'a' : 'b'));
    expect(zones.sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('lets pods of a deleted node go and replaces them', () => {
    const world = liveTwice(() => {
      const started = testWorld([testDeployment(), TEST_SERVICE]);
      runFor(started, 30);
      askWorld(started, 'delete', 'node', { name: textAt(podsIn(started)[0].spec, 'nodeName') });
      runFor(started, 90);
      return started;
    });
    expect(readyPods(world)).toHaveLength(3);
    expect(world.cluster.serviceTargets[0]).toHaveLength(3);
  });
});
