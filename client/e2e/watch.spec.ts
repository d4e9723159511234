/** The page of an audience, in every state, dark, light, on a phone and on a wall. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CODE, serve } from './fake-server.ts';
import { FakeSpectators } from './fake-spectators.ts';
import type { FakeRoom } from './fake-spectators.ts';

const PICTURES = join(import.meta.dirname, '.cache/pictures');

const NO_ROOM = 'There is no room of this code. Check it with whoever sent it.';
const FULL = 'Too many people watch. Try again later.';

/** Scenes by name: what the server tells, and what the page says then. */
const SCENES: [name: string, room: FakeRoom, says: RegExp][] = [
  ['waiting', { second: null }, /The first picture comes in at most \d+ s/],
  ['lobby', { second: -1 }, /The clock has not started/],
  ['calm', { second: 30 }, /Nobody has been paged yet/],
  ['live', { second: 128 }, /user actions fail each second/],
  ['holding', { second: 215 }, /Recovered in \d+ s if nothing more fails/],
  ['recovered', { second: 260 }, /Held for 90 s: recovered/],
  ['paused', { second: 128, change: { phase: 'paused' } }, /The team has stopped the clock/],
  ['ended', { second: 300 }, /The team has resolved it/],
  ['no-room', { second: null, refused: { why: 'no-room', sentence: NO_ROOM } }, /There is no room/],
  ['full', { second: null, refused: { why: 'full', sentence: FULL } }, /Too many people watch/],
];

/** Differ from others only in the words of one line. */
const BY_LINE = ['calm', 'recovered', 'paused', 'full'];
const ON_A_WALL = ['waiting', 'lobby', 'live', 'ended', 'no-room'];

async function watch(page: Page, room: FakeRoom, query = ''): Promise<FakeSpectators> {
  await serve(page);
  const spectators = new FakeSpectators(room);
  await spectators.serve(page);
  await page.goto(`/#/watch/${CODE}${query}`);
  return spectators;
}

async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(PICTURES, `watch-${name}.png`), fullPage: name.endsWith('phone') });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}\n  ${nodes[0].failureSummary}`);
  expect(told.join('\n')).toBe('');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
  await expect(page.getByText(/\b(Ana|Bo|Cy|Di)\b/), 'nobody is called by name').toHaveCount(0);
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 } });
    const some = SCENES.filter(([name]) => colorScheme === 'dark' || !BY_LINE.includes(name));
    for (const [name, room, says] of some) {
      test(`${name} can be watched by everyone`, async ({ page }) => {
        await watch(page, room);
        await expect(page.getByText(says).first()).toBeVisible();
        await expect(page.getByText('20 s behind the room')).toBeVisible();
        await look(page, `${name}-${colorScheme}`);
      });
    }
  });
}

test.describe('phone', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const [name, room, says] of SCENES.filter(([one]) => !BY_LINE.includes(one))) {
    test(`${name} fits a phone`, async ({ page }) => {
      await watch(page, room);
      await expect(page.getByText(says).first()).toBeVisible();
      await look(page, `${name}-phone`);
    });
  }
});

test.describe('wall', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1920, height: 1080 } });
  for (const [name, room, says] of SCENES.filter(([one]) => ON_A_WALL.includes(one))) {
    test(`${name} can be read on a wall, without scrolling`, async ({ page }) => {
      await watch(page, room);
      await expect(page.getByText(says).first()).toBeVisible();
      await look(page, `${name}-wall`);
      const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(below).toBeLessThanOrEqual(0);
    });
  }

  test('the size of letters is in the address', async ({ page }) => {
    await watch(page, { second: 128 });
    await page.getByRole('button', { name: 'Wall size' }).press('Enter');
    await expect(page).toHaveURL(/wall=0/);
    await expect(page.getByRole('button', { name: 'Wall size' })).toHaveAttribute('aria-pressed', 'false');
  });
});

test('the public reads what the team posts, and not who posted it', async ({ page }) => {
  await watch(page, { second: 215 });
  const status = page.getByRole('region', { name: 'Status page, as customers read it' });
  await expect(status).toContainText('Affected: Vote. A fix is in place. We keep watching.');
  await expect(status).toContainText('next update due in 4:55');
  await expect(status).toContainText('Before: Investigating 14:06:28');
  await expect(status).not.toContainText('Comms');
});

test('a lost connection says since when, keeps the picture, and comes back by itself', async ({ page }) => {
  const spectators = await watch(page, { second: 128 });
  await expect(page.getByText('Vote', { exact: true }).first()).toBeVisible();
  const { y: before = 0 } = (await page.getByRole('table').boundingBox()) ?? {};
  await spectators.cut();
  await expect(page.getByText(/Connection lost at [\d:]+ UTC, \d+ s ago/)).toBeVisible();
  await expect(page.getByText('Vote', { exact: true }).first()).toBeVisible();
  expect((await page.getByRole('table').boundingBox())?.y, 'nothing jumps').toBe(before);
  await look(page, 'lost');
  spectators.restore();
  await expect(page.getByText(/Connection lost/)).toHaveCount(0, { timeout: 20_000 });
  expect((await page.getByRole('table').boundingBox())?.y).toBe(before);
});

test('a code that is none is said so, and a server that does not answer too', async ({ page }) => {
  const spectators = await watch(page, { second: 128 });
  await spectators.cut();
  await page.reload();
  await expect(page.getByText(/The server has not answered for \d+ s/)).toBeVisible({ timeout: 15_000 });
  await page.goto('/#/watch/UUUU');
  await expect(page.getByText('UUUU is not a code of a room.')).toBeVisible();
});

test('the lobby gives the link, and the other pages do not load what watching needs', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => void asked.push(request.url()));
  await serve(page);
  await page.goto(`/?replay=demo.json&from=-1&speed=0#/room/${CODE}`);
  await expect(page.getByRole('link', { name: 'Watch link' })).toHaveAttribute('href', /#\/watch\/7KQ4M2XD$/);
  expect(asked.filter((url) => url.includes('WatchPage'))).toEqual([]);
});
