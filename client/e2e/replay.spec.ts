/** A finished game played again: any second, any seat, moment to moment, by pointer and by key. */
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { serve } from './fake-server.ts';
import { lookAtScenes } from './look-at-scenes.ts';
import type { Scene } from './look-at-scenes.ts';

const CACHE = join(import.meta.dirname, '.cache');
const OTHER = 'This game was played on another version of the simulation, which this server no longer runs.';

async function serveReplay(page: Page): Promise<void> {
  await serve(page);
  const file = (name: string, contentType: string) => ({ path: join(CACHE, name), contentType });
  await page.route('**/api/games/demo/inputs', (route) =>
    route.fulfill(file('replay-inputs.json', 'application/json')),
  );
  await page.route('**/api/games/demo/prehistory', (route) =>
    route.fulfill(file('replay-prehistory', 'application/octet-stream')),
  );
}

async function openReplay(page: Page, query = '', tab = ''): Promise<void> {
  await serveReplay(page);
  await page.goto(`/#/games/demo/replay${tab}${query}`);
  await page.getByRole('region', { name: 'Replay' }).waitFor();
}

async function openRefused(page: Page): Promise<void> {
  await serveReplay(page);
  const json = { error: 'other-version', sentence: OTHER };
  await page.route('**/api/games/demo/inputs', (route) => route.fulfill({ status: 409, json }));
  await page.goto('/#/games/demo/replay?at=40');
  await page.getByRole('alert').waitFor();
}

/** Words of a game that goes on, and promises that a replay does not keep. */
async function promisesNothing(page: Page): Promise<void> {
  for (const tab of ['Overview', 'Logs', 'Terminal 1', 'Terminal 2']) {
    await page.getByRole('link', { name: tab }).click();
    await expect(page.getByRole('link', { name: tab })).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('.frame')).not.toContainText(/\blive\b|Tab completes|pin charts|◆ you\b/i);
  }
  await expect(page.locator('.frame')).toContainText('What a seat ran is seen with its eyes.');
}

/** What was run stands there, also through a pipe; a line that looks is answered, one that changes is not. */
async function asksTerminal(page: Page, terminal: Locator): Promise<void> {
  await expect(terminal).toContainText('kubectl');
  await expect(terminal).toContainText(/get nodes \| grep worker.*NAME.*Whole answer, before the pipe;/);
  await page.locator('.xterm-screen').click();
  await page.keyboard.type('kubectl get nodes\n');
  await expect(terminal).toContainText(/data-1\s+Ready.*\$\s+$/);
  await page.keyboard.type('kubectl delete pod --all\n');
  await expect(terminal).toContainText('This is a replay: nothing can be changed');
}

/** Nothing to press that would change something; what grows is known at once, also of a second jumped to. */
async function seesWithoutDoing(page: Page): Promise<void> {
  for (const name of [/^Acknowledge/, 'Add', /^File/, 'Declare resolved']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
  await expect(page.getByRole('region', { name: 'System' })).toContainText(/\d\/s · p99 \S+ ms · 0 % fail/);
  const budget = page.getByText(/^spent \d/);
  const spent = await budget.innerText();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Pods: what each uses of its limits').waitFor();
  await expect(budget).toHaveText(spent);
}

const SCENES: Scene[] = [
  ['commander', (page) => openReplay(page, '?at=150&as=incident-commander')],
  ['terminal', (page) => openReplay(page, '?at=190&as=ops-1', '/terminal-1')],
  ['truth', (page) => openReplay(page, '?at=20&as=facilitator', '/overview')],
  ['logs', (page) => openReplay(page, '?at=120&as=comms', '/logs')],
  ['other-terminal', (page) => openReplay(page, '?at=190&as=ops-2', '/terminal-2')],
  ['drawer', (page) => openReplay(page, '?at=120&as=ops-2&thing=node%2Fworker-3', '/overview')],
  ['refused', openRefused],
];

lookAtScenes(SCENES, SCENES, 'replay-');

test.describe('a replay', () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test('scrubs, jumps, plays and looks with other eyes; the address tells it all', async ({ page }) => {
    await openReplay(page, '?at=60&as=ops-1');
    const slider = page.getByRole('slider', { name: 'Second of the incident' });
    const clock = page.locator('header time.clock');
    await expect(slider).toHaveValue('60');
    await expect(clock).toHaveText('14:06:00');
    await page.locator('body').press('ArrowRight');
    await expect(clock).toHaveText('14:06:05');
    await page.locator('body').press(']');
    await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(65);
    const jumped = Number(await slider.inputValue());
    await expect(page).toHaveURL(new RegExp(`at=${jumped}&as=ops-1`));
    await page.locator('body').press('[');
    await expect.poll(async () => Number(await slider.inputValue())).toBeLessThan(jumped);
    await slider.fill('250');
    await expect(clock).toHaveText('14:09:10');
    await slider.fill('30');
    await expect(clock).toHaveText('14:05:30');
    await page.getByLabel('Seen').selectOption({ label: 'as Comms' });
    await expect(page).toHaveURL(/at=30&as=comms/);
    await page.getByRole('button', { name: '16×' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(async () => Number(await slider.inputValue())).toBeGreaterThan(45);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('link', { name: 'Logs' }).click();
    await expect(page).toHaveURL(/replay\/logs\?at=\d+&as=comms/);
  });

  test('shows what ran, answers what only looks, and lets nothing be done', async ({ page }) => {
    await openReplay(page, '?at=190&as=ops-1', '/terminal-1');
    const terminal = page.locator('.xterm-rows');
    await asksTerminal(page, terminal);
    await expect(page.getByRole('button', { name: 'Declare', exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toHaveCount(0);
    await seesWithoutDoing(page);
    await page.getByLabel('Seen').selectOption({ label: 'as facilitator, with the truth' });
    await promisesNothing(page);
    await page.evaluate(() => (location.hash = '#/games/demo/replay/terminal-1?at=5&as=ops-1'));
    await expect(page.locator('header time.clock')).toHaveText('14:05:05');
    await expect(terminal).not.toContainText('worker-3');
  });

  test('every line of the debrief leads to its moment; another version says why not', async ({ page }) => {
    await serveReplay(page);
    await page.goto('/#/games/demo');
    const story = page.getByRole('region', { name: 'What happened' });
    const lines = await story.getByRole('listitem').count();
    await expect(story.getByRole('link', { name: /^Replay from/ })).toHaveCount(lines);
    await expect(page.getByRole('link', { name: 'Replay', exact: true })).toHaveAttribute(
      'href',
      /#\/games\/demo\/replay\?at=/,
    );
    await story
      .getByRole('link', { name: /^Replay from 1:/ })
      .first()
      .click();
    await page.getByRole('region', { name: 'Replay' }).waitFor();
    await expect(page.getByRole('slider')).toHaveValue(/^(6|7|8|9|10|11)\d$/);
    await page.getByRole('link', { name: '‹ Debrief' }).click();
    await story.waitFor();
    await openRefused(page);
    await expect(page.getByRole('alert')).toContainText(OTHER);
    await expect(page.getByRole('link', { name: 'Read the post-mortem' })).toBeVisible();
  });
});
