/** People of a round: a browser each, a seat, a terminal. */
import { expect } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';

/** A browser of one person. */
export async function person(
  browser: Browser,
  size: [number, number],
  scheme: 'dark' | 'light',
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    colorScheme: scheme,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

/** Takes a seat in a room under a name. */
export async function sitDown(page: Page, code: string, name: string): Promise<void> {
  await page.goto(`/#/room/${code}`);
  await page.getByLabel('Your name at the table').fill(name);
  await page.getByRole('button', { name: 'Take a seat' }).click();
  await expect(page.getByText('Votes are failing').first()).toBeVisible();
}

/** Types a line into the open terminal and waits until its output shows. */
export async function line(page: Page, text: string, shows: RegExp): Promise<void> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(page.locator('.xterm-rows').first()).toContainText(shows, { timeout: 60_000 });
}
