/** Looks at scenes in both themes at a desk, zoomed to 200 %, and on a phone: a test each. */
import { test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { lookAt, lookZoomed } from './look-at.ts';

/** A state of a page: its name, how to get there, and whether its picture is of the whole page. */
export type Scene = [name: string, open: (page: Page) => Promise<unknown>, whole?: boolean];

/**
 * Declares the tests; `prefix` stands before the names of their pictures. At a desk the theme changes on the
 * open page, as it does for whoever's system goes dark in the evening.
 */
export function lookAtScenes(desk: readonly Scene[], phone: readonly Scene[], prefix = ''): void {
  test.describe('desk', () => {
    test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });
    for (const [name, open, whole] of desk) {
      test(`${name} can be read by everyone`, async ({ page }) => {
        await open(page);
        await lookAt(page, `${prefix}${name}-dark`, { whole });
        await page.emulateMedia({ colorScheme: 'light' });
        await lookAt(page, `${prefix}${name}-light`, { whole, colours: true });
        await lookZoomed(page, `${prefix}${name}-zoomed`);
      });
    }
  });
  test.describe('phone', () => {
    test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    for (const [name, open, whole] of phone) {
      test(`${name} fits a phone`, async ({ page }) => {
        await open(page);
        await lookAt(page, `${prefix}${name}-phone`, { whole });
      });
    }
  });
}
