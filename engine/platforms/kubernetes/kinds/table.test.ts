import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../api-types.ts';
import { ask, rowsOf, testDeployment, testPod, testStore } from '../test-store.ts';

const MERGE = { patchType: 'merge' } as const;
const AT = '2026-01-06T14:05:20Z';

/** READY, STATUS and RESTARTS of a pod with that status, a minute after the start. */
function podCells(status: JsonObject, spec: JsonObject = {}): Json[] {
  const store = testStore();
  const pod = testPod('polls-1');
  pod.spec = { ...(pod.spec as JsonObject), ...spec };
  ask(store, 'create', 'po', { body: pod });
  ask(store, 'patch', 'po', { name: 'polls-1', subresource: 'status', body: { status }, query: MERGE });
  return rowsOf(ask(store, 'list', 'po', { query: { as: 'table' }, atSeconds: 60 }))[0].slice(1, 4);
}

function container(state: JsonObject, extra: JsonObject = {}): JsonObject {
  return { name: 'main', ready: false, restartCount: 0, image: 'x', imageID: '', state, ...extra };
}

describe('kubectl get pods shows', () => {
  it.each<[string, JsonObject, Json[]]>([
    ['a pod that waits for a node', { phase: 'Pending' }, ['0/1', 'Pending', '0']],
    [
      'a container in the making',
      { phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] },
      ['0/1', 'ContainerCreating', '0'],
    ],
    [
      'a running container',
      { phase: 'Running', containerStatuses: [container({ running: { startedAt: AT } }, { ready: true })] },
      ['1/1', 'Running', '0'],
    ],
    [
      'a crash loop, with the time of the last crash',
      {
        phase: 'Running',
        containerStatuses: [
          container(
            { waiting: { reason: 'CrashLoopBackOff' } },
            { restartCount: 3, lastState: { terminated: { exitCode: 1, finishedAt: AT } } },
          ),
        ],
      },
      ['0/1', 'CrashLoopBackOff', '3 (40s ago)'],
    ],
    [
      'a container killed for its memory',
      {
        phase: 'Running',
        containerStatuses: [container({ terminated: { exitCode: 137, reason: 'OOMKilled' } })],
      },
      ['0/1', 'OOMKilled', '0'],
    ],
    [
      'a container that died of a signal',
      { phase: 'Failed', containerStatuses: [container({ terminated: { exitCode: 139, signal: 11 } })] },
      ['0/1', 'Signal:11', '0'],
    ],
    ['an evicted pod', { phase: 'Failed', reason: 'Evicted' }, ['0/1', 'Evicted', '0']],
  ])('%s', (_, status, cells) => {
    expect(podCells(status)).toEqual(cells);
  });

  it('init containers until they are done', () => {
    const init = { initContainers: [{ name: 'migrate', image: 'm:1' }] };
    const waiting = { name: 'migrate', ready: false, restartCount: 0, image: 'm:1', imageID: '' };
    const initOnly = (state: JsonObject): JsonObject => ({
      phase: 'Pending',
      initContainerStatuses: [{ ...waiting, state }],
      containerStatuses: [container({ waiting: { reason: 'PodInitializing' } })],
    });
    expect(podCells(initOnly({ running: { startedAt: AT } }), init)).toEqual(['0/1', 'Init:0/1', '0']);
    expect(podCells(initOnly({ terminated: { exitCode: 1, reason: 'Error' } }), init)).toEqual([
      '0/1',
      'Init:Error',
      '0',
    ]);
    expect(podCells(initOnly({ terminated: { exitCode: 0 } }), init)).toEqual([
      '0/1',
      'PodInitializing',
      '0',
    ]);
  });
});

describe('kubectl get shows', () => {
  it('nodes with their roles and whether they take pods', () => {
    const store = testStore();
    const labels = { 'node-role.kubernetes.io/control-plane': '' };
    const conditions = [{ type: 'Ready', status: 'Unknown' }];
    const status = { conditions, nodeInfo: { kubeletVersion: 'v1.32.4' } };
    ask(store, 'create', 'no', {
      body: { metadata: { name: 'n1', labels }, spec: { unschedulable: true }, status },
    });
    expect(rowsOf(ask(store, 'list', 'no', { query: { as: 'table' } }))[0].slice(0, 5)).toEqual([
      'n1',
      'NotReady,SchedulingDisabled',
      'control-plane',
      '0s',
      'v1.32.4',
    ]);
  });

  it('deployments, services, endpoints and claims', () => {
    const store = testStore();
    const table = (word: string): Json[] =>
      rowsOf(ask(store, 'list', word, { query: { as: 'table' }, atSeconds: 9 }))[0];
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    expect(table('deploy')).toEqual(['polls', '0/1', 0, 0, '9s', 'polls', 'polls:1.4.2', 'app=polls']);
    const spec = { clusterIP: 'None', ports: [{ port: 5432 }], selector: { app: 'db' } };
    ask(store, 'create', 'svc', { body: { metadata: { name: 'db' }, spec } });
    expect(table('svc')).toEqual(['db', 'ClusterIP', 'None', '<none>', '5432/TCP', '9s', 'app=db']);
    const addresses = ['10.1.0.1', '10.1.0.2', '10.1.0.3', '10.1.0.4'].map((ip) => ({ ip }));
    const subsets = [{ addresses, ports: [{ port: 80 }] }];
    ask(store, 'create', 'ep', { body: { metadata: { name: 'db' }, subsets } });
    expect(table('ep')[1]).toBe('10.1.0.1:80,10.1.0.2:80,10.1.0.3:80 + 1 more...');
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    ask(store, 'create', 'pvc', { body: { metadata: { name: 'data' }, spec: claim } });
    expect(table('pvc')).toEqual(['data', 'Pending', '', '', '', '', '<unset>', '9s', 'Filesystem']);
  });
});
