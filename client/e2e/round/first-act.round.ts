/**
 * A newcomer with a phone: from opening the link to the first thing found out. Before each tap somebody who
 * has never seen the page thinks and points, and types their name letter by letter; how long that takes is
 * taken from the keystroke-level model (Card, Moran and Newell 1983): thinking 1.35 s, pointing 1.1 s, a
 * letter of a poor typist 0.5 s. The time is printed, and fails only where a person would have gone away.
 */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { lookAt } from '../look-at.ts';

const THINK_AND_POINT_MS = 1_350 + 1_100;
const LETTER_MS = 500;
/** Nobody waits longer than this for something to do. */
const GONE_AWAY_MS = 60_000;

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

async function tapAsNewcomer(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  await page.waitForTimeout(THINK_AND_POINT_MS);
  await what.tap();
}

test('a newcomer has found the vote rate soon after opening the link', async ({ page, request }) => {
  const data = { scenario: 'polls-mystery', seed: '3', rules: { mode: 'practice', calmSeconds: 300 } };
  const made = await request.post('/api/rooms', { data });
  const { code } = (await made.json()) as { code: string };
  const opened = Date.now();
  await page.goto(`/#/room/${code}`);
  await tapAsNewcomer(page, page.getByLabel('Your name at the table'));
  await page.keyboard.type('Ana', { delay: LETTER_MS });
  await tapAsNewcomer(page, page.getByRole('button', { name: 'Take a seat' }));
  await tapAsNewcomer(page, page.getByRole('button', { name: 'Start the clock' }));
  const calm = page.getByRole('region', { name: 'The calm before the trouble' });
  await tapAsNewcomer(page, calm.getByRole('link', { name: 'Find the vote rate' }));
  await expect(calm).toContainText('click “Vote” in it');
  const chart = page.getByRole('figure').filter({ hasText: 'ended per second' });
  await expect(chart).toBeInViewport({ ratio: 1 });
  await tapAsNewcomer(page, chart.getByRole('button', { name: /^Vote/ }));
  await expect(calm).toContainText('1 of 3 found');
  const tookMs = Date.now() - opened;
  await lookAt(page, 'first-act');
  console.log(`from the link to the first act: ${(tookMs / 1000).toFixed(1)} s`);
  expect(tookMs).toBeLessThan(GONE_AWAY_MS);
});
