/** The end of an incident: the hold, the diagnosis before the truth, the debrief in three beats. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { closedRevealed, closedUnfiled, holding, relapsed, rueful } from './demo-endings.ts';
import { serve } from './fake-server.ts';
import { lookAtScenes } from './look-at-scenes.ts';
import type { Scene } from './look-at-scenes.ts';
import { RoomPage } from './room-page.ts';

async function openDebrief(page: Page, query: string): Promise<void> {
  await serve(page);
  await page.route('**/api/games/demo', (route) => route.fulfill({ json: rueful() }));
  await page.goto(`/#/games/demo${query}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
}

/** Scenes by name. */
const SCENES: Scene[] = [
  ['holding', (page) => new RoomPage(page).join({ second: 189, tab: 'status', besides: [holding()] })],
  ['relapsed', (page) => new RoomPage(page).join({ second: 280, tab: 'status', besides: [relapsed()] })],
  ['filing', (page) => new RoomPage(page).join({ second: 189, besides: [closedUnfiled()] })],
  ['beat-1', (page) => openDebrief(page, '?beat=1')],
  ['beat-2', (page) => openDebrief(page, '?beat=2')],
  ['beat-3', (page) => openDebrief(page, '?beat=3')],
  ['debrief-rueful', (page) => openDebrief(page, ''), true],
];

lookAtScenes(SCENES, SCENES, 'ending-');

test.describe('the hold and the close', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('the hold counts down beside its four jobs, which tick themselves', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 189, besides: [holding()] });
    const resolution = room.part('Resolution');
    await expect(resolution).toContainText('Holds: 48 s to go');
    const jobs = resolution.getByRole('list', { name: 'Before it closes, 4 of 4 left to do' });
    await expect(jobs).toContainText('Node worker-3 is still cordoned.');
    await expect(jobs.getByRole('listitem')).toContainText([
      'File the diagnosis',
      /Close hypotheses\s*2 still open/,
      'Undo temporary changes',
      /Post the all-clear\s*a status update that says resolved/,
    ]);
    await jobs.getByRole('button', { name: 'Post' }).press('Enter');
    await expect(page.getByRole('form', { name: 'Status update' })).toBeVisible();
    await jobs.getByRole('button', { name: 'File' }).press('Enter');
    await expect(page.getByRole('dialog', { name: 'File the diagnosis' })).toBeVisible();
    await room.join({ second: 270 });
    await expect(resolution.getByRole('listitem').first()).toContainText(/File the diagnosis\s*: done/);
  });

  test('what has recovered says so, and a relapse is said plainly', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 270 });
    await expect(room.part('Resolution').getByText('Recovered', { exact: true })).toBeVisible();
    await room.join({ second: 280, besides: [relapsed()] });
    await expect(room.part('Resolution').getByRole('alert')).toHaveText(
      /Relapsed at 14:09:39 UTC: users were hurt again\. The hold starts over once they are well\./,
    );
  });

  test('after the close the team files before anything is told, and a reload gives no time', async ({
    page,
  }) => {
    const room = new RoomPage(page);
    await room.join({ second: 189, besides: [closedUnfiled()] });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'It is over. File what you think it was',
    );
    await expect(page.getByRole('timer')).toHaveText(/told in (60|59|58) s/);
    await expect(room.part('What you have guessed')).toContainText('node/worker-3');
    await expect(page.getByText(/\b(right|correct|incorrect|mistaken)\b/i)).toHaveCount(0);
    await expect(page.getByRole('timer')).toHaveText(/told in 5[0-6] s/, { timeout: 10_000 });
    await page.reload();
    await expect(page.getByRole('timer')).toHaveText(/told in (5[0-6]|4\d) s/);
    await page.getByRole('button', { name: 'File diagnosis' }).click();
    await expect(page.getByText('Choose a component and a mechanism.')).toBeVisible();
    await page.getByLabel('Component').selectOption('node/worker-3');
    await page.getByLabel('Mechanism').selectOption('packet-loss');
    await page.getByLabel('Mechanism').press('Enter');
    await page.getByRole('button', { name: 'File diagnosis' }).press('Enter');
    await expect(room.outbox()).toContainText('Diagnosis: node/worker-3');
  });
});

test.describe('the debrief', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('the debrief of a room opens in three beats that one key advances', async ({ page }) => {
    const room = new RoomPage(page);
    await room.join({ second: 280, besides: [closedRevealed()] });
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('What your users lost');
    await page.keyboard.press('Space');
    await expect(heading).toHaveText('The truth');
    await expect(heading).toBeFocused();
    await expect(page.getByText(/It first became visible to you at \d:\d\d/)).toBeVisible();
    await page.keyboard.press('ArrowRight');
    await expect(heading).toHaveText('What it was worth');
    await page.keyboard.press('ArrowLeft');
    await expect(heading).toHaveText('The truth');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/beat=3/);
    await page.getByRole('button', { name: 'The whole page' }).press('Enter');
    await expect(page.getByRole('region', { name: 'What happened' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('region', { name: 'What happened' })).toBeVisible();
  });

  test('the host moves everybody, and whoever went on alone comes along', async ({ page }) => {
    const room = new RoomPage(page);
    const led = { atSecond: 283, message: { type: 'beat', beat: 2 } } as const;
    await room.join({ second: 280, speed: 1, besides: [closedRevealed(), led] });
    await expect(page.getByText('You move everybody.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'What happened' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The truth');
    await expect(page).toHaveURL(/beat=2/);
  });

  test('a finished game opens whole; its beats are one click away and Escape leaves them', async ({
    page,
  }) => {
    await openDebrief(page, '');
    await page.getByRole('button', { name: 'In three steps' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What your users lost');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'The truth' })).toBeVisible();
  });

  test('the debrief tells the run-on, what made it worse, and what hints cost', async ({ page }) => {
    await openDebrief(page, '');
    await expect(page.getByRole('region', { name: 'After the close' })).toContainText(
      /Hurt again at 14:\d\d:\d\d UTC/,
    );
    const worse = page.getByRole('region', { name: 'What made it worse' });
    await expect(worse).toContainText('kubectl -n polls delete pod postgres-0');
    await expect(worse).toContainText('Vote: 62 % good, 99 % promised');
    await expect(worse).toContainText('Segments are sent again towards worker-3 only');
    await worse.getByRole('button', { name: '2:08' }).click();
    await expect(page).toHaveURL(/at=128/);
    const score = page.getByRole('region', { name: 'Score' });
    await expect(score).toContainText('Compare retransmits between the workers.');
    await expect(score).toContainText('less 7.0 % for hints');
  });

  test('in practice harm is told and not charged', async ({ page }) => {
    await serve(page);
    await page.goto('/#/games/demo');
    await expect(page.getByText('Practice: harm is told, not charged.')).toBeVisible();
  });
});
