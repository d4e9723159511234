/** The panel of a thing: facts, lines for the terminal, suspicions, hints; on a desk and on a phone. */
import { expect, test } from '@playwright/test';
import type { HintView } from '@chaotic-good/engine/protocol/team-views';
import { frameAfter } from './frame-after.ts';
import { lookAt } from './look-at.ts';
import { RoomPage } from './room-page.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1440, height: 900 } });
    for (const [name, thing] of [
      ['node', 'node/worker-3'],
      ['workload', 'deployment/polls'],
      ['pod', 'pod/postgres-0'],
      ['claim', 'persistentvolumeclaim/pgdata-postgres-0'],
    ]) {
      test(`the panel of a ${name} can be read by everyone`, async ({ page }) => {
        await new RoomPage(page).join({ second: 160, tab: `overview?thing=${thing}` });
        await expect(page.getByRole('complementary', { name: `Facts of ${thing}` })).toContainText('Actions');
        await page.getByText('A disk is full').click();
        await lookAt(page, `drawer-${name}-${colorScheme}`);
      });
    }
  });
}

test.describe('on a desk', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('a part of the map opens its facts; Escape closes them and gives the focus back', async ({ page }) => {
    await new RoomPage(page).join({ second: 160, tab: 'logs' });
    await page
      .getByRole('button', { name: /^polls/ })
      .first()
      .press('Enter');
    await expect(page).toHaveURL(/\/logs\?thing=deployment%2Fpolls/);
    const panel = page.getByRole('complementary', { name: 'Facts of deployment/polls' });
    await expect(panel).toContainText('release 2.14.0');
    await panel
      .getByRole('button', { name: /^pod\/polls-/ })
      .first()
      .click();
    await expect(page).toHaveURL(/thing=pod%2Fpolls-/);
    await page.goBack();
    await expect(panel).toContainText('Rollout history');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary')).toHaveCount(0);
    await expect(page).toHaveURL(/\/logs$/);
  });

  test('an action puts its line and a sentence into the terminal and does not run it', async ({ page }) => {
    await new RoomPage(page).join({ second: 160, tab: 'overview?thing=deployment/polls' });
    await page.getByRole('button', { name: /^Undo the rollout/ }).click();
    await expect(page).toHaveURL(/\/terminal-1$/);
    const screen = page.locator('.xterm-rows').first();
    await expect(screen).toContainText('kubectl rollout undo deployment/polls');
    await expect(screen).toContainText('Goes back to the revision before');
    await expect(screen).not.toContainText('the line was not run');
    await page.keyboard.press('Enter');
    await expect(screen).toContainText('the line was not run');
  });

  test('a suspicion says what would show, leads there, and goes on the board', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 160, tab: 'overview?thing=node/worker-1' });
    await page.getByRole('complementary').getByText('Packets are lost').click();
    await page.getByRole('button', { name: 'Put on the board' }).click();
    await expect(room.outbox()).toContainText('Theory: node/worker-1');
    await page.getByRole('button', { name: /Retransmits climb/ }).click();
    await expect(page).toHaveURL(/focus=node%2Fworker-1/);
    await expect(page.getByRole('region', { name: 'Charts of node/worker-1' })).toBeVisible();
  });

  test('what is gone is said to be gone', async ({ page }) => {
    await new RoomPage(page).join({ second: 160, tab: 'overview?thing=pod/polls-gone' });
    await expect(page.getByText('There is no pod/polls-gone any more')).toBeVisible();
  });
});

test.describe('phone', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('facts fill a phone, and a line runs by two taps', async ({ page }) => {
    await new RoomPage(page).join({ second: 160, tab: 'map' });
    await page
      .getByRole('button', { name: /^polls/ })
      .first()
      .tap();
    await expect(page.getByRole('complementary')).toContainText('3 of 3 pods ready');
    await lookAt(page, 'drawer-phone');
    await page.getByRole('button', { name: /^Rollout history/ }).tap();
    const screen = page.locator('.xterm-rows').first();
    await expect(screen).toContainText('kubectl rollout history');
    await lookAt(page, 'drawer-line-phone');
    await page.getByRole('button', { name: 'Enter' }).tap();
    await expect(screen).toContainText('the line was not run');
  });
});

/** Hints as the room tells them at a moment. */
function hints(nextPriceShare: number | null, taken: HintView[] = [], suggested = false) {
  return frameAfter(160, { hints: { taken, nextPriceShare, suggested } });
}

test.describe('hints', () => {
  test.use({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
  const first: HintView = {
    level: 1,
    seat: 'seat-2',
    atMicros: 150e6,
    text: 'One node behaves unlike the others.',
    priceShare: 0.02,
  };

  test('a hint says its price, asks once, and what was taken stays to be read', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 160, besides: [hints(0.05, [first], true)] });
    const panel = room.part('Hints');
    await expect(panel).toContainText('costs 5 % of your score, charged at the end');
    await expect(panel).toContainText('One node behaves unlike the others.');
    await expect(panel).toContainText('Bo');
    await panel.getByRole('button', { name: 'A hint is ready' }).click();
    await lookAt(page, 'hint-asked');
    await panel.getByRole('button', { name: 'Not now' }).click();
    await expect(room.outbox()).toHaveCount(0);
    await panel.getByRole('button', { name: 'A hint is ready' }).click();
    await panel.getByRole('button', { name: 'Show hint 2' }).click();
    await expect(room.outbox()).toContainText('Hint 2');
  });

  test('there is no button while there is no hint', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 160, besides: [hints(null)] });
    await expect(room.part(/^Pods and nodes/)).toBeVisible();
    await expect(room.part('Hints')).toHaveCount(0);
  });

  test('practice says that a hint is free', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 160, besides: [hints(0)] });
    await expect(room.part('Hints')).toContainText('free in practice');
  });
});
