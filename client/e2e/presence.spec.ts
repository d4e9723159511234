/** Teammates are felt: where they look, what their terminals run and show, and where somebody points. */
import { expect, test } from '@playwright/test';
import type { SeatLook, ServerMessage } from '@chaotic-good/engine/protocol/wire';
import { frameAfter } from './frame-after.ts';
import { lookAt } from './look-at.ts';
import { RoomPage } from './room-page.ts';
import { seatsWithHost } from './seats-with-host.ts';

const LOOKS: SeatLook[] = [
  { seat: 'seat-2', tab: 'logs', thing: 'deployment/polls', running: '' },
  { seat: 'seat-3', tab: 'terminal-1', thing: 'node/worker-2', running: 'kubectl get pods -w' },
  { seat: 'seat-4', tab: 'logs', thing: '', running: '' },
];
const HERE = {
  type: 'here',
  seat: 'seat-3',
  chart: 'User actions that fail',
  focus: '',
  second: 90,
} as const;

test.use({ colorScheme: 'dark' });

function said(message: ServerMessage, atSecond = 128) {
  return { atSecond, message };
}

test('others are seen on tabs, map, tables and charts', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const room = new RoomPage(page);
  const besides = [said({ type: 'looks', looks: LOOKS }), said(HERE)];
  await room.join({ second: 128, tab: 'overview', besides });
  await expect(room.tab('Logs')).toContainText('Bo, Di here too');
  await expect(page.getByRole('button', { name: /^polls/ }).first()).toContainText('Bo look at it');
  await expect(page.getByRole('row', { name: /worker-2/ }).last()).toContainText('Cy look at it');
  const notice = page.getByRole('status').filter({ hasText: 'points at' });
  await expect(notice).toContainText('Cy points at 14:06:30 on “User actions that fail”');
  await expect(page.getByText('Cy: here')).toBeVisible();
  await notice.getByRole('button', { name: 'Show me' }).click();
  await expect(page).toHaveURL(/overview/);
  await lookAt(page, 'presence-overview-dark');
  await page.getByRole('button', { name: 'Point here for all: Slowest hundredth waits' }).click();
  await expect(page.getByText('You: here')).toBeVisible();
});

test('a terminal is followed from the list of seats, and left', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  const room = new RoomPage(page);
  await room.join({ second: 128, tab: 'overview', besides: [said({ type: 'looks', looks: LOOKS })] });
  await page.getByTitle('Seats: who is here').click();
  const seats = page.getByRole('dialog');
  await expect(seats).toContainText('looks at node/worker-2 and a terminal · runs kubectl get pods -w');
  await lookAt(page, 'presence-seats-light');
  await seats.getByRole('button', { name: 'See the terminal of Cy' }).click();
  await expect(room.tab('Terminal of Cy')).toHaveAttribute('aria-current', 'page');
  await expect(page.getByText('Cy has typed nothing yet.')).toBeVisible();
  await lookAt(page, 'presence-follow-light');
  await page.getByRole('button', { name: 'Stop following' }).click();
  await expect(room.tab('Terminal of Cy')).toHaveCount(0);
});

test('on a phone: a terminal is followed from its last lines on', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const room = new RoomPage(page);
  const text = 'cy:~$ kubectl top pods\nNAME  CPU(cores)\npolls-7c9d 98m\n';
  const shows = { type: 'followed', seat: 'seat-3', text, fresh: false } as const;
  const besides = [said({ type: 'looks', looks: LOOKS }), said(shows)];
  await room.join({ second: 128, tab: 'more', besides });
  await page.getByRole('button', { name: 'See the terminal of Cy' }).click();
  await expect(page.getByRole('log', { name: 'Terminal of Cy, read-only' })).toContainText('polls-7c9d 98m');
  await lookAt(page, 'presence-follow-phone');
});

for (const [what, seats, says] of [
  ['away', (seat: string) => ({ connected: seat !== 'seat-3' }), 'is away; it goes on when they are back'],
  ['removed', (seat: string) => (seat === 'seat-3' ? null : {}), 'has left the room; choose somebody else'],
] as const) {
  test(`a followed teammate who is ${what} is said to be so`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const room = new RoomPage(page);
    const now = seatsWithHost('seat-1').flatMap((one) => {
      const change = seats(one.seat);
      return change === null ? [] : [{ ...one, ...change }];
    });
    const looks = said({ type: 'looks', looks: LOOKS.filter(({ seat }) => seat !== 'seat-3') }, 130);
    const besides = [
      said({ type: 'looks', looks: LOOKS }),
      looks,
      { ...frameAfter(128, { seats: now }), atSecond: 130 },
    ];
    await room.join({ second: 128, speed: 1, tab: 'overview', besides });
    await page.getByTitle('Seats: who is here').click();
    await page.getByRole('dialog').getByRole('button', { name: 'See the terminal of Cy' }).click();
    await expect(page.getByText(says)).toBeVisible();
  });
}
