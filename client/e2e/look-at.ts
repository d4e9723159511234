/** Looks at a page as a critic would: a picture, nothing that axe finds, nothing wider than the screen. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

const PICTURES = join(import.meta.dirname, '.cache/pictures');
/** Rules of axe that depend on colours; the others need no second look in another theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/** What a screen of 1280×800 has left at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 400 };
/** Height of what bars that stay in sight leave to the page itself, CSS pixels: some lines of text. */
const ZOOMED_ROOM_MIN = 160;

async function fits(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => {
    const mains = [...document.querySelectorAll('main')].map((main) => main.scrollWidth - main.clientWidth);
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...mains);
  });
  expect(overflow, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
}

async function keepPicture(page: Page, name: string, whole: boolean): Promise<void> {
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: whole });
}

/**
 * Keeps a picture under this name, of the `whole` page if so, and fails on what a person could not use;
 * with `colours` only what depends on them is looked at.
 */
export async function lookAt(
  page: Page,
  name: string,
  { whole = false, colours = false }: { whole?: boolean; colours?: boolean } = {},
): Promise<void> {
  await keepPicture(page, name, whole);
  const axe = new AxeBuilder({ page });
  const { violations } = await (colours ? axe.withRules(COLOUR_RULES) : axe).analyze();
  const told = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes[0].html}\n  ${nodes[0].failureSummary}`,
  );
  expect(told.join('\n')).toBe('');
  await fits(page);
}

/** Zooms to 200 %: nothing is wider than the screen, and bars leave room for what they stand around. */
export async function lookZoomed(page: Page, name: string): Promise<void> {
  await page.setViewportSize(ZOOMED);
  await keepPicture(page, name, false);
  await fits(page);
  const room = await page.evaluate(() => {
    const main = document.querySelector('main');
    if (main === null) return innerHeight;
    const below = main.nextElementSibling?.getBoundingClientRect().top ?? innerHeight;
    return Math.min(below, innerHeight) - Math.max(main.getBoundingClientRect().top, 0);
  });
  expect(room, 'height that is left for the page').toBeGreaterThanOrEqual(ZOOMED_ROOM_MIN);
}
