/** Looks at a page as a critic would: a picture, nothing that axe finds, nothing wider than the screen. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

const PICTURES = join(import.meta.dirname, '.cache/pictures');

/** Keeps a picture under this name, of the `whole` page if so, and fails on what a person could not use. */
export async function lookAt(page: Page, name: string, whole = false): Promise<void> {
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: whole });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes[0].html}\n  ${nodes[0].failureSummary}`,
  );
  expect(told.join('\n')).toBe('');
  const overflow = await page.evaluate(() => {
    const mains = [...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth);
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...mains);
  });
  expect(overflow, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
}
