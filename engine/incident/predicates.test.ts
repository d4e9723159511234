import { describe, expect, it } from 'vitest';
import type { Json } from '../platforms/kubernetes/api-types.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { ask, testDeployment, testPod, testStore } from '../platforms/kubernetes/test-store.ts';
import type { ObjectRef } from '../protocol/cluster-commands.ts';
import type { Predicate } from '../protocol/predicate.ts';
import { takeBaseline } from './baseline.ts';
import { findLeftovers } from './leftovers.ts';
import { holds } from './predicates.ts';
import { resolveSelectors } from './selectors.ts';

const POLLS: ObjectRef = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  namespace: 'default',
  name: 'polls',
};

/** A world of objects and volumes without processes. */
function worldOf(): World {
  const store = testStore();
  const volumes = [
    { name: 'default/pgdata-0', usedBytes: 89, capacityBytes: 100, committedRows: 5, dataEpoch: 1 },
    { name: 'worker-1:/var/log/polls', usedBytes: 10, capacityBytes: 100, committedRows: 0, dataEpoch: 1 },
  ];
  const processes = [
    { program: 0, phase: 'running', settings: new Map([['LOG_LEVEL', 'info']]) },
    { program: 0, phase: 'exited', settings: new Map([['LOG_LEVEL', 'debug']]) },
  ];
  const cluster = { nowMicros: 0, volumes, processes, plan: { programs: [{ name: 'polls' }] } };
  const deployment = testDeployment('polls') as { spec: { template: { spec: { containers: object[] } } } };
  const limits = { cpu: '250m', memory: '512Mi' };
  deployment.spec.template.spec.containers = [{ name: 'polls', image: 'polls:1', resources: { limits } }];
  ask(store, 'create', 'deploy', { body: deployment as unknown as Json });
  const claimVolumes = new Map([['default/pgdata-0', 0]]);
  return { cluster, kube: { store, claimVolumes } } as unknown as World;
}

function policy(
  world: World,
  name: string,
  ingress: Json,
  podLabels: { [key: string]: string } = { app: 'postgres' },
): void {
  const spec = { podSelector: { matchLabels: podLabels }, policyTypes: ['Ingress'], ingress };
  const body = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name }, spec };
  ask(world.kube.store, 'create', 'netpol', { body });
}

const fromPolls = (port: number): Json => [
  { from: [{ podSelector: { matchLabels: { app: 'polls' } } }], ports: [{ protocol: 'TCP', port }] },
];
const ALLOWED: Predicate = {
  type: 'policyAllows',
  namespace: 'default',
  fromLabels: { app: 'polls' },
  toLabels: { app: 'postgres' },
  port: 5432,
  notWide: true,
};

describe('fields and limits', () => {
  const field = (path: string[], value: Json): Predicate => ({
    type: 'fieldEquals',
    object: POLLS,
    path,
    value,
  });
  it.each<[string, Predicate, boolean]>([
    ['a field', field(['spec', 'replicas'], 1), true],
    [
      'an item by name',
      field(['spec', 'template', 'spec', 'containers', 'name=polls', 'image'], 'polls:1'),
      true,
    ],
    ['an item by place', field(['spec', 'template', 'spec', 'containers', '0', 'name'], 'polls'), true],
    ['an absent object', { ...field(['spec'], 1), object: { ...POLLS, name: 'none' } } as Predicate, false],
    [
      'a quantity in other units',
      {
        type: 'fieldAtLeast',
        object: POLLS,
        quantity: '0.25',
        path: ['spec', 'template', 'spec', 'containers', '0', 'resources', 'limits', 'cpu'],
      },
      true,
    ],
    [
      'an absent quantity',
      { type: 'fieldAtLeast', object: POLLS, path: ['spec', 'none'], quantity: '1' },
      false,
    ],
    [
      'a limit too small',
      { type: 'limitAtLeast', workload: POLLS, container: 'polls', resource: 'memory', quantity: '1Gi' },
      false,
    ],
    [
      'a limit large enough',
      { type: 'limitAtLeast', workload: POLLS, container: 'polls', resource: 'memory', quantity: '0.5Gi' },
      true,
    ],
    ['replicas', { type: 'workloadReplicasAtLeast', workload: POLLS, replicas: 2 }, false],
    [
      'a setting of running processes',
      { type: 'settingIs', program: 'polls', key: 'LOG_LEVEL', value: 'info' },
      true,
    ],
    [
      'a program that does not run',
      { type: 'settingIs', program: 'none', key: 'LOG_LEVEL', value: 'info' },
      false,
    ],
    ['a volume below', { type: 'volumeUsedBelow', volumePrefix: 'default/pgdata', ratio: 0.9 }, true],
    ['a volume not below', { type: 'volumeUsedBelow', volumePrefix: 'default/pgdata', ratio: 0.89 }, false],
    ['no such volume', { type: 'volumeUsedBelow', volumePrefix: 'nowhere', ratio: 1 }, false],
    ['it exists', { type: 'objectExists', object: POLLS }, true],
    [
      'all of it',
      { type: 'all', of: [{ type: 'objectExists', object: POLLS }, { type: 'noDataLost' }] },
      true,
    ],
    ['not', { type: 'not', of: { type: 'objectExists', object: POLLS } }, false],
  ])('%s', (_name, asked, expected) => {
    const world = worldOf();
    expect(holds(world, takeBaseline(world), asked)).toBe(expected);
  });
});

