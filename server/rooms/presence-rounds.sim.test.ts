/** Presence from round to round: nothing goes along, and teammates are felt and followed there as well. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ServerMessage } from '@chaotic-good/engine/protocol/wire';
import { withTemporaryFolder } from '../journal/testing/temporary-folder.ts';
import { startServer } from '../testing/start-server.ts';
import { TestPlayer } from '../testing/test-player.ts';

/** More than the time for which changes are gathered, milliseconds. */
const TOLD_MS = 1200;
const POLL = { timeout: 15_000 };

async function playAndLook(watching: TestPlayer, watched: TestPlayer, tab: string): Promise<ServerMessage[]> {
  const heard: ServerMessage[] = [];
  watching.onMessage = (message) => void heard.push(message);
  watching.say({ type: 'follow', seat: watched.seat });
  watched.say({ type: 'look', tab, thing: '' });
  await watched.type(`echo in ${tab}`);
  const look = { seat: watched.seat, tab, thing: '', running: '' };
  await expect.poll(() => heard, POLL).toContainEqual({ type: 'looks', looks: [look] });
  const shown = () => heard.map((one) => (one.type === 'followed' ? one.text : '')).join('');
  await expect.poll(shown, POLL).toContain(`in ${tab}\n`);
  return heard;
}

it('the next round begins with nothing of the last one, and following works there', () =>
  withTemporaryFolder(async (dataDir) => {
    const server = await startServer({ dataDir, clockFactor: 40 });
    const { origin } = server;
    try {
      const code = await TestPlayer.openRoom(origin, 'polls-mystery', '7');
      const [ada, bo] = ['Ada', 'Bo'].map((name) => new TestPlayer(name));
      for (const player of [ada, bo]) await player.join(origin, code);
      await ada.perform({ type: 'StartIncident' });
      await playAndLook(ada, bo, 'logs');
      await ada.perform({ type: 'EndIncident' });
      await ada.until(() => ada.view.revealed === true, 'the truth');
      const headers = { 'content-type': 'application/json', cookie: ada.cookie };
      const { status } = await fetch(`${origin}/api/rooms/${code}/rounds`, {
        method: 'POST',
        headers,
        body: '{}',
      });
      expect(status).toBe(201);
      for (const player of [ada, bo]) await player.until(() => player.farewell === 'next-round', 'the round');
      const heard: ServerMessage[] = [];
      ada.onMessage = (message) => void heard.push(message);
      for (const player of [ada, bo]) await player.comeBack();
      await sleep(TOLD_MS);
      expect(heard.filter((one) => one.type === 'looks' && one.looks.length > 0)).toEqual([]);
      expect(heard.filter(({ type }) => type === 'followed')).toEqual([]);
      await ada.perform({ type: 'StartIncident' });
      const inNext = await playAndLook(ada, bo, 'status');
      expect(JSON.stringify(inNext)).not.toContain('in logs');
      for (const player of [ada, bo]) await player.leave();
    } finally {
      await server.kill();
    }
  }));
