/** The post-mortem as its readers and writers meet it, and the file that is forwarded. */
import { statSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { exportedFile, FakePostMortem } from './fake-post-mortem.ts';
import { serve } from './fake-server.ts';
import { lookAtScenes } from './look-at-scenes.ts';
import type { Scene } from './look-at-scenes.ts';
import { printedTexts } from './printed-texts.ts';

async function open(page: Page, fake = new FakePostMortem()): Promise<FakePostMortem> {
  await serve(page);
  await fake.serve(page);
  await page.goto('/#/games/demo/post-mortem');
  await page.getByRole('heading', { level: 1 }).waitFor();
  return fake;
}

async function clash(page: Page): Promise<void> {
  const fake = await open(page);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('What it cost').fill('It cost little.');
  await page.getByLabel('Owner', { exact: true }).first().fill('Network team');
  fake.put('Incident commander', (edit) => ({
    ...edit,
    summary: ['Hurt for two minutes.', 'It cost $99.80.', ...edit.summary.slice(2)],
  }));
  await page.getByRole('button', { name: 'Save a version' }).click();
  await page.getByRole('region', { name: 'Both changed the same' }).waitFor();
}

async function versions(page: Page): Promise<void> {
  const fake = new FakePostMortem();
  fake.put('Ops', (edit) => edit);
  fake.put('Incident commander', (edit) => ({
    ...edit,
    summary: ['Hurt for two minutes.', ...edit.summary.slice(1)],
    actions: edit.actions.slice(1),
  }));
  await open(page, fake);
  await page.getByRole('button', { name: 'Versions (2)' }).click();
  await page.getByRole('button', { name: 'What changed' }).first().click();
  await page.getByText('+ Hurt for two minutes.').or(page.locator('ins')).first().waitFor();
}

/** A long form, and what stands over it; a picture of each would say the same thrice. */
const DESK: Scene[] = [
  ['evidence', (page) => open(page), true],
  ['versions', versions],
];
const PHONE: Scene[] = [
  ['read', (page) => open(page, new FakePostMortem('badly', false)), true],
  ['edit', clash, true],
  [
    'final',
    async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Make it final' }).click();
      await page.getByRole('dialog', { name: 'Make it final?' }).waitFor();
    },
  ],
];

lookAtScenes(DESK, PHONE, 'post-mortem-');

