/**
 * One player with a phone and one thumb: finds and mends the fault on the real server by taps and the Enter
 * button only. No command is typed.
 */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { lookAt } from '../look-at.ts';

/** Draws a CPU limit that is far too small; `rollout undo` cures it. */
const SEED = '3';
const POLLS = 'Facts of deployment/polls';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name }).tap();
}

/** Takes a seat under a name and starts the clock. */
async function begin(page: Page, code: string): Promise<void> {
  await page.goto(`/#/room/${code}`);
  await page.getByLabel('Your name at the table').fill('Ana');
  await page.getByRole('button', { name: 'Take a seat' }).tap();
  await page.getByRole('button', { name: 'Start the clock' }).tap();
}

/** Opens the facts of the application by the map. */
async function openPolls(page: Page): Promise<void> {
  await tab(page, 'More');
  await page.getByRole('link', { name: 'Map, pods and nodes' }).tap();
  await page
    .getByRole('button', { name: /^polls/ })
    .first()
    .tap();
  await expect(page.getByRole('complementary', { name: POLLS })).toContainText('Actions');
}

/** Taps an action and the Enter button, and waits for what the line prints. */
async function act(page: Page, action: RegExp, prints: RegExp): Promise<void> {
  await page.getByRole('button', { name: action }).tap();
  await page.getByRole('button', { name: 'Enter', exact: true }).tap();
  await expect(page.locator('.xterm-rows').first()).toContainText(prints, { timeout: 60_000 });
}

/** Suspects the CPU limit, and puts that on the board. */
async function suspect(page: Page): Promise<void> {
  const facts = page.getByRole('complementary', { name: POLLS });
  await expect(facts).toContainText('CPU 100m');
  await expect(facts).toContainText('release 2.14.1');
  await facts.getByText('The CPU limit is too small').tap();
  await facts.getByRole('button', { name: 'Put on the board' }).tap();
  await expect(facts.getByText('on the board of hypotheses')).toBeVisible();
}

/** Files the diagnosis: two choices and a button. */
async function diagnose(page: Page): Promise<void> {
  await tab(page, 'Status');
  await page.getByRole('button', { name: 'File diagnosis' }).first().tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Component').selectOption('deployment/polls');
  await dialog.getByLabel('Mechanism').selectOption('cpu-limit');
  await dialog.getByRole('button', { name: 'File diagnosis' }).tap();
  await expect(page.getByText('File again').first()).toBeVisible();
}

test('one player finds and mends it on a phone, by taps and Enter only', async ({ page, request }) => {
  const made = await request.post('/api/rooms', { data: { scenario: 'polls-mystery', seed: SEED } });
  const { code } = (await made.json()) as { code: string };
  await begin(page, code);
  const alert = page.getByText('Voting spends its error budget too fast').first();
  await expect(alert).toBeVisible({ timeout: 180_000 });

  await openPolls(page);
  await suspect(page);
  await lookAt(page, 'thumb-facts');
  await act(page, /^Rollout history/, /release 2\.14\.1/);
  await lookAt(page, 'thumb-terminal');
  await openPolls(page);
  await act(page, /^Undo the rollout/, /rolled back/);
  await diagnose(page);
  await openPolls(page);
  await expect(page.getByRole('complementary', { name: POLLS })).toContainText('3 of 3 pods ready', {
    timeout: 90_000,
  });
  await page.getByRole('button', { name: /^Close/ }).tap();
  await tab(page, 'Status');
  const held = page.getByRole('region', { name: 'Resolution' }).getByText('Recovered', { exact: true });
  await expect(held).toBeVisible({ timeout: 180_000 });
});
