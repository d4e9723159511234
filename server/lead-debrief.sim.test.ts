/** The host leads everybody through the debrief: over real sockets, heard by all, recorded by nobody. */
import { expect, it } from 'vitest';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { startServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

/** Joins; keeps the steps to which it was moved. */
async function guest(origin: string, code: string, name: string) {
  const player = new TestPlayer(name);
  const steps: number[] = [];
  player.onMessage = (message) => {
    if (message.type === 'beat') steps.push(message.beat);
  };
  await player.join(origin, code);
  return { player, steps };
}

it('moves all seats once the truth is told, and whoever comes later; only the host does', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 40 });
    try {
      const { origin } = server;
      const code = await TestPlayer.openRoom(origin, 'polls-mystery');
      const ada = await guest(origin, code, 'Adalinda');
      const bo = await guest(origin, code, 'Bosephus');
      await ada.player.perform({ type: 'StartIncident' });
      const diagnosis = { component: 'node/worker-1', mechanism: 'packet-loss' } as const;
      await ada.player.perform({ type: 'FileDiagnosis', ...diagnosis });
      // Nothing to lead through yet.
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
      await Promise.all([ada.player.leave(), bo.player.leave()]);
    } finally {
      await server.kill();
    }
  }));
