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
    rules: null,
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
    'kubectl set resources deployment/web -c web --limits=cpu=500m',
    'kubectl set resources deployment/web -c web --limits=memory=256Mi',
  ]);
  const squeezed = { ...web, cpuLimit: '140m', memoryLimit: '' };
  const [cpu, memory] = thingActions({ ...shop, containers: [squeezed] }, 'polls').slice(-2);
  expect(cpu.fields).toEqual([
    { label: 'limit', options: ['140m', '100m', '250m', '500m', '1', '2', '4'], value: '140m' },
  ]);
  expect(cpu.write(['1'])).toBe('kubectl set resources deployment/web -c web --limits=cpu=1');
  expect(memory.fields[0].value).toBe('64Mi');
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

it('edits a rule of a policy and a setting of a database by choices', () => {
  const policy = thing({
    kind: 'networkpolicy',
    name: 'db',
    rules: { apps: ['db', 'web'], ports: [80, 5432] },
  });
  const admit = thingActions(policy, 'polls').find(({ label }) => label === 'Let in one more');
  expect(admit?.fields.map(({ options }) => options)).toEqual([
    ['db', 'web'],
    ['80', '5432'],
  ]);
  expect(admit?.write(['web', '5432'])).toBe(
    'kubectl patch networkpolicy/db --type=json -p ' +
      `'[{"op":"add","path":"/spec/ingress/-","value":` +
      `{"from":[{"podSelector":{"matchLabels":{"app":"web"}}}],` +
      `"ports":[{"protocol":"TCP","port":5432}]}}]'`,
  );
  const postgres = { name: 'postgres', image: 'postgres:16.4', cpuLimit: '', memoryLimit: '' };
  const database = thing({ kind: 'pod', name: 'postgres-0', containers: [postgres] });
  const psql = 'kubectl exec postgres-0 -c postgres -- psql -U postgres -c';
  const logged = thingActions(database, 'polls').find(({ label }) => label === 'Statements logged');
  expect(logged?.write(['none'])).toBe(
    `${psql} "alter system set log_statement = 'none'" && ${psql} "select pg_reload_conf()"`,
  );
  expect(thingActions(thing({ kind: 'pod', name: 'web-1', containers: [web] }), 'polls')).not.toContainEqual(
    expect.objectContaining({ label: 'Statements logged' }),
  );
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
  const options = (value: string) =>
    thingActions(thing({ kind: 'configmap', name: 'c', data: [{ key: 'k', value }] }), 'polls')[1].fields[0]
      .options;
  expect(options('info')).toEqual(['debug', 'info', 'warn', 'error']);
  expect(options('on')).toEqual(['on', 'off']);
  expect(options('20')).toEqual(['5', '10', '20', '40', '80']);
  expect(options('30s')).toEqual(['8s', '15s', '30s', '60s', '120s']);
  expect(options('a text')).toEqual(['a text']);
});

it('tells of every line what it does, and which change the system', () => {
  for (const kind of ['pod', 'node', 'deployment', 'networkpolicy', 'service'] as const) {
    for (const { why, line, changes } of thingActions(
      thing({ kind, name: 'x', containers: [web] }),
      'polls',
    )) {
      expect(why).toMatch(/^[A-Z].{15,120}\.$/);
      const writes =
        /(delete|undo|restart|scale|set resources|cordon|uncordon|truncate|patch|alter system) /.test(line);
      expect(changes).toBe(writes);
    }
  }
});