test.describe('the post-mortem page', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('is marked, reads as a document, and can be forwarded; who did not play reads', async ({ page }) => {
    await open(page, new FakePostMortem('badly', false));
    const article = page.getByRole('article');
    await expect(article.locator('p').first()).toHaveText('EXERCISE');
    await expect(article).toContainText('make room by removing the write-ahead log', { ignoreCase: true });
    await expect(article).toContainText('What would have told it apart: the database volume is full');
    await expect(page.getByText('You read it. Those who played this game write it')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
    const files = page.getByRole('list', { name: 'Download' }).getByRole('link');
    await expect(files).toHaveText(['HTML', 'Markdown', 'JSON', 'Actions as CSV']);
    for (const file of await files.all()) {
      expect(await file.getAttribute('download')).toMatch(/^EXERCISE-post-mortem-demo/);
    }
    await expect(article.getByRole('link', { name: '14:09:30' }).first()).toHaveAttribute(
      'href',
      '#/games/demo/replay?at=270',
    );
  });

  test('what is written survives a reload, is saved as a version, and is final once', async ({ page }) => {
    const fake = await open(page);
    await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter');
    await page.getByLabel('When and who was hurt').fill('Voters were hurt for two minutes.');
    await page.getByRole('button', { name: 'Add action' }).click();
    await expect(page.getByText('Something is empty. Write it, or strike it out.')).toBeVisible();
    await page.getByLabel('Action 5', { exact: true }).fill('Alert on retransmits by node');
    await page.getByLabel('Owner', { exact: true }).last().fill('Ops');
    await page.getByLabel('Due').last().fill('2026-12-24');
    await page.getByLabel('Show: Took on: Voting spends its error budget too fast').uncheck();
    await page.getByLabel('Time, UTC').fill('14:07:30');
    await page.getByLabel('What happened', { exact: true }).fill('Called the network team');
    await page.getByRole('button', { name: 'Add line' }).click();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await expect(page.getByText(/Your changes of \d\d:\d\d were kept on this device/)).toBeVisible();
    await expect(page.getByLabel('When and who was hurt')).toHaveValue('Voters were hurt for two minutes.');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Saved as version 1.')).toBeVisible();
    const article = page.getByRole('article');
    await expect(article).toContainText('Voters were hurt for two minutes.');
    await expect(article.getByRole('row', { name: /Alert on retransmits by node/ })).toContainText(
      '2026-12-24',
    );
    await expect(article).toContainText('Called the network team');
    await expect(article).not.toContainText('Took on: Voting spends its error budget too fast');
    expect(fake.versions).toHaveLength(1);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Make it final' }).click();
    await page.getByRole('button', { name: 'Make this post-mortem final' }).click();
    await expect(page.getByText('Final: it can be read, not changed.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
  });
});

test.describe('versions of the post-mortem', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('of two who wrote, the second sees both, chooses, and loses nothing', async ({ page }) => {
    await clash(page);
    await expect(page.getByText(/^Incident commander saved version 1 while you wrote\./)).toBeVisible();
    await expect(page.getByLabel('When and who was hurt')).toHaveValue('Hurt for two minutes.');
    await expect(page.getByLabel('What it cost')).toHaveValue('It cost little.');
    await expect(page.getByLabel('Owner', { exact: true }).first()).toHaveValue('Network team');
    await page.getByRole('button', { name: 'Take theirs' }).click();
    await expect(page.getByLabel('What it cost')).toHaveValue('It cost $99.80.');
    await page.getByRole('button', { name: 'Save a version' }).click();
    await expect(page.getByText('Saved as version 2.')).toBeVisible();
    await expect(page.getByRole('article')).toContainText('Network team');
  });

  test('versions can be compared, and an earlier one restored as a new one', async ({ page }) => {
    await versions(page);
    const panel = page.getByRole('region', { name: 'Versions', exact: true });
    await expect(panel.locator('ins')).toHaveText('Hurt for two minutes.');
    await expect(panel.locator('del')).toHaveCount(2);
    await panel.getByRole('button', { name: 'Restore version 1' }).click();
    await expect(page.getByText('Version 1 is restored, as version 3.')).toBeVisible();
    await expect(page.getByRole('article')).not.toContainText('Hurt for two minutes.');
  });
});

test.describe('around the post-mortem', () => {
  test.use({ colorScheme: 'dark', viewport: { width: 1440, height: 900 } });

  test('two questions are asked beside the debrief, and the answer can be changed', async ({ page }) => {
    await serve(page);
    const fake = new FakePostMortem();
    await fake.serve(page);
    await page.goto('/#/games/demo');
    const questions = page.getByRole('region', { name: 'Two questions to you' });
    await questions.getByLabel('What was hard?').fill('Too many charts');
    await questions.getByLabel('One thing to change').fill('Fewer charts');
    await questions.getByRole('button', { name: 'Send' }).click();
    await expect(questions).toContainText('Thank you. Your answers are in the post-mortem.');
    expect(fake.answer).toEqual({ hard: 'Too many charts', change: 'Fewer charts' });
    await questions.getByRole('button', { name: 'Change your answers' }).click();
    await expect(questions.getByLabel('What was hard?')).toHaveValue('Too many charts');
  });

  test('a game that is not there, and a server that is away, say so', async ({ page }) => {
    await serve(page);
    await page.route('**/api/games/demo/post-mortem', (route) => {
      return route.fulfill({
        status: 404,
        json: { error: 'no-such-game', sentence: 'There is no such game.' },
      });
    });
    await page.goto('/#/games/demo/post-mortem');
    await expect(page.getByRole('alert')).toContainText('There is no such game.');
    await new FakePostMortem().serve(page);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Post-mortem: Votes are failing');
  });
});

test.describe('the HTML file', () => {
  for (const name of ['well', 'badly'] as const) {
    test(`of a game ${name} played opens offline on a phone and prints on A4`, async ({ browser }) => {
      expect(statSync(exportedFile(name)).size).toBeLessThan(500_000);
      const context = await browser.newContext({
        offline: true,
        javaScriptEnabled: false,
        viewport: { width: 390, height: 844 },
        colorScheme: 'dark',
      });
      const page = await context.newPage();
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`file://${exportedFile(name)}`);
      expect(asked).toHaveLength(1);
      expect((await page.locator('body').innerText()).split('\n')[0]).toBe('EXERCISE');
      await expect(page).toHaveTitle(/^EXERCISE: /);
      const box = await page.locator('html').boundingBox();
      expect(box?.width).toBeLessThanOrEqual(390);
      await expect(page.locator('svg').first()).toBeVisible();
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
      await context.close();
    });

    test(`of a game ${name} played says EXERCISE on each printed page`, async ({ page }) => {
      await page.goto(`file://${exportedFile(name)}`);
      const marked = await printedTexts(page);
      // Its letters are spaced, so each is a piece: with it hidden in its place, every page has eight less.
      await page.addStyleTag({ content: '.marking { visibility: hidden !important }' });
      const bare = await printedTexts(page);
      expect(marked.length).toBeGreaterThan(1);
      expect(bare).toHaveLength(marked.length);
      for (const [at, texts] of marked.entries()) expect(texts - bare[at], `page ${at + 1}`).toBe(8);
      await expect(page.locator('thead .marking')).toHaveText('EXERCISE');
    });
  }
});
