/**
 * One player without a pointer: from the first page to the end of the debrief by keys alone, in and out of
 * the terminal.
 */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { line } from './people.ts';

/** Draws a CPU limit that is far too small; `rollout undo` cures it. */
const SEED = '3';
const TABS_MAX = 150;

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < TABS_MAX; presses++) {
    const has = await wanted.first().evaluate((node) => node === document.activeElement);
    if (has) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${TABS_MAX} times Tab did not lead to ${wanted}`);
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press('Enter');
}

/** By the list of everything. */
async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Go to, do, find a pod').waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Keys of the page, not of the terminal: whoever is in it leaves it by the list of everything. */
async function type(page: Page, text: string, shows: RegExp): Promise<void> {
  await command(page, 'Terminal 1');
  await line(page, text, shows);
}

/** Types the next lines while the first still runs: no letter is lost, and they run in order. */
async function typeAhead(page: Page): Promise<void> {
  await command(page, 'Terminal 1');
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type('kubectl get pods\rkubectl top pods\rkubectl rollout history deploy');
  const rows = page.locator('.xterm-rows').first();
  await expect(rows).toContainText(/RESTARTS.*CPU\(cores\).*kubectl rollout history deploy\s*$/s);
  await page.keyboard.press('Control+c');
}

async function choose(page: Page, field: string, value: string): Promise<void> {
  await tabTo(page, page.getByRole('dialog').getByLabel(field));
  await page.getByRole('dialog').getByLabel(field).selectOption(value);
}

async function diagnose(page: Page): Promise<void> {
  await command(page, 'File the diagnosis');
  await choose(page, 'Component', 'deployment/polls');
  await choose(page, 'Mechanism', 'cpu-limit');
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'File diagnosis' }));
}

test('a round by keys alone', async ({ page, request }) => {
  const made = await request.post('/api/rooms', { data: { scenario: 'polls-mystery', seed: SEED } });
  const { code } = (await made.json()) as { code: string };
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/#/');
  await tabTo(page, page.getByLabel('Code of the room'));
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Your name at the table'));
  await page.keyboard.type('Ana');
  await page.keyboard.press('Enter');
  await press(page, page.getByRole('button', { name: 'Start the clock' }));
  await expect(page.getByText('No incident declared')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('acknowledge the newest page');
  await page.keyboard.press('Escape');

  const paged = page.getByText('Voting spends its error budget too fast').first();
  await expect(paged).toBeVisible({ timeout: 180_000 });
  await page.keyboard.press('a');
  await expect(page.getByText(/Ana has it/).first()).toBeVisible();
  await command(page, 'Declare the incident');
  await press(page, page.getByRole('button', { name: /SEV2/ }));
  await expect(page.getByText('SEV2').first()).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/logs/);
  await page.keyboard.press('/');
  await expect(page.locator('#log-filter')).toBeFocused();
  await typeAhead(page);
  await type(page, 'kubectl rollout undo deployment/polls', /rolled back/);

  const resolution = page.getByRole('region', { name: 'Resolution' });
  await expect(resolution).toContainText(/Holds: \d+ s to go/, { timeout: 180_000 });
  await diagnose(page);
  await expect(resolution.getByText('Recovered', { exact: true })).toBeVisible({ timeout: 240_000 });
  await command(page, 'Declare it resolved');
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Declare resolved' }));

  await expect(page.getByRole('heading', { name: 'What your users lost' })).toBeVisible({ timeout: 90_000 });
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'The truth' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'What it was worth' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Durable/).first()).toBeVisible();
});
