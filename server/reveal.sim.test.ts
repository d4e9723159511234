/**
 * From the close to the truth: a game that its host ends without a diagnosis tells nobody what was drawn,
 * until the team files, or a minute has passed.
 *
 * Method   A child process and real sockets. The clock is 1.5 times as fast, so the minute is 40 s: long
 *          enough for spectators, who are 20 s late, to see the close before the truth is told.
 */
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { drawnInstance, drawScenario } from '@chaotic-good/engine/incident/draw';
import type { ScenarioDraw } from '@chaotic-good/engine/incident/draw';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { withTemporaryFolder } from './journal/testing/temporary-folder.ts';
import { startServer } from './testing/start-server.ts';
import type { RunningServer } from './testing/start-server.ts';
import { TestPlayer } from './testing/test-player.ts';

const SCENARIO = 'polls-mystery';
const { scenario } = findScenario(SCENARIO)!;
const CLOCK_FACTOR = 1.5;
const FILING_MS = 60_000 / CLOCK_FACTOR;
/** It begins that early at the latest, so the test need not wait long. */
const ONSET_MICROS_MAX = scenario.onsetSeconds[0] * 1e6 + 3e6;

/** A seed that edits a rule, soon. Nothing that is shown in play names that rule by itself. */
function earlySeed(): { seed: string; draw: ScenarioDraw } {
  for (let number = 1; number < 10_000; number++) {
    const seed = String(number);
    const draw = drawScenario(scenario, seedFromText(seed));
    const early = draw.onsetMicros < ONSET_MICROS_MAX;
    if (early && draw.instance === 'policy-selector') return { seed, draw };
  }
  throw new Error('no seed draws it early');
}

/** Somebody who plays alone and keeps every word that was heard. */
async function playAlone({ origin }: RunningServer, name: string, seed: string) {
  const code = await TestPlayer.openRoom(origin, SCENARIO, seed);
  const player = new TestPlayer(name);
  const heard: string[] = [];
  player.onMessage = (message) => {
    // The welcome lists all components and all mechanisms, the same for every game.
    if (message.type === 'frame') heard.push(JSON.stringify(message.frame.view));
    else if (message.type !== 'welcome') heard.push(JSON.stringify(message));
  };
  await player.join(origin, code);
  await player.perform({ type: 'StartIncident' });
  return { player, code, heard };
}

/** Watches a room; keeps every text. */
function watch({ origin }: RunningServer, code: string) {
  const heard: string[] = [];
  const socket = io(`${origin}/public`, { auth: { code }, transports: ['websocket'], forceNew: true });
  socket.onAny((_event, ...texts: unknown[]) => heard.push(...texts.map(String)));
  return { socket, heard };
}

/** What would give the truth away. */
function secretsOf(seed: string, draw: ScenarioDraw): string[] {
  const { instance } = drawnInstance(scenario, draw);
  return [
    draw.instance,
    instance.component,
    `"${draw.fault}"`,
    String(draw.onsetMicros),
    'The fault began',
    'fault-started',
    'golden',
    ...instance.evidence.map(({ title }) => title),
    `"seed":"${seed}"`,
  ];
}

function toldOf(secrets: readonly string[], texts: readonly string[]): string[] {
  return secrets.filter((secret) => texts.some((text) => text.includes(secret)));
}

async function readOverHttp({ origin }: RunningServer, code: string): Promise<string[]> {
  const paths = [
    `/api/games/${code}`,
    `/api/games/${code}/post-mortem.md`,
    '/api/games',
    `/api/rooms/${code}`,
  ];
  return Promise.all(paths.map(async (path) => (await fetch(`${origin}${path}`)).text()));
}

it('nobody learns the truth from the close on until the team files, or a minute has passed', () =>
  withTemporaryFolder(async (dataDir) => {
    const { seed, draw } = earlySeed();
    const secrets = secretsOf(seed, draw);
    const server = await startServer({ dataDir, clockFactor: CLOCK_FACTOR });
    const sockets: ReturnType<typeof watch>[] = [];
    try {
      const files = await playAlone(server, 'Adalinda', seed);
      const waits = await playAlone(server, 'Bosephus', seed);
      sockets.push(watch(server, files.code));
      for (const { player } of [files, waits]) {
        await player.until(() => (player.view.atMicros ?? 0) > draw.onsetMicros + 2e6, 'the fault');
      }
      await waits.player.perform({ type: 'EndIncident' });
      await files.player.perform({ type: 'EndIncident' });
      const closedMs = performance.now();
      await files.player.until(() => files.player.view.phase === 'closed', 'the close');

      // Whoever comes back, asks, or comes to watch now is told no more than the others.
      await files.player.leave();
      await files.player.comeBack();
      files.player.say({ type: 'query', requestId: 'too-early', query: { kind: 'debrief' } });
      await expect.poll(() => files.heard.some((text) => text.includes('too-early'))).toBe(true);
      expect(files.player.view).toMatchObject({ phase: 'closed', closed: 'host', revealed: false });
      const [spectator] = sockets;
      const sawClose = () => spectator.heard.some((text) => text.includes('"closed":"host"'));
      await expect.poll(sawClose, { timeout: 25_000, interval: 100 }).toBe(true);
      sockets.push(watch(server, files.code));
      await expect.poll(() => sockets[1].heard.some((text) => text.includes('"full":true'))).toBe(true);
      expect(toldOf(secrets, files.heard), 'to a seat').toEqual([]);
      expect(
        toldOf(
          secrets,
          sockets.flatMap(({ heard }) => heard),
        ),
        'to spectators',
      ).toEqual([]);
      expect(toldOf(secrets, await readOverHttp(server, files.code)), 'over HTTP').toEqual([]);
      expect(toldOf(secrets, waits.heard), 'to the one who waits').toEqual([]);
      expect(performance.now() - closedMs, 'the minute is not over').toBeLessThan(FILING_MS);

      // Filing tells it at once, also when it is wrong.
      await files.player.perform({
        type: 'FileDiagnosis',
        component: 'node/worker-1',
        mechanism: 'packet-loss',
      });
      await files.player.until(() => files.player.view.revealed === true, 'the truth');
      expect(toldOf(['The fault began', draw.instance], files.heard)).toHaveLength(2);
      const debrief = await files.player.debrief();
      expect(debrief.truth.component).toBe(drawnInstance(scenario, draw).instance.component);
      expect(debrief.diagnosis?.component).toBe('node/worker-1');
      expect(debrief.runOn?.values.length).toBe(debrief.runOn?.seconds);

      // Who files nothing is told when the minute is over, and can file no more.
      await waits.player.until(() => waits.player.view.revealed === true, 'the minute');
      expect(performance.now() - closedMs).toBeGreaterThan(FILING_MS - 2000);
      const late = await waits.player.command({
        type: 'FileDiagnosis',
        component: 'node/worker-1',
        mechanism: 'packet-loss',
      });
      expect(late).toMatchObject({ ack: { outcome: { ok: false } } });
      expect((await waits.player.debrief()).diagnosis).toBeNull();
      await Promise.all([files.player.leave(), waits.player.leave()]);
    } finally {
      for (const { socket } of sockets) socket.close();
      await server.kill();
    }
  }));
