/**
 * The end of a round over real sockets: the host leads everybody through the debrief, then opens the next
 * round, and everybody goes along; after a restart the room's code leads there too.
 */
import { expect, it } from 'vitest';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { startServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

type Guest = { player: TestPlayer; steps: number[] };

/** Joins; keeps the steps to which it was moved. */
async function guest(origin: string, code: string, name: string): Promise<Guest> {
  const player = new TestPlayer(name);
  const steps: number[] = [];
  player.onMessage = (message) => {
    if (message.type === 'beat') steps.push(message.beat);
  };
  await player.join(origin, code);
  return { player, steps };
}

async function askForNextRound(origin: string, code: string, { cookie }: TestPlayer) {
  const headers = { 'content-type': 'application/json', cookie };
  const response = await fetch(`${origin}/api/rooms/${code}/rounds`, { method: 'POST', headers, body: '{}' });
  return { status: response.status, body: (await response.json()) as { [name: string]: unknown } };
}

/** Nothing to lead through before the truth is told; then only the host moves others. */
async function readTogether(ada: Guest, bo: Guest): Promise<void> {
  ada.player.say({ type: 'beat', beat: 2 });
  await ada.player.perform({ type: 'EndIncident' });
  await bo.player.until(() => bo.player.view.revealed === true, 'the truth');
  bo.player.say({ type: 'beat', beat: 3 });
  ada.player.say({ type: 'beat', beat: 2 });
  await expect.poll(() => bo.steps).toEqual([2]);
  await bo.player.leave();
  ada.player.say({ type: 'beat', beat: 3 });
  await bo.player.comeBack();
  await expect.poll(() => bo.steps).toEqual([2, 3]);
  expect(ada.steps, 'the host is not moved by anybody').toEqual([]);
  expect(JSON.stringify(ada.player.frames.timeline)).not.toContain('beat');
}

/** Everybody in the lobby of the second round, as they were. */
function expectSecondLobby({ player }: Guest, code: string): void {
  expect(player.room).toMatchObject({ code, round: 2, scenarioId: 'polls-mystery' });
  expect(player.room?.incidentId).not.toBe(code);
  expect(player.view).toMatchObject({
    phase: 'lobby',
    team: 'Night shift',
    locked: true,
    rules: { mode: 'ranked', calmSeconds: 0 },
  });
  expect(player.view.seats?.map(({ name, host, wish }) => ({ name, host, wish }))).toEqual([
    { name: 'Adalinda', host: true, wish: 'incident-commander' },
    { name: 'Bosephus', host: false, wish: null },
  ]);
}

it('moves all seats through the debrief, and on to the next round', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 40 });
    const { origin } = server;
    const rules = { mode: 'ranked', calmSeconds: 0 } as const;
    const code = await TestPlayer.openRoom(origin, 'polls-mystery', undefined, rules);
    const ada = await guest(origin, code, 'Adalinda');
    const bo = await guest(origin, code, 'Bosephus');
    const cy = await guest(origin, code, 'Cyprian');
    const seats = [ada.player.seat, bo.player.seat];
    let later: Awaited<ReturnType<typeof startServer>> | undefined;
    try {
      await ada.player.perform({ type: 'ChooseRole', role: 'incident-commander' });
      await ada.player.perform({ type: 'RemoveSeat', seat: cy.player.seat });
      await ada.player.perform({ type: 'NameTeam', name: 'Night shift' });
      await ada.player.perform({ type: 'LockRoom', locked: true });
      await ada.player.perform({ type: 'StartIncident' });
      const early = await askForNextRound(origin, code, ada.player);
      expect(early).toMatchObject({ status: 409, body: { error: 'not-ready' } });
      const diagnosis = { component: 'node/worker-1', mechanism: 'packet-loss' } as const;
      await ada.player.perform({ type: 'FileDiagnosis', ...diagnosis });
      await readTogether(ada, bo);

      expect(await askForNextRound(origin, code, bo.player)).toMatchObject({ status: 403 });
      expect(await askForNextRound(origin, code, cy.player)).toMatchObject({ status: 403 });
      const opened = await Promise.all([1, 2].map(() => askForNextRound(origin, code, ada.player)));
      expect(opened.map(({ status }) => status).sort(), 'pressed twice, opened once').toEqual([201, 409]);
      for (const { player } of [ada, bo]) {
        await player.until(() => !player.isConnected, 'the end of the round');
        expect(player.farewell).toBe('next-round');
        await player.comeBack();
      }
      for (const one of [ada, bo]) expectSecondLobby(one, code);
      expect([ada.player.seat, bo.player.seat], 'the same seats').toEqual(seats);
      await expect(cy.player.comeBack(), 'who was removed stays removed').rejects.toThrow('403');
      await bo.player.perform({ type: 'SetReady', ready: true });

      await server.kill();
      later = await startServer({ dataDir, clockFactor: 40 });
      for (const one of [ada, bo]) {
        await one.player.comeBack(later.origin);
        expectSecondLobby(one, code);
      }
      await Promise.all([ada.player.leave(), bo.player.leave()]);
    } finally {
      await Promise.all([server.kill(), later?.kill()]);
    }
  }));
