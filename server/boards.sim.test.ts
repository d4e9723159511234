/**
 * Boards by real HTTP: one seed for all on a day, who has met it, places, the list of finished games.
 *
 * Method   A child process, real sockets and the embedded database; games are ended by their hosts at once,
 *          because a board cares for points, not for how they were earned.
 */
import { expect, it } from 'vitest';
import type { Board, GamePlace, GamesChoices, GamesPage } from '@chaotic-good/engine/protocol/boards';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { startServer } from './testing/start-server.ts';
import type { RunningServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

const SCENARIO = 'polls-mystery';
const RANKED = { mode: 'ranked', calmSeconds: 0 } as const;

type Answer<Body> = { status: number; body: Body; cookie: string };

async function get<Body>({ origin }: RunningServer, path: string, cookie = ''): Promise<Answer<Body>> {
  const response = await fetch(`${origin}/api/${path}`, { headers: cookie === '' ? {} : { cookie } });
  const [set = ''] = (response.headers.get('set-cookie') ?? '').split(';');
  return { status: response.status, body: (await response.json()) as Body, cookie: set };
}

async function openRoom({ origin }: RunningServer, how: object): Promise<{ status: number; code: string }> {
  const response = await fetch(`${origin}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario: SCENARIO, rules: RANKED, ...how }),
  });
  const { code = '' } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

/** Somebody with a browser: the session goes from game to game. */
type Person = { name: string; cookie: string };

/** Plays a game that its host ends at once, up to its debrief; answers with its id. */
async function play(server: RunningServer, people: Person[], how: object, team = ''): Promise<string> {
  const { code, status } = await openRoom(server, how);
  expect(status).toBe(201);
  const players: TestPlayer[] = [];
  for (const person of people) {
    const player = new TestPlayer(person.name);
    player.cookie = person.cookie;
    await player.join(server.origin, code);
    person.cookie = player.cookie;
    players.push(player);
  }
  const [host] = players;
  if (team !== '') await host.perform({ type: 'NameTeam', name: team });
  await host.perform({ type: 'StartIncident' });
  await host.until(() => host.view.calm?.ended === true, 'the end of the calm');
  await host.perform({ type: 'EndIncident' });
  await host.perform({ type: 'FileDiagnosis', component: 'node/worker-1', mechanism: 'packet-loss' });
  const debrief = await host.debrief();
  expect(debrief).toMatchObject({ team, phases: { notice: 0, verify: 0 } });
  expect(debrief.faultClass).toMatch(/^[a-z-]+$/);
  await expect.poll(async () => (await get(server, `games/${code}/place`)).status).toBe(200);
  for (const player of players) await player.leave();
  return code;
}

const place = async (server: RunningServer, id: string) =>
  (await get<GamePlace>(server, `games/${id}/place`)).body;

/** Somebody without a session begins to look on, and gets one. */
async function beginToWatch({ origin }: RunningServer): Promise<string> {
  const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`);
  return response.headers.get('set-cookie') ?? '';
}

/** The list of finished games, by somebody who knows the seed of today and by somebody who does not. */
async function readLists(
  server: RunningServer,
  { first, second, again, together, practice, knowing }: { [game: string]: string },
  knows: { cookie: string; faultClass: string },
): Promise<void> {
  const { today } = (await get<Board>(server, `boards/${SCENARIO}`)).body;
  const list = async (query: string, cookie = '') =>
    (await get<GamesPage>(server, `games?${query}`, cookie)).body;
  const page = await list('limit=4');
  expect(page.games.map(({ id }) => id)).toEqual([knowing, practice, together, again]);
  const rest = await list(`limit=4&after=${page.next}`);
  expect(rest).toMatchObject({ next: null, games: [{ id: second }, { id: first, team: 'Night shift' }] });
  expect((await list('team=NIGHT')).games.map(({ id }) => id)).toEqual([first]);
  expect((await list(`from=${today}&to=${today}`)).games).toHaveLength(6);
  expect((await list('to=2020-01-01')).games).toEqual([]);
  const fault = `fault=${knows.faultClass}`;
  expect((await list(fault)).games).toEqual([]);
  expect((await list(fault, knows.cookie)).games).toHaveLength(6);
  expect(page.games.map(({ faultClass }) => faultClass)).toEqual([null, null, null, null]);
  const choices = (await get<GamesChoices>(server, 'games/choices', knows.cookie)).body;
  expect(choices.faultClasses).toEqual([knows.faultClass]);
  for (const wrong of ['from=yesterday', 'after=x', 'limit=1000']) {
    expect((await get(server, `games?${wrong}`)).status).toBe(400);
  }
}

it('ranks first meetings of a seed that is the same for all, and lists the rest below', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 20 });
    try {
      const empty = (await get<Board>(server, `boards/${SCENARIO}`)).body;
      expect(empty).toMatchObject({ seed: null, seeds: [], ranked: [], practised: [], bracket: '1' });
      expect((await get(server, 'boards/no-such')).status).toBe(404);
      expect((await get(server, `boards/${SCENARIO}?seed=2020-01-01`)).status).toBe(404);
      expect((await openRoom(server, { sameForAll: 'today', seed: '7' })).status).toBe(400);
      expect((await openRoom(server, { seedOf: 'AAAA0000' })).status).toBe(404);

      const [ada, bo, cy, dee] = ['Ada', 'Bo', 'Cy', 'Dee'].map((name): Person => ({ name, cookie: '' }));
      const first = await play(server, [ada], { sameForAll: 'today' }, 'Night shift');
      expect(await place(server, first)).toEqual({
        ...{ scenarioId: SCENARIO, seedKey: empty.today, bracket: '1', why: null },
        ...{ place: 1, tied: false, of: 1 },
      });
      // Bo is new to it; Ada is not, and neither is a team that she is in.
      const second = await play(server, [bo], { sameForAll: 'today' });
      const again = await play(server, [ada], { seedOf: first });
      const together = await play(server, [cy, ada], { sameForAll: 'today' });
      const practice = await play(server, [cy], { seedOf: first, rules: { ...RANKED, mode: 'practice' } });
      expect(await place(server, second)).toMatchObject({ place: expect.any(Number), of: 2, why: null });
      expect(await place(server, again)).toMatchObject({ place: null, why: 'practised' });
      expect(await place(server, together)).toMatchObject({ bracket: '2-3', place: null, why: 'practised' });
      expect(await place(server, practice)).toMatchObject({ place: null, why: 'practice' });

      // Dee reads a debrief, without a session so far, then plays.
      const read = await get(server, `games/${first}`);
      expect(read.cookie).toMatch(/^chaotic_good_session=/);
      dee.cookie = read.cookie;
      const knowing = await play(server, [dee], { sameForAll: 'today' });
      expect(await place(server, knowing)).toMatchObject({ place: null, why: 'practised' });
      expect(await beginToWatch(server)).toMatch(/^chaotic_good_session=/);

      const board = (await get<Board>(server, `boards/${SCENARIO}`)).body;
      expect(board.seeds).toHaveLength(1);
      expect(board.seed).toMatchObject({ key: empty.today, day: empty.today, games: 5 });
      expect(board.ranked.map(({ gameId }) => gameId).sort()).toEqual([first, second].sort());
      expect(board.practised.map(({ gameId }) => gameId)).toEqual([knowing, again]);
      expect(board.brackets.map(({ games }) => games)).toEqual([4, 1, 0]);
      // The class of today's fault is for those who have met it; the seed itself is for nobody.
      expect(board.faultClass).toBeNull();
      const known = (await get<Board>(server, `boards/${SCENARIO}?bracket=1`, ada.cookie)).body;
      expect(known.faultClass).toMatch(/^[a-z-]+$/);
      const { seed } = (await get<{ seed: string }>(server, `games/${first}`)).body;
      expect(JSON.stringify([board, known])).not.toContain(seed);
      expect((await get<Board>(server, `boards/${SCENARIO}?seed=${second}`)).body.seed?.key).toBe(
        empty.today,
      );

      const ids = { first, second, again, together, practice, knowing };
      await readLists(server, ids, { cookie: ada.cookie, faultClass: known.faultClass ?? '' });
      expect(await server.stop()).toBe(0);
      expect(server.said()).not.toContain('unexpected');
    } finally {
      await server.kill();
    }
  }));
