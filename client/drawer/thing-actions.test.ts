import { expect, it } from 'vitest';
import type { ThingFacts } from '@chaotic-good/engine/protocol/thing-facts';
import { thingActions } from './thing-actions.ts';

function thing(facts: Partial<ThingFacts> & Pick<ThingFacts, 'kind' | 'name'>): ThingFacts {
  return {
    id: `${facts.kind}/${facts.name}`,
    namespace: 'polls',
    atMicros: 0,
    createdAtMicros: 0,
    state: '',
    tone: 'good',
    facts: [],
    uses: [],
    conditions: [],
    replicas: null,
    containers: [],
    parts: [],
    related: [],
    revisions: [],
    data: [],
    volumes: [],
    events: [],
    lines: [],
    ...facts,
  };
}

const lines = (facts: ThingFacts, home = 'polls') => thingActions(facts, home).map(({ line }) => line);
const web = { name: 'web', image: 'web:1', cpuLimit: '500m', memoryLimit: '256Mi' };

it('fills in what a workload is called and what it may use now', () => {
  const shop = thing({ kind: 'deployment', name: 'web', replicas: 3, containers: [web] });
  expect(lines(shop)).toEqual([
    'kubectl describe deployment/web',
    'kubectl rollout history deployment/web',
    'kubectl rollout undo deployment/web',
    'kubectl rollout restart deployment/web',
    'kubectl scale deployment/web --replicas=4',
    'kubectl set resources deployment/web -c web --limits=cpu=500m,memory=256Mi',
  ]);
  const open = { ...web, cpuLimit: '', memoryLimit: '' };
  expect(lines({ ...shop, containers: [open] }).at(-1)).toContain('--limits=cpu=1,memory=1Gi');
});

it('names the namespace only where the terminal stands elsewhere', () => {
  expect(lines(thing({ kind: 'pod', name: 'web-1' }), 'edge')[0]).toBe('kubectl -n polls describe pod web-1');
  expect(lines(thing({ kind: 'node', name: 'n1', namespace: '' }))[2]).toBe('kubectl cordon n1');
});

it('offers to look at a volume and to empty its log, each path once', () => {
  const volume = { namespace: 'polls', pod: 'web-1', container: 'side', path: '/logs', log: '/logs/a.log' };
  const claim = thing({ kind: 'persistentvolumeclaim', name: 'logs', volumes: [volume, volume] });
  expect(lines(claim)).toEqual([
    'kubectl describe persistentvolumeclaim/logs',
    'kubectl exec web-1 -c side -- df -h /logs',
    'kubectl exec web-1 -c side -- du -ah /logs',
    'kubectl exec web-1 -c side -- truncate -s 0 /logs/a.log',
  ]);
});

it('writes entries of a configuration that fit a line, and no others', () => {
  const data = [
    { key: 'LEVEL', value: 'info' },
    { key: 'file', value: 'a\nb' },
    { key: 'odd', value: "it's" },
  ];
  expect(lines(thing({ kind: 'configmap', name: 'c', data }))).toEqual([
    'kubectl get configmap/c -o yaml',
    `kubectl patch configmap c --type=merge -p '{"data":{"LEVEL":"info"}}'`,
  ]);
});

it('tells of every line what it does, and which change the system', () => {
  for (const kind of ['pod', 'node', 'deployment', 'networkpolicy', 'service'] as const) {
    for (const { why, line, changes } of thingActions(
      thing({ kind, name: 'x', containers: [web] }),
      'polls',
    )) {
      expect(why).toMatch(/^[A-Z].{15,120}\.$/);
      const writes = /(delete|undo|restart|scale|set resources|cordon|uncordon|truncate|patch) /.test(line);
      expect(changes).toBe(writes);
    }
  }
});
