/** What people do on the pages, against the recording. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CODE, serve } from './fake-server.ts';
import { frameAfter } from './frame-after.ts';
import { RoomPage } from './room-page.ts';
import { seatsWithHost } from './seats-with-host.ts';

test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

test('a code is read as people type it, and a wrong one says so', async ({ page }) => {
  await serve(page);
  await page.goto('/');
  await page.getByLabel('Code of the room').fill('abc');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('A code has 8 letters and digits')).toBeVisible();
  await page.getByLabel('Code of the room').fill('0000 0000');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('There is no room 0000 0000.')).toBeVisible();
  await page.getByLabel('Code of the room').fill('7kq4-m2xd');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page).toHaveURL(new RegExp(`#/room/${CODE}$`));
});

test('the lobby tells on a loopback server that only this computer can join', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: -1 });
  await expect(page.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await page.unroute('**/api/info');
  await serve(page, { publicUrl: null, lanUrls: [], onlyThisComputer: true });
  await page.reload();
  await expect(page.getByText('Only this computer can join.')).toBeVisible();
});

test('keys lead to every view, and can be switched off', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 128 });
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/\/logs$/);
  await page.keyboard.press('/');
  await expect(page.locator('#log-filter')).toBeFocused();
  await page.keyboard.type('504');
  await expect(page).toHaveURL(/q=504/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('letter keys off');
  await page.keyboard.press('Enter');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a page is declared, taken on and talked about; each shows how it stands', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 79 });
  await page.getByRole('button', { name: 'Declare', exact: true }).click();
  await page.getByRole('button', { name: /SEV2/ }).click();
  await expect(room.outbox()).toContainText('Declare SEV2');
  await page.getByLabel('Message to the team').fill('I lead.');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(room.outbox()).toContainText(/Message\s*(sent|recorded|done)/);
});

test('logs stick to the bottom, count what is new, and filter by what is clicked', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 120, tab: 'logs', speed: 4 });
  const list = page.getByRole('log', { name: 'Log lines' });
  await expect(list).toBeVisible();
  await list.evaluate((node) => (node.scrollTop = 0));
  await expect(page.getByRole('button', { name: /\d+ new ↓/ })).toBeVisible();
  await page.getByRole('button', { name: /\d+ new ↓/ }).click();
  await list.getByRole('button', { name: /error/ }).first().click();
  await expect(page).toHaveURL(/level=error/);
});

test('a row of the saturation tables opens its charts, with an address', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 128, tab: 'overview' });
  await page.getByRole('button', { name: 'worker-3', exact: true }).click();
  await expect(page).toHaveURL(/focus=node%2Fworker-3/);
  await expect(page.getByRole('region', { name: 'Charts of node/worker-3' })).toContainText('Retransmits');
});

test('the terminal recalls, completes and keeps what it printed', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 160, tab: 'terminal-1' });
  const screen = page.locator('.xterm-rows').first();
  await expect(screen).toContainText('worker-3');
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type('kubectl get n');
  await page.keyboard.press('Tab');
  await expect(screen).toContainText('kubectl get nodes');
  await page.keyboard.press('Enter');
  await expect(screen).toContainText('the line was not run');
  await room.tab('Logs').click();
  await room.tab('Terminal 1').click();
  await expect(screen).toContainText('the line was not run');
});

test('the debrief follows its scrubber and its links', async ({ page }) => {
  await serve(page);
  await page.goto('/#/games/demo');
  await page.getByRole('button', { name: '3:10' }).first().click();
  await expect(page).toHaveURL(/at=190/);
  await page.getByRole('link', { name: 'Post-mortem' }).click();
  await expect(page.getByRole('heading', { name: 'Impact' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Markdown' }).click();
  expect((await download).suggestedFilename()).toBe('EXERCISE-post-mortem-demo.md');
});

test('the host stops the clock and gives more time from the bar, by keyboard', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: 128 });
  await page.getByRole('button', { name: 'Pause for all' }).click();
  await expect(room.outbox()).toContainText('Pause for all');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '2×' }).press('Tab');
  await page.keyboard.press('Tab');
  const minutes = page.getByLabel('Minutes more');
  await expect(minutes).toBeFocused();
  await minutes.fill('45');
  await expect(page.getByText('Give whole minutes, 1 to 30 at once.')).toBeVisible();
  await minutes.fill('10');
  await expect(page.getByText('New limit: 30 min, until 14:35:00 UTC.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(room.outbox()).toContainText('10 more minutes');
  await page.getByRole('button', { name: 'End the game for everyone' }).click();
  await expect(page.getByRole('dialog', { name: 'End the game for everyone' })).toContainText('all 4 seats');
});