describe('network policies', () => {
  const judge = (world: World, asked: Predicate): boolean => holds(world, takeBaseline(world), asked);
  it('let in whom a rule names, on its port', () => {
    const world = worldOf();
    policy(world, 'postgres', fromPolls(5432));
    expect(judge(world, ALLOWED)).toBe(true);
    expect(judge(world, { ...ALLOWED, port: 5433 } as Predicate)).toBe(false);
  });

  it('cut off when the port is edited', () => {
    const world = worldOf();
    policy(world, 'postgres', fromPolls(5433));
    expect(judge(world, ALLOWED)).toBe(false);
  });

  it('are wide when everybody may come', () => {
    const world = worldOf();
    policy(world, 'postgres', [{}]);
    expect(judge(world, ALLOWED)).toBe(false);
    expect(judge(world, { ...ALLOWED, notWide: false } as Predicate)).toBe(true);
    expect(judge(world, { type: 'policyNotWide', namespace: 'default', toLabels: { app: 'postgres' } })).toBe(
      false,
    );
  });

  it('are wide when there is none', () => {
    expect(
      judge(worldOf(), { type: 'policyNotWide', namespace: 'default', toLabels: { app: 'postgres' } }),
    ).toBe(false);
  });

  it('add up', () => {
    const world = worldOf();
    policy(world, 'deny', []);
    policy(world, 'postgres', fromPolls(5432));
    expect(judge(world, ALLOWED)).toBe(true);
  });
});

describe('data', () => {
  it('is lost when a volume is begun anew', () => {
    const world = worldOf();
    const baseline = takeBaseline(world);
    expect(holds(world, baseline, { type: 'noDataLost' })).toBe(true);
    world.cluster.volumes[0].dataEpoch = 2;
    expect(holds(world, baseline, { type: 'noDataLost' })).toBe(false);
  });

  it('is lost with its claim, also when a new one takes the name', () => {
    const world = worldOf();
    const baseline = takeBaseline(world);
    world.kube.claimVolumes.set('default/pgdata-0', 7);
    expect(holds(world, baseline, { type: 'noDataLost' })).toBe(false);
    world.kube.claimVolumes.delete('default/pgdata-0');
    expect(holds(world, baseline, { type: 'noDataLost' })).toBe(false);
  });
});

describe('leftovers', () => {
  it('are what differs from before, unless handed over', () => {
    const world = worldOf();
    const spec = { taints: [] };
    ask(world.kube.store, 'create', 'node', {
      body: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker-2' }, spec },
    });
    const baseline = takeBaseline(world);
    expect(findLeftovers(world, baseline, [])).toEqual([]);
    ask(world.kube.store, 'patch', 'node', {
      name: 'worker-2',
      body: { spec: { unschedulable: true } },
      query: { patchType: 'merge' },
    });
    ask(world.kube.store, 'patch', 'deploy', {
      name: 'polls',
      body: { spec: { replicas: 5 } },
      query: { patchType: 'merge' },
    });
    expect(findLeftovers(world, baseline, []).map(({ sentence }) => sentence)).toEqual([
      'Node worker-2 is still cordoned.',
      'deployment/polls has 5 replicas in place of 1.',
    ]);
    const note = {
      type: 'NoteAdded',
      audience: 'everyone',
      seat: 'ana',
      text: 'Replace the switch',
      followUp: 'node/worker-2',
      seq: 1,
      atMicros: 0,
      commandSeq: 1,
    } as const;
    expect(findLeftovers(world, baseline, [note]).map(({ handedOver }) => handedOver)).toEqual([true, false]);
  });
});

describe('selectors', () => {
  function withPods(): World {
    const world = worldOf();
    const pods: [string, string][] = [
      ['polls-b', 'worker-2'],
      ['polls-a', 'worker-1'],
      ['polls-c', 'worker-2'],
    ];
    for (const [name, nodeName] of pods) {
      const pod = testPod(name, { app: 'polls' }) as { spec: { nodeName?: string } };
      pod.spec.nodeName = nodeName;
      ask(world.kube.store, 'create', 'po', { body: pod as unknown as Json });
    }
    return world;
  }
  it.each<[string, string[]]>([
    ['{pods app=polls}', ['polls-a', 'polls-b', 'polls-c']],
    ['{pods app=polls node=worker-2}', ['polls-b', 'polls-c']],
    ['{pods app=polls notNode=worker-2}', ['polls-a']],
    ['{pod app=polls}', ['polls-a']],
    ['pod/{pod node=worker-2}', ['pod/polls-b']],
    ['{}', ['{}']],
  ])('%s', (word, names) => {
    expect(resolveSelectors(withPods(), ['kubectl', word], 'default')).toEqual({
      ok: true,
      argv: ['kubectl', ...names],
    });
  });

  it('that mean nobody refuse the line', () => {
    expect(resolveSelectors(withPods(), ['kubectl', '{pods app=none}'], 'default')).toMatchObject({
      ok: false,
      rejection: { code: 'selector-empty' },
    });
  });
});
