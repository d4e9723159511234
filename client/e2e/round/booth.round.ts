/**
 * A booth: the host opens round after round, strangers come by the code, and the wall follows by itself:
 * after its address was opened nobody touches it.
 */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { person, sitDown } from './people.ts';

/** The host looks on: who plays changes from round to round. */
async function hostTakesPlace(host: Page, code: string): Promise<void> {
  await sitDown(host, code, 'Hana');
  await host.getByRole('button', { name: /^Observer/ }).click();
}

/** The page comes, the stranger files what they think, and the host ends the round. */
async function playBriefly(host: Page, guest: Page): Promise<void> {
  await host.getByRole('button', { name: 'Start the clock' }).click();
  await guest.getByRole('button', { name: 'Ready for trouble' }).click();
  await guest.getByRole('button', { name: 'File diagnosis' }).click();
  await guest.getByLabel('Component').selectOption('deployment/polls');
  await guest.getByLabel('Mechanism').selectOption('cpu-limit');
  await guest.getByRole('dialog').getByRole('button', { name: 'File diagnosis' }).click();
  await expect(guest.getByText('File again').first()).toBeVisible();
  await host.keyboard.press('ControlOrMeta+k');
  await host.getByPlaceholder('Go to, do, find a pod').fill('End the game');
  await host.keyboard.press('Enter');
  await host.getByRole('button', { name: 'End the game', exact: true }).click();
}

/** The host leads through the beats; the wall goes along. */
async function readTogether(host: Page, guest: Page, wall: Page): Promise<void> {
  await expect(host.getByRole('heading', { name: 'What your users lost' })).toBeVisible({ timeout: 90_000 });
  await expect(wall.getByRole('heading', { name: 'What users lost' })).toBeVisible({ timeout: 60_000 });
  await host.keyboard.press('ArrowRight');
  for (const page of [guest, wall]) {
    await expect(page.getByRole('heading', { name: 'The truth' })).toBeVisible();
  }
  await host.keyboard.press('ArrowRight');
  await expect(wall.getByRole('heading', { name: 'What it was worth' })).toBeVisible();
}

test('strangers play round after round, and the wall follows by itself', async ({ browser, request }) => {
  const rules = { mode: 'ranked', calmSeconds: 30 };
  const data = { scenario: 'polls-mystery', sameForAll: 'today', rules };
  const { code } = (await (await request.post('/api/rooms', { data })).json()) as { code: string };
  const host = await person(browser, [1440, 900], 'dark');
  await hostTakesPlace(host, code);
  const wall = await person(browser, [1920, 1080], 'dark');
  await wall.goto(`/#/wall/${code}`);

  for (const round of [1, 2, 3]) {
    const name = `Guest ${round}`;
    await expect(wall.getByText(code.slice(0, 4)).first(), 'the code to join with').toBeVisible({
      timeout: 60_000,
    });
    const guest = await person(browser, [390, 844], 'light');
    await sitDown(guest, code, name);
    await expect(host.getByText(name).first()).toBeVisible();
    if (round > 1) await expect(host.getByText(`Round ${round} in this room.`)).toBeVisible();
    await playBriefly(host, guest);
    await readTogether(host, guest, wall);
    await expect(wall.getByText(/Hana|Guest/), 'no names on a wall').toHaveCount(0);
    await guest.context().close();
    if (round < 3) await host.getByRole('button', { name: 'Next round' }).click();
  }
  await wall.screenshot({ path: 'client/e2e/.cache/pictures/booth-wall-end.png' });
  const boards = await Promise.all(
    ['1', '2-3', '4-up'].map(async (bracket) => {
      const board = await request.get(`/api/boards/polls-mystery?bracket=${bracket}`);
      return (await board.json()) as { ranked: unknown[]; practised: unknown[] };
    }),
  );
  expect(boards.flatMap(({ practised }) => practised)).toEqual([]);
  expect(
    boards.flatMap(({ ranked }) => ranked),
    'each group of strangers has its place',
  ).toHaveLength(3);
});