test('the host renames and removes a seat, by keyboard, and is asked once', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: -1 });
  await page.getByRole('button', { name: 'Change the seat of Bo' }).press('Enter');
  await expect(page.getByLabel('Name at the table')).toBeFocused();
  await page.keyboard.type('Bosephus');
  await page.keyboard.press('Enter');
  await expect(room.outbox()).toContainText('Rename to Bosephus');
  const change = page.getByRole('button', { name: 'Change the seat of Bo' });
  await expect(change).toBeFocused();
  await change.press('Enter');
  await page.getByRole('button', { name: 'Remove Bo' }).click();
  await expect(page.getByText('Remove Bo from this room?')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep Bo' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove Bo' }).click();
  await page.getByRole('button', { name: 'Remove Bo' }).click();
  await expect(room.outbox()).toContainText('Remove Bo');
});

test('anybody renames the own seat; who is removed is told so and led home', async ({ page }) => {
  const room = new RoomPage(page);
  const text = 'The host removed you from this room.';
  const bye = { atSecond: 130, message: { type: 'bye', reason: 'removed', text } } as const;
  const seats = seatsWithHost('seat-2');
  await room.join({ second: 128, speed: 1, besides: [frameAfter(128, { seats }), bye] });
  await page.getByTitle('Seats: who is here').click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Change the seat of/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Change your seat' }).click();
  await expect(page.getByText(text)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('link', { name: 'Go to the start page' }).click();
  await expect(page.getByRole('heading', { name: 'Start an incident' })).toBeVisible();
});

/** Notifications that a page would have shown; nobody is asked in a browser without a screen. */
async function recordNotices(page: Page, permission: NotificationPermission): Promise<void> {
  await page.addInitScript((first) => {
    const shown: { title: string; body: string; tag: string }[] = [];
    class Recorded {
      static permission = first;
      static requestPermission() {
        if (Recorded.permission === 'default') Recorded.permission = 'granted';
        return Promise.resolve(Recorded.permission);
      }
      onclick: () => void = () => undefined;
      constructor(title: string, { body, tag }: { body: string; tag: string }) {
        shown.push({ title, body, tag });
      }
      close() {}
    }
    Object.assign(globalThis, { Notification: Recorded, shownNotices: shown });
  }, permission);
}

function notices(page: Page) {
  return page.evaluate(() => {
    const { shownNotices } = globalThis as unknown as { shownNotices: { title: string; body: string }[] };
    return shownNotices.map(({ title, body }) => `${title} | ${body}`);
  });
}

test('a notification is asked for by a click, and comes only while the tab is hidden', async ({ page }) => {
  await recordNotices(page, 'default');
  const room = new RoomPage(page);
  await room.join({ second: -1 });
  await page.getByRole('button', { name: 'Notify me' }).click();
  await expect(page.getByText('You are notified when a page comes while this tab is hidden.')).toBeVisible();
  // The browser remembers the answer. The second page has come, and nobody has taken it on yet.
  await recordNotices(page, 'granted');
  await room.join({ second: 124 });
  await expect(page).toHaveTitle(/^▲ /, { timeout: 10_000 });
  expect(await notices(page)).toEqual([]);
  await page.addInitScript(() => Object.defineProperty(document, 'hidden', { value: true }));
  await page.reload();
  await expect.poll(() => notices(page)).toHaveLength(1);
  expect((await notices(page))[0]).toMatch(
    /^Page: .+ too fast \| Votes are failing, 14:07:\d\d UTC\. Nobody has taken it on yet\.$/,
  );
});

test('whoever has blocked notifications is told how to change it', async ({ page }) => {
  await recordNotices(page, 'denied');
  await new RoomPage(page).join({ second: -1 });
  await expect(page.getByText('This browser blocks notifications from this site.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notify me' })).toHaveCount(0);
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Notification'));
  await page.reload();
  await expect(page.getByText('One sound when a page comes')).toBeVisible();
  await expect(page.getByText('This browser blocks notifications from this site.')).toHaveCount(0);
});
