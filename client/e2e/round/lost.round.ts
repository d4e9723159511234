/**
 * A round that is lost: four roles, a commander who leaves, somebody who comes late, an all-clear that is
 * false, and users who are still hurt when it is ended.
 */
import { expect, test } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { person, sitDown } from './people.ts';

/** Draws a CPU limit that is far too small; nobody here finds it. */
const SEED = '3';
const DESK: [number, number] = [1280, 900];

async function sit(browser: Browser, code: string, name: string, role: RegExp): Promise<Page> {
  const page = await person(browser, DESK, 'dark');
  await sitDown(page, code, name);
  await page.getByRole('button', { name: role }).click();
  return page;
}

/** The page comes and is declared; then the commander's computer is shut. */
async function loseTheCommander(ana: Page, bo: Page): Promise<void> {
  const page = bo.getByText('Voting spends its error budget too fast').first();
  await expect(page).toBeVisible({ timeout: 120_000 });
  await ana.getByRole('button', { name: 'Declare', exact: true }).click();
  await ana.getByRole('button', { name: /SEV2/ }).click();
  await expect(bo.getByText('SEV2').first()).toBeVisible();
  await ana.context().close();
  await expect(bo.getByText(/Ana away since/)).toBeVisible({ timeout: 60_000 });
  await bo.getByTitle('Seats: who is here').click();
  await bo.getByRole('button', { name: 'Take over as IC' }).click();
  await bo.keyboard.press('Escape');
  await expect(bo.getByText('IC Bo').first()).toBeVisible();
}

/** Comms tells the public that all is well while votes fail; people outside know better. */
async function clearFalsely(cy: Page, bo: Page): Promise<void> {
  await cy.getByLabel('State', { exact: true }).selectOption('resolved');
  await cy.getByRole('button', { name: 'Post to the status page' }).click();
  await expect(bo.getByText(/^A customer|^Customer/).first()).toBeVisible({ timeout: 90_000 });
}

async function endWithoutMending(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder('Go to, do, find a pod').fill('End the game');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'End the game', exact: true }).click();
  await page.getByLabel('Component').selectOption('node/worker-1');
  await page.getByLabel('Mechanism').selectOption('packet-loss');
  await page.getByRole('button', { name: /File/ }).last().click();
}

test('four roles lose their commander, clear falsely, and learn from it', async ({ browser, request }) => {
  const rules = { mode: 'practice', calmSeconds: 0 };
  const made = await request.post('/api/rooms', { data: { scenario: 'polls-mystery', seed: SEED, rules } });
  const { code } = (await made.json()) as { code: string };
  const bo = await sit(browser, code, 'Bo', /^Ops/);
  const ana = await sit(browser, code, 'Ana', /^Incident commander/);
  const cy = await sit(browser, code, 'Cy', /^Comms/);
  const di = await sit(browser, code, 'Di', /^Scribe/);
  await bo.getByRole('button', { name: 'Start the clock' }).click();
  await loseTheCommander(ana, bo);
  await clearFalsely(cy, bo);
  const eve = await person(browser, [390, 844], 'light');
  await sitDown(eve, code, 'Eve');
  const summary = eve.getByRole('region', { name: 'What happened before you came' });
  await expect(summary.getByRole('term')).toHaveCount(5);
  await endWithoutMending(bo);
  for (const page of [bo, cy, di, eve]) {
    await expect(page.getByRole('heading', { name: 'What your users lost' })).toBeVisible({
      timeout: 90_000,
    });
  }
  await bo.keyboard.press('Escape');
  await expect(bo.getByText(/did not recover/i).first()).toBeVisible();
  await bo.getByRole('link', { name: 'Post-mortem', exact: true }).click();
  await expect(bo.getByText('EXERCISE').first()).toBeVisible();
  await expect(bo.getByText(/\b(Ana|Cy|Di|Eve)\b/), 'roles, not names').toHaveCount(0);
  await bo.goBack();
  await bo.getByRole('link', { name: 'Replay', exact: true }).click();
  await expect(bo.getByRole('button', { name: /Play/ }).first()).toBeVisible({ timeout: 60_000 });
  await expect(bo.getByText('Polls').or(bo.getByText('Votes are failing')).first()).toBeVisible();
});
