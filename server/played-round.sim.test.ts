/**
 * A whole round by messages: two people join a real server, find a broken rule and repair it in a terminal.
 *
 * Method   Nothing is mocked: a child process, sockets, the journal on disk. Only the clock is faster and the
 *          load smaller. The seed is known to draw the rule that was edited, so the fix is known too.
 */
import { expect, it } from 'vitest';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { seedThatDraws } from './testing/seed-that-draws.ts';
import { startServer } from './testing/start-server.ts';
import type { RunningServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

const SCENARIO = 'polls-mystery';
const POLICY = 'networkpolicy/postgres-ingress';
const RULE = {
  from: [{ podSelector: { matchLabels: { app: 'polls' } } }],
  ports: [{ protocol: 'TCP', port: 5432 }],
};

/** Two people take their seats; the first is the host. */
async function gather({ origin }: RunningServer): Promise<{ ada: TestPlayer; bo: TestPlayer }> {
  const { seed } = seedThatDraws(SCENARIO, 'policy-port');
  const code = await TestPlayer.openRoom(origin, SCENARIO, seed);
  const ada = new TestPlayer('Adalinda');
  const bo = new TestPlayer('Bosephus');
  await ada.join(origin, code);
  await bo.join(origin, code);
  return { ada, bo };
}

async function startIncident(ada: TestPlayer, bo: TestPlayer): Promise<void> {
  await ada.perform({ type: 'ChooseRole', role: 'incident-commander' });
  await bo.perform({ type: 'ChooseRole', role: 'ops' });
  await bo.perform({ type: 'SetReady', ready: true });
  const refused = await bo.command({ type: 'StartIncident' });
  expect(refused).toMatchObject({ ack: { outcome: { ok: false } } });
  await ada.perform({ type: 'StartIncident' });
  await bo.until(() => bo.view.phase === 'running', 'time to run');
}

/** The page comes, and somebody takes it on. */
async function takeThePage(ada: TestPlayer): Promise<void> {
  const page = () => ada.view.alerts?.find(({ severity }) => severity === 'page');
  await ada.until(() => page() !== undefined, 'the page');
  const { alertId = '' } = page() ?? {};
  await ada.perform({ type: 'DeclareIncident', severity: 'SEV2' });
  await ada.perform({ type: 'AcknowledgeAlert', alertId });
  // Another page may have come meanwhile.
  const taken = () => ada.view.alerts?.find((alert) => alert.alertId === alertId);
  await ada.until(() => taken()?.acknowledgedBy === ada.seat, 'the page to be taken on');
}

async function investigate(ada: TestPlayer, bo: TestPlayer): Promise<void> {
  await ada.perform({
    type: 'AddHypothesis',
    component: 'node/worker-1',
    mechanism: 'packet-loss',
    expectation: 'Segments are sent again towards worker-1.',
  });
  await bo.perform({ type: 'PostMessage', text: 'I look at the pods.' });
  const pods = await bo.type('kubectl get pods');
  expect(pods).toMatchObject({ stderr: '', exitCode: 0 });
  expect(pods.stdout).toMatch(/^NAME +READY +STATUS/);
  expect(pods.stdout.match(/^polls-/gm)).toHaveLength(3);
  const rule = await bo.type('kubectl get networkpolicy postgres-ingress -o yaml | grep port:');
  expect(rule.stdout).toContain('5433');
  await bo.until(() => bo.view.hypotheses?.length === 1, 'the hypothesis of the other one');
  const [{ hypothesisId }] = bo.view.hypotheses ?? [];
  await bo.perform({ type: 'CloseHypothesis', hypothesisId, verdict: 'refuted' });
}

async function repair(ada: TestPlayer, bo: TestPlayer): Promise<void> {
  const patch = JSON.stringify({ spec: { ingress: [RULE] } });
  const fixed = await bo.type(`kubectl patch networkpolicy postgres-ingress --type=merge -p '${patch}'`);
  expect(fixed).toEqual({
    stdout: 'networkpolicy.networking.k8s.io/postgres-ingress patched\n',
    stderr: '',
    exitCode: 0,
  });
  await ada.perform({ type: 'FileDiagnosis', component: POLICY, mechanism: 'policy-cut' });
  await ada.until(() => ada.view.resolution?.recovered === true, 'the recovery');
  await ada.perform({ type: 'DeclareResolved' });
  for (const player of [ada, bo]) {
    await player.until(() => player.view.phase === 'closed', 'the end');
    expect(player.view.closed).toBe('resolved');
    expect({ faults: player.faults, gaps: player.frames.faults }).toEqual({ faults: [], gaps: [] });
    expect(player.frames.telemetryFrames).toBeGreaterThan(10);
  }
}

/** What everybody can read afterwards. */
async function readResult({ origin }: RunningServer, ada: TestPlayer, bo: TestPlayer): Promise<void> {
  const told = await ada.debrief();
  const { code } = ada;
  const kept = (await (await fetch(`${origin}/api/games/${code}`)).json()) as Debrief;
  expect(kept).toEqual(told);
  expect(kept).toMatchObject({
    gameId: code,
    closed: 'resolved',
    recovery: 'durable',
    players: 2,
    diagnosis: { component: POLICY },
    truth: { component: POLICY },
  });
  expect(kept.score.total).toBeGreaterThan(600);
  const { games } = (await (await fetch(`${origin}/api/games`)).json()) as { games: { id: string }[] };
  expect(games.map(({ id }) => id)).toEqual([code]);
  const response = await fetch(`${origin}/api/games/${code}/post-mortem.md`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/markdown');
  expect(text.split('\n')[0]).toContain('EXERCISE');
  const answer = { hard: 'The rules all look alike', change: 'Name rules by what they let in' };
  const answered = await fetch(`${origin}/api/games/${code}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: bo.cookie },
    body: JSON.stringify(answer),
  });
  expect(await answered.json()).toMatchObject({
    sheet: { state: 'draft', role: 'Ops', document: { wasHard: [{ text: answer.hard, by: 'Ops' }] } },
  });
  for (const { name, seat } of [ada, bo]) {
    for (const secret of [name, seat]) {
      expect(text).not.toContain(secret);
      expect(JSON.stringify(kept)).not.toContain(secret);
    }
  }
}

it('two seats find the fault, repair it in a terminal and read their debrief', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 40 });
    try {
      const { ada, bo } = await gather(server);
      await startIncident(ada, bo);
      await takeThePage(ada);
      await investigate(ada, bo);
      await repair(ada, bo);
      await readResult(server, ada, bo);
      await Promise.all([ada.leave(), bo.leave()]);
      expect(await server.stop()).toBe(0);
      expect(server.said()).not.toContain('unexpected');
    } finally {
      await server.kill();
    }
  }));
