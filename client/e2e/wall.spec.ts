/** The screen on a wall: every scene as the room goes on, without a hand; what it survives; what it keeps. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { TODAY } from './fake-boards.ts';
import { CODE, serve } from './fake-server.ts';
import { FakeSpectators } from './fake-spectators.ts';
import type { FakeRoom } from './fake-spectators.ts';
import { lookAt } from './look-at.ts';

/** Scenes of a round in their order: what the server tells, and what the wall says then. */
const ROUND: [name: string, room: FakeRoom, says: RegExp][] = [
  ['waiting', { second: null }, /the first picture comes in at most \d+ s/],
  ['lobby', { second: -1 }, /Night shift: 4 seats are taken/],
  ['calm', { second: 20, ghost: false }, /All is well so far/],
  ['live', { second: 128 }, /failing \d+ (s|min)/],
  ['holding', { second: 215 }, /\d+ s more must hold/],
  ['closed', { second: 300, change: { revealed: false } }, /the team files what it thinks it was/],
  ['lost', { second: 300, beat: 1 }, /less than with nobody acting/],
  ['truth', { second: 300, beat: 2 }, /It first became visible at/],
  ['score', { second: 300, beat: 3 }, /of 1,000 points/],
  ['board', { second: 300, beat: 4 }, /this game/],
  ['next-lobby', { second: -1, round: 2 }, /Round 2/],
];

async function openWall(page: Page, room: FakeRoom): Promise<FakeSpectators> {
  await serve(page);
  const board = { scenarioId: 'polls-mystery', seedKey: TODAY, bracket: '2-3' };
  const place = { ...board, place: 1, tied: false, of: 6, why: null };
  await page.route('**/api/games/*/place', (route) => route.fulfill({ json: place }));
  const spectators = new FakeSpectators(room);
  await spectators.serve(page);
  await page.goto(`/#/wall/${CODE}`);
  return spectators;
}

async function neverScrolls(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return [scrollHeight - innerHeight, scrollWidth - innerWidth];
  });
  expect(Math.max(...beyond), 'a wall does not scroll').toBeLessThanOrEqual(0);
  const cut = await page.evaluate(() => {
    const low = [...document.querySelectorAll('main *')].filter(
      (one) => one.getBoundingClientRect().bottom > innerHeight + 1 && one.getBoundingClientRect().height > 0,
    );
    return low.map((one) => `${one.tagName} ${one.textContent?.slice(0, 40)}`);
  });
  expect(cut, 'nothing lies below the screen').toEqual([]);
}

/** Scenes that look different enough to be looked at on other screens, too. */
const ELSEWHERE = ['lobby', 'live', 'lost', 'truth', 'score', 'board'];

const SCREENS = [
  ['wall', 1920, 1080],
  ['small', 1280, 720],
  ['phone', 390, 844],
] as const;

for (const [screen, width, height] of SCREENS) {
  test.describe(screen, () => {
    test.use({ colorScheme: 'dark', viewport: { width, height } });
    test(`follows a round and the next without a hand: ${screen}`, async ({ page }) => {
      test.setTimeout(120_000);
      const spectators = await openWall(page, ROUND[0][1]);
      for (const [name, room, says] of ROUND) {
        spectators.become(room);
        await expect(page.getByText(says).first()).toBeVisible();
        if (screen === 'wall' || ELSEWHERE.includes(name))
          await lookAt(page, `wall-${name}-${screen}`, { whole: screen === 'phone' });
        if (screen !== 'phone') await neverScrolls(page);
        if (screen === 'wall' && ELSEWHERE.includes(name)) {
          await page.emulateMedia({ colorScheme: 'light' });
          await lookAt(page, `wall-${name}-light`, { colours: true });
          await page.emulateMedia({ colorScheme: 'dark' });
        }
        await expect(page.getByText(/\b(Ana|Bo|Cy|Di)\b/), 'nobody is called by name').toHaveCount(0);
      }
    });
  });
}

