/**
 * A game that was played over real sockets, played again as a page does it, and held against what the server
 * stored and what a player saw.
 *
 * Method   Nothing is mocked: the server is a child process, the replay's inputs come over its HTTP, the
 *          store is opened when it has ended. It stands here because it needs both server and client.
 */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { TimelineEntry, IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { badnessBySecond } from '@chaotic-good/engine/incident/impact';
import { runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { IncidentReel } from '../../../client/replay/incident-reel.ts';
import type { ReplayNews } from '../../../client/replay/replay-messages.ts';
import { ReplayRoom } from '../../../client/replay/replay-room.ts';
import { SeatStream } from '../../../client/replay/seat-stream.ts';
import { roleNames, withRoles } from '../../../server/incidents/role-names.ts';
import { withTemporaryFolder } from '../../../server/journal/testing/temporary-folder.ts';
import { openPglite } from '../../../server/store/open-pglite.ts';
import { seedThatDraws } from '../../../server/testing/seed-that-draws.ts';
import { startServer } from '../../../server/testing/start-server.ts';
import type { RunningServer } from '../../../server/testing/start-server.ts';
import { TestPlayer } from '../../../server/testing/test-player.ts';

const SCENARIO = 'polls-mystery';
/** Lines whose output a replay knows to the letter. */
const WHOLE = [
  'kubectl get networkpolicy',
  'kubectl get deployments; kubectl get services',
  'curl -i http://polls/',
];
const PIPED = 'kubectl get pods | grep polls';

/** What the names that are used become. */
const ROLE_OF = {
  Adalinda: 'Incident commander',
  Bosephus: 'Ops',
  Bo: 'Ops',
  Cyprian: 'Former member 1',
  Dorothea: 'Former member 2',
};
/** What is judged when half an hour has been simulated after the close; a replay ends with the close. */
const VERDICTS: readonly string[] = ['RecoveryJudged', 'InvariantJudged', 'LeftoversJudged'];

/** What a player had on the screen at a moment. */
type Seen = { view: Partial<IncidentFrame>; timeline: TimelineEntry[] };
type Played = { bo: TestPlayer; last: Seen; printed: Map<string, string> };

async function seated(origin: string, code: string, name: string): Promise<TestPlayer> {
  const player = new TestPlayer(name);
  await player.join(origin, code);
  return player;
}

/** Two people play; a third and a fourth are gone before the end. */
async function play({ origin }: RunningServer): Promise<Played> {
  const code = await TestPlayer.openRoom(origin, SCENARIO, seedThatDraws(SCENARIO, 'policy-port').seed);
  const ada = await seated(origin, code, 'Adalinda');
  const bo = await seated(origin, code, 'Bosephus');
  const others = [await seated(origin, code, 'Cyprian'), await seated(origin, code, 'Dorothea')];
  await ada.perform({ type: 'ChooseRole', role: 'incident-commander' });
  await bo.perform({ type: 'ChooseRole', role: 'ops' });
  await ada.perform({ type: 'RenameSeat', seat: bo.seat, name: 'Bo' });
  await bo.command({ type: 'RenameSeat', seat: bo.seat, name: ' ' });
  for (const { seat } of others) await ada.perform({ type: 'RemoveSeat', seat });
  await ada.perform({ type: 'StartIncident' });
  await bo.until(() => bo.view.phase === 'running', 'time to run');
  await ada.perform({ type: 'PostMessage', text: 'adalinda looks at the rules.' });
  const printed = new Map<string, string>();
  for (const line of [...WHOLE, PIPED]) {
    const { stdout, stderr } = await bo.type(line);
    printed.set(line, stdout + stderr);
  }
  await ada.perform({ type: 'Pause' });
  await bo.until(() => bo.view.phase === 'paused', 'the pause');
  await ada.perform({ type: 'Resume' });
  await ada.until(() => ada.view.alerts?.some(({ severity }) => severity === 'page') ?? false, 'the page');
  await ada.perform({ type: 'DeclareIncident', severity: 'SEV2' });
  await bo.type('kubectl rollout restart deployment polls && kubectl get deployments');
  const later = (bo.view.atMicros ?? 0) + 30_000_000;
  await bo.until(() => (bo.view.atMicros ?? 0) > later, 'half a minute');
  const last = structuredClone({ view: bo.view, timeline: bo.frames.timeline });
  await ada.perform({ type: 'EndIncident' });
  await bo.until(() => bo.view.phase === 'closed', 'the end');
  await ada.debrief();
  await Promise.all([ada.leave(), bo.leave()]);
  return { bo, last, printed };
}

/** What a page loads. */
async function load({ origin }: RunningServer, id: string): Promise<{ game: ReplayGame; past: Uint8Array }> {
  const of = (what: string) => fetch(`${origin}/api/games/${id}/${what}`);
  const inputs = await of('inputs');
  expect(inputs.status).toBe(200);
  const past = new Uint8Array(await (await of('prehistory')).arrayBuffer());
  return { game: (await inputs.json()) as ReplayGame, past };
}

/** The whole story and all samples, as the store has them. */
async function compareWithStore(dataDir: string, game: ReplayGame, incident: Incident): Promise<void> {
  const { state, setup } = incident;
  const store = await openPglite(join(dataDir, 'database'));
  try {
    const id = game.header.roomId;
    const [events, samples, debrief] = await Promise.all([
      store.games.events(id),
      store.games.samples(id),
      store.games.debrief(id),
    ]);
    expect(JSON.stringify(events)).not.toMatch(/adalinda/i);
    const story = events.filter(({ type }) => !VERDICTS.includes(type));
    expect(withRoles(state.events, roleNames(incident), (text) => text)).toEqual(story);
    const { count, journeys, counts, firstSecond } = state.samples;
    const played = Array.from(counts.subarray(0, count * journeys * 5));
    expect(samples?.firstSecond).toBe(firstSecond);
    expect(samples?.counts.slice(0, played.length)).toEqual(played);
    const badness = Array.from(
      badnessBySecond(setup.system.journeys, state.samples),
      (one) => Math.round(one * 10_000) / 10_000,
    );
    expect(Math.max(...badness)).toBeGreaterThan(0.2);
    expect(debrief?.curves[0].values.slice(0, badness.length)).toEqual(badness);
  } finally {
    await store.close();
  }
}

/** What a seat's terminal holds at the end of a replay. */
function terminalOf(game: ReplayGame, prehistory: Uint8Array, seat: string): string {
  const news: ReplayNews[] = [];
  const room = new ReplayRoom((one) => news.push(one));
  room.take({ type: 'load', game, prehistory, eyes: { kind: 'seat', seat }, second: Infinity });
  const said = news.flatMap((one) => (one.type === 'room' ? [one.message] : []));
  return said.flatMap((one) => (one.type === 'output' ? [one.text] : [])).join('');
}

/** What a replay shows to a seat at a moment in whose second nothing was done before. */
function screenOf(game: ReplayGame, reel: IncidentReel, seat: string, atMicros: number): Seen {
  const second = Math.floor(atMicros / 1_000_000);
  const done = game.records.map((record) => record.atMicros);
  expect(done.filter((at) => at > second * 1_000_000 && at <= atMicros)).toEqual([]);
  const incident = reel.seek(second);
  runIncident(incident, atMicros);
  const { view } = new SeatStream().whole(incident, { kind: 'seat', seat });
  return { view, timeline: view.timeline ?? [] };
}

/** The screen as the replay tells it: names are roles there, and nobody is called something else. */
function told({ view, timeline }: Seen): Seen {
  const entries = timeline.filter(({ kind }) => kind !== 'seat-renamed');
  const seen: Seen = { view: { ...view, timeline: entries }, timeline: entries };
  const withoutNames = Object.entries(ROLE_OF).reduce(
    (text, [name, role]) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'gi'), role),
    JSON.stringify(seen),
  );
  return JSON.parse(withoutNames) as Seen;
}

it('a replay shows the game that was played: its story, its curve, a role’s screen and its terminal', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 20 });
    try {
      const { bo, last, printed } = await play(server);
      const { game, past } = await load(server, bo.incidentId);
      expect(await server.stop()).toBe(0);
      const reel = new IncidentReel(game, past);
      for (const _second of reel.wind(() => undefined));
      await compareWithStore(dataDir, game, reel.incident);
      expect(last.view.severity).toBe('SEV2');
      expect(screenOf(game, reel, bo.seat, last.view.atMicros ?? 0)).toEqual(told(last));
      const terminal = terminalOf(game, past, bo.seat);
      for (const line of WHOLE) expect(terminal).toContain(`$ ${line}\n${printed.get(line)}`);
      const answer = terminal.slice(terminal.indexOf(`$ ${PIPED}\nNAME`));
      for (const row of printed.get(PIPED)!.trim().split('\n')) expect(answer).toContain(row);
      for (const name of Object.keys(ROLE_OF)) expect(JSON.stringify(game)).not.toMatch(`"${name}"`);
    } finally {
      await server.kill();
    }
  }));
