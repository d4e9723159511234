/** Every page in dark, in light and on a phone: nothing that axe finds, and a picture to look at. */
import type { Page } from '@playwright/test';
import { CODE, serve } from './fake-server.ts';
import { frameAfter } from './frame-after.ts';
import { lookAtScenes } from './look-at-scenes.ts';
import type { Scene } from './look-at-scenes.ts';
import { RoomPage } from './room-page.ts';
import { seatsWithHost } from './seats-with-host.ts';

/** Pages by name: how to get there. */
const PAGES: Scene[] = [
  ['home', (page) => goto(page, '#/')],
  ['scenarios', (page) => goto(page, '#/scenarios')],
  ['games', (page) => goto(page, '#/games')],
  ['games-none', (page) => goto(page, '#/games?team=nobody')],
  ['board', (page) => goto(page, '#/boards/polls-mystery?mark=demo')],
  ['board-none', (page) => goto(page, '#/boards/polls-mystery?bracket=4-up')],
  ['beat-place', (page) => goto(page, '#/games/demo?beat=3')],
  ['debrief', (page) => goto(page, '#/games/demo')],
  ['join', (page) => goto(page, `#/room/${CODE}`)],
  ['lobby', (page) => new RoomPage(page).join({ second: -1 })],
  ['calm', (page) => new RoomPage(page).join({ second: 20 })],
  ['overview', (page) => new RoomPage(page).join({ second: 128, tab: 'overview' })],
  ['focus', (page) => new RoomPage(page).join({ second: 160, tab: 'overview?focus=node/worker-3' })],
  ['logs', (page) => new RoomPage(page).join({ second: 128, tab: 'logs' })],
  ['terminal', (page) => new RoomPage(page).join({ second: 160, tab: 'terminal' })],
  ['recovered', (page) => new RoomPage(page).join({ second: 270, tab: 'overview' })],
  [
    'lobby-seat',
    async (page) => {
      await new RoomPage(page).join({ second: -1 });
      await page.getByRole('button', { name: 'Change the seat of Bo' }).click();
    },
  ],
  [
    'removed',
    async (page) => {
      const text = 'The host removed you from this room. What you did here stays in its record.';
      const bye = { type: 'bye', reason: 'removed', text } as const;
      await new RoomPage(page).join({ second: 128, besides: [{ atSecond: 128, message: bye }] });
      await page.getByText(text).waitFor();
    },
  ],
  ['paused', (page) => pause(page, 'seat-2')],
  ['paused-host', (page) => pause(page, 'seat-1')],
];
const BY_HOST = { seq: 9001, kind: 'incident-paused', text: 'stopped the clock', tone: 'neutral' } as const;

/** The clock stands still; whoever stopped it is the host. */
async function pause(page: Page, host: string, tab = 'overview'): Promise<void> {
  const seats = seatsWithHost(host);
  const timeline = [{ ...BY_HOST, seat: host, atMicros: 128e6 }];
  const frame = frameAfter(128, { phase: 'paused', seats, timeline });
  await new RoomPage(page).join({ second: 128, tab, besides: [frame] });
}

const DESK: Scene[] = [
  ...PAGES,
  [
    'seats',
    async (page) => {
      await new RoomPage(page).join({ second: 128, tab: 'overview' });
      await page.getByTitle('Seats: who is here').click();
      await page.getByRole('button', { name: 'Change the seat of Bo' }).click();
      await page.getByRole('button', { name: 'Remove Bo' }).click();
    },
  ],
  [
    'host',
    async (page) => {
      await new RoomPage(page).join({ second: 128, tab: 'overview' });
      await page.getByRole('button', { name: 'Host' }).click();
      await page.getByRole('button', { name: 'Extend' }).waitFor();
    },
  ],
];
const PHONE: Scene[] = [
  ...PAGES,
  ['more-paused', (page) => pause(page, 'seat-1', 'more')],
  ['status', (page) => new RoomPage(page).join({ second: 128, tab: 'status' })],
  ['channel', (page) => new RoomPage(page).join({ second: 128, tab: 'channel' })],
  ['more', (page) => new RoomPage(page).join({ second: 128, tab: 'more' })],
  ['map', (page) => new RoomPage(page).join({ second: 128, tab: 'map' })],
];

async function goto(page: Page, hash: string): Promise<void> {
  await serve(page);
  await page.goto(`/${hash}`);
  await page.getByRole('heading').first().waitFor();
}

lookAtScenes(DESK, PHONE);
