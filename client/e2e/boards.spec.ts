/** Boards, the place of a game, the list of finished games, and the seeds that rooms are opened on. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CODE, serve } from './fake-server.ts';
import { RoomPage } from './room-page.ts';

const BOARD = '#/boards/polls-mystery';

/** What rooms were asked for; the answers come from the fake server. */
function openings(page: Page): unknown[] {
  const asked: unknown[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/rooms'))
      asked.push(request.postDataJSON());
  });
  return asked;
}

test('a board ranks one seed and one size, and what is chosen stands in the address', async ({ page }) => {
  const asked = openings(page);
  await serve(page);
  await page.goto(`/${BOARD}?mark=demo-1`);
  const ranked = page.getByRole('table', { name: /^Ranked games, two or three/ });
  const rows = ranked.getByRole('row');
  await expect(rows).toHaveCount(7);
  await expect(rows.nth(1)).toContainText(/1\s*Night shift.*871.*41 s.*durable at 4:22/s);
  await expect(rows.nth(2)).toContainText('this game');
  await expect(rows.nth(3)).toContainText(/3\s*=\s*A team without a name/);
  await expect(rows.nth(5)).toContainText(/^5/);
  await expect(
    page
      .getByRole('table', { name: /^Practised/ })
      .getByRole('row')
      .nth(1),
  ).toContainText('practised');
  await expect(page.getByText('once you have met it, or when its day is over')).toBeVisible();

  await page.getByLabel('Seed', { exact: true }).selectOption('2026-01-05');
  await expect(page.getByText('The fault of this seed: disk full.')).toBeVisible();
  expect(page.url()).toContain('seed=2026-01-05');
  await page.getByRole('button', { name: 'Play this seed, ranked' }).click();
  await expect.poll(() => page.url()).toContain(`#/room/${CODE}`);

  await page.goto(`/${BOARD}`);
  await page.getByRole('button', { name: /^4 or more/ }).click();
  expect(page.url()).toContain('bracket=4-up');
  await expect(page.getByText('Play it and the first is yours.')).toBeVisible();
  await page.getByRole('button', { name: 'Play today’s seed, ranked' }).click();
  await expect.poll(() => asked.length).toBe(2);
  const ranks = { scenario: 'polls-mystery', rules: { mode: 'ranked', calmSeconds: 90 } };
  expect(asked).toEqual([
    { ...ranks, seedOf: 'demo' },
    { ...ranks, sameForAll: 'today' },
  ]);
});

test('finished games are narrowed by the address and paged, also after an error', async ({ page }) => {
  const queries: URLSearchParams[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname === '/api/games') queries.push(searchParams);
  });
  await serve(page);
  await page.goto('/#/games');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(9);
  await expect(page.getByRole('img', { name: /^Notice \d+ s, Orient/ }).first()).toBeVisible();
  await expect(rows.nth(1)).toContainText('not told yet');
  for (const count of [17, 21]) {
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect(rows).toHaveCount(count);
  }
  await expect(page.getByText('20 shown, that is all')).toBeVisible();

  await page.getByLabel('Team').fill('3 a.m.');
  await page.getByLabel('Fault').selectOption('packet-loss');
  await page.getByLabel('From (UTC)').fill('2026-01-01');
  await expect.poll(() => queries.at(-1)?.toString()).toBe('team=3+a.m.&fault=packet-loss&from=2026-01-01');
  expect(page.url()).toContain('team=3+a.m.');
  await page.reload();
  await expect(page.getByLabel('Team')).toHaveValue('3 a.m.');
  await expect(page.getByLabel('Fault')).toHaveValue('packet-loss');

  await page.getByLabel('Team').fill('nobody');
  await expect(page.getByText('No finished incident fits.')).toBeVisible();
  await page.route(/\/api\/games(\?|$)/, (route) =>
    route.fulfill({ status: 500, json: { sentence: 'Not now.' } }),
  );
  await page.getByRole('button', { name: 'Show all finished incidents' }).click();
  await expect(page.getByRole('alert')).toContainText('Not now.');
  await serve(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(rows).toHaveCount(9);
});

test('a ranked room is opened on the seed of today unless one chooses another', async ({ page }) => {
  const asked = openings(page);
  await serve(page);
  for (const [rule, seed] of [
    ['Practice', null],
    ['Ranked', null],
    ['Booth', 'Another'],
    ['Ranked', 'Known'],
  ] as const) {
    await page.goto('/#/scenarios');
    await page.getByRole('radio', { name: new RegExp(`^${rule}`) }).check();
    if (seed !== null) await page.getByRole('radio', { name: new RegExp(`^${seed}`) }).check();
    if (seed === 'Known') await page.getByLabel('Seed, as the debrief shows it').fill(' 0f'.padEnd(33, 'a'));
    await page.getByRole('button', { name: 'Open a room' }).click();
    await expect.poll(() => page.url()).toContain('#/room/');
  }
  expect(asked).toMatchObject([
    { rules: { mode: 'practice' } },
    { rules: { mode: 'ranked' }, sameForAll: 'today' },
    { rules: { calmSeconds: 30 } },
    { seed: '0f'.padEnd(32, 'a') },
  ]);
  expect(asked[0]).not.toHaveProperty('sameForAll');
  expect(asked[2]).not.toHaveProperty('sameForAll');
});

test('a team is named in the lobby, and its place stands at the end of the beats', async ({ page }) => {
  const room = new RoomPage(page);
  await room.join({ second: -1 });
  const name = page.getByLabel('Name of the team');
  await expect(name).toHaveValue('Night shift');
  await expect(page.getByRole('button', { name: 'Name the team' })).toBeDisabled();
  await name.fill('The 3 a.m. club');
  await name.press('Enter');
  await expect(room.outbox()).toContainText('Call the team The 3 a.m. club');
  await room.join({ second: 128 });
  await expect(page.getByRole('banner')).toContainText('Night shift');
  await page.goto('/#/games/demo?beat=3');
  await expect(page.getByText('Place 1 of 6 on this seed, four or more players.')).toBeVisible();
  await page.getByRole('link', { name: 'Board of this seed' }).click();
  await expect(page.getByRole('heading', { name: 'Votes are failing' })).toBeVisible();
  expect(page.url()).toContain('seed=2026-01-06&bracket=4-up');
});
