import { expect, it } from 'vitest';
import type { Observation } from '@chaotic-good/engine/protocol/cluster-commands';
import type { ThingFacts } from '@chaotic-good/engine/protocol/thing-facts';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';
import { answerQuery } from './answer-query.ts';
import { ObservationBook } from './observation-book.ts';
import { startLive } from './testing/live-fixture.ts';
import type { LiveFixture } from './testing/live-fixture.ts';

// Method: a real incident at a light load; what a page asks is asked of it directly.

type Asked = {
  fixture: LiveFixture;
  ask: (thing: string) => Promise<ThingFacts | null>;
  seen: () => Observation[];
};

async function playing(folder: string, start = true): Promise<Asked> {
  const fixture = await startLive(folder);
  const { live, pass } = fixture;
  const seat = 'ana';
  await live.submit({ commandId: 'join', seat, command: { type: 'JoinSeat', name: 'Ana', kind: 'player' } });
  if (start) await live.submit({ commandId: 'start', seat, command: { type: 'StartIncident' } });
  const book = new ObservationBook([]);
  const ask = async (thing: string) => {
    const answer = await answerQuery({ live, seat, book }, { kind: 'wire', query: { kind: 'facts', thing } });
    // Commands take effect in order: what was seen is recorded once a later one is.
    await live.submit({ commandId: crypto.randomUUID(), seat, command: { type: 'PostMessage', text: 'hi' } });
    return answer.kind === 'facts' ? answer.facts : null;
  };
  if (start) await pass(40_000);
  const seen = () =>
    live.incident.state.events.flatMap((event) =>
      event.type === 'ObservationMade' && event.seat === seat ? [event.observation] : [],
    );
  return { fixture, ask, seen };
}

async function inRoom(test: (asked: Asked) => Promise<void>, start = true): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const asked = await playing(folder, start);
    await test(asked);
    await asked.fixture.live.close();
    await asked.fixture.store.close();
  });
}

it('tells of a deployment its pods, limits and rollouts, and counts them as seen', () =>
  inRoom(async ({ ask, seen }) => {
    const facts = await ask('deployment/polls');
    expect(facts).toMatchObject({ namespace: 'polls', state: '3 of 3 pods ready', tone: 'good' });
    expect(facts?.parts.map(({ id }) => id)).toHaveLength(3);
    expect(facts?.related).toEqual([
      'service/polls',
      'networkpolicy/allow-metrics',
      'networkpolicy/default-deny-ingress',
      'networkpolicy/polls-ingress',
      'configmap/polls-config',
    ]);
    expect(facts?.containers[0]).toMatchObject({ name: 'polls', cpuLimit: '2', memoryLimit: '512Mi' });
    expect(facts?.revisions).toEqual([{ number: 1, cause: 'release 2.14.0', current: true }]);
    expect(facts?.volumes[0]).toMatchObject({ path: '/var/log/polls', log: '/var/log/polls/app.log' });
    expect(seen()).toContainEqual({
      tool: 'get',
      resource: 'deployments',
      namespace: 'polls',
      names: ['polls'],
      detail: true,
    });
    expect(seen()).toContainEqual({
      tool: 'rollout',
      verb: 'history',
      resource: 'deployments',
      namespace: 'polls',
      name: 'polls',
    });
  }));

it('tells of a pod what it uses, its newest lines and its disk, and counts exactly that', () =>
  inRoom(async ({ ask, seen }) => {
    const facts = await ask('pod/postgres-0');
    expect(facts?.state).toBe('Running, 2 of 2 containers ready');
    expect(facts?.uses.map(({ name }) => name)).toContain('/var/lib/postgresql/data');
    expect(facts?.parts).toMatchObject([{ id: 'node/data-1' }]);
    expect(facts?.related).toContain('statefulset/postgres');
    expect(facts?.related).toContain('persistentvolumeclaim/pgdata-postgres-0');
    const cpu = facts?.uses.find(({ name }) => name === 'CPU of postgres');
    expect(cpu?.used).toBeGreaterThan(0);
    const tools = new Set(seen().map(({ tool }) => tool));
    expect(tools).toContain('top');
    expect(tools).toContain('exec');
    expect(
      seen().some((one) => one.tool === 'get' && one.names.some((name) => name.startsWith('polls-'))),
    ).toBe(false);
  }));

it('tells of a node its pods, file systems and retransmits', () =>
  inRoom(async ({ ask, seen }) => {
    const facts = await ask('node/worker-1');
    expect(facts).toMatchObject({ namespace: '', state: 'Ready', tone: 'good' });
    expect(facts?.parts.some(({ id }) => id.startsWith('pod/polls-'))).toBe(true);
    expect(facts?.facts.map(({ name }) => name)).toContain('TCP retransmits');
    expect(seen()).toContainEqual(
      expect.objectContaining({ tool: 'series', name: 'node_netstat_Tcp_RetransSegs' }),
    );
  }));

it('says the same once, however often a page asks', () =>
  inRoom(async ({ ask, seen }) => {
    await ask('configmap/polls-config');
    const once = seen().length;
    const facts = await ask('configmap/polls-config');
    expect(facts?.data).toContainEqual({ key: 'LOG_LEVEL', value: 'info' });
    expect(seen()).toHaveLength(once);
  }));

it('finds things of other namespaces, and tells what lets whom in', () =>
  inRoom(async ({ ask }) => {
    expect(await ask('deployment/traefik')).toMatchObject({ namespace: 'edge' });
    const policy = await ask('networkpolicy/postgres-ingress');
    expect(policy?.facts).toContainEqual({
      name: 'Lets in',
      value: 'pods with app=polls, on TCP 5432',
      tone: 'neutral',
    });
    const claim = await ask('persistentvolumeclaim/pgdata-postgres-0');
    expect(claim?.volumes.map(({ path }) => path)).toEqual(['/var/lib/postgresql/data']);
    expect(await ask('service/postgres')).toMatchObject({ state: '1 of 1 pods behind it ready' });
  }));

it.each(['pod/nope', 'secret/any', 'polls', '', '/', 'constructor/x', 'pod/'])(
  'knows nothing of "%s"',
  (id) =>
    inRoom(async ({ ask, seen }) => {
      expect(await ask(id)).toBeNull();
      expect(seen()).toEqual([]);
    }),
);

it('tells nothing before the clock has started', () =>
  inRoom(async ({ ask }) => {
    expect(await ask('deployment/polls')).toBeNull();
  }, false));
