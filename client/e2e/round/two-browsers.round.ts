/**
 * Two people in two browsers play a whole round: lobby, page, terminal, fix, recovery, debrief; a third
 * watches on a phone. In between one reloads and one loses the network for twenty seconds.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { line, person, sitDown } from './people.ts';
import { readmePicture } from './readme-picture.ts';

/** Draws a CPU limit that is far too small; `rollout undo` cures it. */
const SEED = '3';

/** Calm for longer than a slow machine needs to open two war rooms; both say that they are ready. */
const RULES = { mode: 'practice', calmSeconds: 300 };

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Everybody takes a seat and a role; the phone only watches. */
async function gather(code: string, [ana, bo, cy]: [Page, Page, Page]): Promise<void> {
  await sitDown(ana, code, 'Ana');
  await sitDown(bo, code, 'Bo');
  await sitDown(cy, code, 'Cy');
  await cy.getByRole('button', { name: /^Observer/ }).click();
  await ana.getByRole('button', { name: /^Incident commander/ }).click();
  await bo.getByRole('button', { name: /^Ops/ }).click();
  for (const page of [bo, cy]) await page.getByRole('button', { name: /ready/i }).click();
  await expect(ana.getByText('Cy').first()).toBeVisible();
  await noViolations(ana);
  await readmePicture(ana, 'lobby');
  await ana.getByRole('button', { name: 'Start the clock' }).click();
}

/** It is calm until both who play are ready; the one who watches is not asked. */
async function warmUp(ana: Page, bo: Page): Promise<void> {
  const calm = (page: Page) => page.getByRole('region', { name: 'The calm before the trouble' });
  await expect(calm(ana)).toContainText('Find the vote rate');
  await calm(bo).getByRole('link', { name: 'Open a log' }).click();
  await expect(calm(bo).getByRole('listitem').filter({ hasText: 'Open a log' })).toContainText('found');
  await noViolations(ana);
  for (const page of [ana, bo]) {
    await calm(page).getByRole('button', { name: 'Ready for trouble' }).click();
  }
  await expect(calm(ana)).toHaveCount(0);
  await expect(ana.getByText('Everybody is ready: the calm is over')).toBeVisible();
  await bo.getByText('Overview').first().click();
}

/** The page comes; the commander takes it on and declares. */
async function takeThePage(ana: Page, bo: Page): Promise<void> {
  await expect(ana.getByText('No incident declared')).toBeVisible();
  const page = ana.getByText('Voting spends its error budget too fast').first();
  await expect(page).toBeVisible({ timeout: 120_000 });
  await ana.getByRole('button', { name: /^Ack/ }).first().click();
  await ana.getByRole('button', { name: 'Declare', exact: true }).click();
  await ana.getByRole('button', { name: /SEV2/ }).click();
  await expect(bo.getByText('SEV2').first()).toBeVisible();
  await readmePicture(ana, 'war-room');
  await noViolations(ana);
}

/** Loses the network for twenty seconds; what was said meanwhile arrives once, afterwards. */
async function speakWhileCutOff(ana: Page, bo: Page, text: string): Promise<void> {
  await ana.context().setOffline(true);
  await ana.getByLabel('Message to the team').fill(text);
  await ana.getByRole('button', { name: 'Send' }).click();
  await ana.waitForTimeout(20_000);
  await ana.context().setOffline(false);
  await expect(bo.getByText(text).first()).toBeVisible({ timeout: 60_000 });
}

/** Files the diagnosis, waits until the journeys have held, and says that it is over. */
async function diagnoseAndClose(ana: Page): Promise<void> {
  await ana.getByRole('button', { name: 'File diagnosis' }).click();
  await ana.getByLabel('Component').selectOption('deployment/polls');
  await ana.getByLabel('Mechanism').selectOption('cpu-limit');
  await ana.getByRole('dialog').getByRole('button', { name: 'File diagnosis' }).click();
  const held = ana.getByRole('region', { name: 'Resolution' }).getByText('Recovered', { exact: true });
  await expect(held).toBeVisible({ timeout: 180_000 });
  await ana.getByRole('button', { name: 'Declare resolved' }).click();
  await ana.getByRole('dialog').getByRole('button', { name: 'Declare resolved' }).click();
}

/** The debrief opens in beats; the host's keys move everybody through them, and on to the whole page. */
async function readTogether(host: Page, pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    const heading = page.getByRole('heading', { name: 'What your users lost' });
    await expect(heading).toBeVisible({ timeout: 90_000 });
  }
  await host.keyboard.press('ArrowRight');
  for (const page of pages) {
    await expect(page.getByText('The CPU limit is too small').first()).toBeVisible();
  }
  await host.keyboard.press('Escape');
  for (const page of pages) await expect(page.getByText(/^Durable/).first()).toBeVisible();
}

test('two people find and fix it, a third watches on a phone', async ({ browser, request }) => {
  const made = await request.post('/api/rooms', {
    data: { scenario: 'polls-mystery', seed: SEED, rules: RULES },
  });
  const { code } = (await made.json()) as { code: string };
  const ana = await person(browser, [1440, 900], 'dark');
  const bo = await person(browser, [1440, 900], 'light');
  const cy = await person(browser, [390, 844], 'dark');
  await gather(code, [ana, bo, cy]);
  await warmUp(ana, bo);
  await takeThePage(ana, bo);

  await bo.getByText('Terminal 1').first().click();
  await line(bo, 'kubectl get pods', /polls-[a-z0-9]+-[a-z0-9]+\s+2\/2/);
  await line(bo, 'kubectl get deploy polls -o yaml | grep -A4 limits', /cpu: 100m/);
  await bo.reload();
  await expect(bo.getByText('SEV2').first()).toBeVisible();
  await speakWhileCutOff(ana, bo, 'rolling back the limit');
  await bo.getByText('Terminal 1').first().click();
  await line(bo, 'kubectl rollout undo deployment/polls', /rolled back/);
  await readmePicture(bo, 'terminal');
  const channel = ana.getByRole('region', { name: 'Channel' });
  await expect(channel.getByText('rolling back the limit')).toHaveCount(1);
  await diagnoseAndClose(ana);

  await readTogether(ana, [ana, bo, cy]);
  await readmePicture(ana, 'debrief');
  await noViolations(ana);
  await ana
    .getByRole('link', { name: /post-mortem/i })
    .first()
    .click();
  await expect(ana.getByText('EXERCISE').first()).toBeVisible();
  await expect(ana.getByText('Ana')).toHaveCount(0);
  await ana.goto('/#/');
  await expect(ana.getByText('Votes are failing').first()).toBeVisible();
});