test.describe('alone all day', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('asks for a code once, remembers it, and offers another room', async ({ page }) => {
    await serve(page);
    await new FakeSpectators({ second: 128 }).serve(page);
    await page.goto('/#/wall');
    await page.getByLabel('Code of the room').fill('7KQ4');
    await page.keyboard.press('Enter');
    await expect(page.getByText('A code has 8 letters and digits')).toBeVisible();
    await page.getByLabel('Code of the room').fill('7kq4 m2xd');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /failing/ })).toBeVisible();
    await page.goto('/#/games');
    await page.goto('/#/wall');
    await expect(page.getByRole('heading', { name: /failing/ })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`#/wall/${CODE}$`));
    await page.getByRole('link', { name: 'Another room' }).click();
    await expect(page.getByLabel('Code of the room')).toBeVisible();
  });

  test('goes through the debrief by itself, and a reload comes back to the same scene', async ({ page }) => {
    await page.clock.install();
    await openWall(page, { second: 300 });
    const scene = (name: string) => expect(page.locator(`[data-scene="${name}"]`)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What users lost' })).toBeVisible();
    await page.clock.fastForward(30_000);
    await expect(page.getByRole('heading', { name: 'The truth' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'The truth' })).toBeVisible();
    await page.clock.fastForward(35_000);
    await expect(page.getByRole('heading', { name: 'What it was worth' })).toBeVisible();
    await page.clock.fastForward(35_000);
    await scene('board');
    await page.clock.fastForward(40_000);
    await scene('qr');
    // A key leads elsewhere for a while.
    await page.keyboard.press('ArrowLeft');
    await scene('board');
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByRole('heading', { name: 'What it was worth' })).toBeVisible();
    await page.clock.fastForward(61_000);
    await expect(page.getByRole('heading', { name: 'What it was worth' })).toHaveCount(0);
  });

  test('shows the age of a dropped network over the last picture, and comes back by itself', async ({
    page,
  }) => {
    const spectators = await openWall(page, { second: 128 });
    const sentence = page.getByRole('heading', { name: /failing/ });
    await expect(sentence).toBeVisible();
    const before = await sentence.boundingBox();
    await spectators.cut();
    await expect(page.getByText(/Connection lost at [\d:]+ UTC, \d+ s ago/)).toBeVisible();
    expect(await sentence.boundingBox(), 'nothing jumps').toEqual(before);
    await lookAt(page, 'wall-dropped');
    spectators.become({ second: 215 });
    spectators.restore();
    await expect(page.getByText(/more must hold/)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(/Connection lost/)).toHaveCount(0);
  });

  test('a room that is gone is said so, and another one can be followed', async ({ page }) => {
    const sentence = 'There is no room of this code. Check it with whoever sent it.';
    await openWall(page, { second: null, refused: { why: 'no-room', sentence } });
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByLabel('Code of the room')).toBeVisible();
    await lookAt(page, 'wall-gone');
  });
});

test.describe('many rounds', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('forty rounds leave nothing behind', async ({ page }) => {
    test.setTimeout(120_000);
    const spectators = await openWall(page, { second: 128 });
    const playRound = async (round: number) => {
      spectators.become({ second: -1, round });
      await expect(page.locator('[data-scene="qr"]')).toBeVisible();
      spectators.become({ second: 128, round });
      await expect(page.getByRole('heading', { name: /failing/ })).toBeVisible();
    };
    const session = await page.context().newCDPSession(page);
    const counted = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      return { nodes, jsEventListeners, elements: await page.locator('*').count() };
    };
    for (let round = 2; round <= 21; round++) await playRound(round);
    // The browser keeps what it last drew for a while; what grows after that is ours.
    const early = await counted();
    for (let round = 22; round <= 41; round++) await playRound(round);
    const late = await counted();
    expect(late.elements).toBeLessThanOrEqual(early.elements + 5);
    expect(late.nodes, 'nodes kept').toBeLessThan(early.nodes + 100);
    expect(late.jsEventListeners, 'listeners kept').toBeLessThan(early.jsEventListeners + 10);
  });
});
