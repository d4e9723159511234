/**
 * An audience of two, a wall and a phone, watches a real round: lobby, page, network loss, end. What they
 * must never see, the team says aloud.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { readmePicture } from './readme-picture.ts';

/** Draws a CPU limit that is far too small: users are hurt soon. */
const SEED = '3';
const SAID = 'It is the CPU limit, said Ana';

async function screen(browser: Browser, size: [number, number], scheme: 'dark' | 'light'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    colorScheme: scheme,
  });
  return context.newPage();
}

/** Seconds of the day that a page's clock shows. */
async function clockOf(page: Page): Promise<number> {
  const text = (await page.locator('time').first().textContent()) ?? '';
  const [hours, minutes, seconds] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

async function fitForAll(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Nobody who watches learns a name or a word of the channel. */
async function knowsNoSecret(page: Page): Promise<void> {
  await expect(page.getByText(/\bAna\b/)).toHaveCount(0);
  await expect(page.getByText(SAID)).toHaveCount(0);
}

/** The host comes to a new room by its code. */
async function hostSits(ana: Page, code: string): Promise<string> {
  await ana.goto(`/#/room/${code}`);
  await ana.getByLabel('Your name at the table').fill('Ana');
  await ana.getByRole('button', { name: 'Take a seat' }).click();
  return (await ana.getByRole('link', { name: 'Watch link' }).getAttribute('href')) ?? '';
}

/** The room is paged, speaks, and declares; the audience learns of the page and the declaration later. */
async function teamIsPaged(ana: Page, watching: Page[]): Promise<void> {
  const page = 'Voting spends its error budget too fast';
  await expect(ana.getByText(page).first()).toBeVisible({ timeout: 120_000 });
  for (const one of watching) await expect(one.getByText(page)).toHaveCount(0);
  await ana.getByLabel('Message to the team').fill(SAID);
  await ana.getByRole('button', { name: 'Send' }).click();
  await ana.getByRole('button', { name: 'Declare', exact: true }).click();
  await ana.getByRole('button', { name: /SEV2/ }).click();
  await expect(ana.getByText('SEV2').first()).toBeVisible();
  for (const one of watching) {
    await expect(one.getByText(page).first()).toBeVisible({ timeout: 40_000 });
    await expect(one.getByText('SEV2', { exact: true }).first()).toBeVisible({ timeout: 40_000 });
    await expect(one.getByText(/user actions fail each second/)).toBeVisible();
    await knowsNoSecret(one);
  }
}

async function hostEnds(ana: Page): Promise<void> {
  await ana.keyboard.press('ControlOrMeta+k');
  await ana.getByPlaceholder('Go to, do, find a pod').fill('End the game');
  await ana.keyboard.press('Enter');
  await ana.getByRole('button', { name: 'End the game', exact: true }).click();
}

test('an audience sees a round 20 s late, by role, and can touch nothing', async ({ browser, request }) => {
  const made = await request.post('/api/rooms', { data: { scenario: 'polls-mystery', seed: SEED } });
  const { code } = (await made.json()) as { code: string };
  const ana = await screen(browser, [1440, 900], 'dark');
  const wall = await screen(browser, [1440, 900], 'dark');
  const phone = await screen(browser, [390, 844], 'light');
  const watching = [wall, phone];
  const link = await hostSits(ana, code);
  for (const one of watching) await one.goto(link);
  await expect(wall.getByText(/The first picture comes in at most \d+ s/)).toBeVisible();
  for (const one of watching) {
    await expect(one.getByText('The clock has not started')).toBeVisible();
    await expect(one.getByText('20 s behind the room')).toBeVisible();
    await fitForAll(one);
  }

  await ana.getByRole('button', { name: 'Start the clock' }).click();
  for (const one of watching) await expect(one.getByText('Failed user actions')).toBeVisible();
  expect((await clockOf(ana)) - (await clockOf(wall))).toBeGreaterThan(60);
  await teamIsPaged(ana, watching);
  for (const one of watching) await fitForAll(one);
  await readmePicture(wall, 'watch');

  await phone.context().setOffline(true);
  await expect(phone.getByText(/Connection lost at [\d:]+ UTC/)).toBeVisible();
  await phone.context().setOffline(false);
  await expect(phone.getByText(/Connection lost/)).toHaveCount(0);

  await hostEnds(ana);
  for (const one of watching) {
    await expect(one.getByText('The host has ended it.')).toBeVisible({ timeout: 40_000 });
    await knowsNoSecret(one);
    await fitForAll(one);
  }
  await phone.getByRole('link', { name: 'Finished incidents' }).click();
  const played = phone.locator(`a[href="#/games/${code}"]`);
  await expect(played).toHaveText('Votes are failing', { timeout: 60_000 });
});

test('a room that is not there is said so at once', async ({ page }) => {
  await page.goto('/#/watch/00000000');
  await expect(page.getByText('There is no room of this code.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Finished incidents' })).toBeVisible();
  await fitForAll(page);
});
