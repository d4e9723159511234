/** The HTTP API as the pages need it, answered by the test: one room, one scenario, finished games. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import type { ScenarioSummary, ServerInfo } from '../net/api.ts';
import type { Recording } from '../net/recording.ts';
import { serveBoards } from './fake-boards.ts';
import { FakePostMortem } from './fake-post-mortem.ts';

/** What a server says of a link that moves no seat any more. */
export const USED =
  'This link was used already, or is older than five minutes. Make another one on the device you come from.';

/** Code of the recorded room. */
export const CODE = '7KQ4M2XD';

const FILE = join(import.meta.dirname, '.cache/demo.json');

let recording: Recording | undefined;

/** The recording that is played. */
export function demo(): Recording {
  recording ??= JSON.parse(readFileSync(FILE, 'utf8')) as Recording;
  return recording;
}

/** The scenario, as the list shows it. */
function scenarios(): ScenarioSummary[] {
  const welcome = demo().messages.find(({ message }) => message.type === 'welcome')?.message;
  if (welcome?.type !== 'welcome') return [];
  const { scenarioId: id, title, story, sentences } = welcome.room;
  return [{ id, title, level: 'intro', story, sentences, timeLimitSeconds: 1200 }];
}

/** Who can reach the server. */
export const ON_A_NETWORK: ServerInfo = {
  publicUrl: null,
  lanUrls: ['http://192.168.1.20:3000'],
  onlyThisComputer: false,
};

/** What a room says besides what was recorded up to the first of it; the recording ends with it. */
export async function sayBesides(page: Page, messages: Recording['messages']): Promise<void> {
  const until = messages[0].atSecond;
  const before = demo().messages.filter(({ atSecond }) => atSecond <= until);
  const json = { ...demo(), messages: [...before, ...messages] };
  await page.route('**/demo.json', (route) => route.fulfill({ json }));
}

/** Answers the API on a page. */
export async function serve(page: Page, info: ServerInfo = ON_A_NETWORK): Promise<void> {
  const json =
    (body: unknown, status = 200) =>
    (route: Route) =>
      route.fulfill({ status, json: body });
  await page.route('**/demo.json', (route) => route.fulfill({ path: FILE, contentType: 'application/json' }));
  await page.route('**/api/info', json(info));
  await page.route('**/api/scenarios', (route) => route.fulfill({ json: scenarios() }));
  await serveBoards(page, { debrief: demo().debrief!, scenario: scenarios()[0] });
  await page.route('**/api/games/demo', (route) => route.fulfill({ json: demo().debrief }));
  // Whoever looks on did not play; tests of those who did serve their own.
  await new FakePostMortem('well', false).serve(page);
  await page.route('**/api/rooms', json({ code: CODE }, 201));
  const handovers = `**/api/rooms/${CODE}/handovers`;
  await page.route(handovers, json({ token: 'Zb3kQ9vLw2Xn8TfYh5RcMd7PjGs4Ea6U', seconds: 300 }, 201));
  await page.route(`${handovers}/use`, (route) => {
    const { token } = route.request().postDataJSON() as { token: string };
    if (token === 'good') return route.fulfill({ json: { seat: 'seat-1', name: 'Ana' } });
    return route.fulfill({ status: 410, json: { error: 'link-used', sentence: USED } });
  });
  await page.route(`**/api/rooms/${CODE}`, json({ code: CODE, phase: 'lobby' }));
  await page.route('**/api/rooms/00000000', (route) => {
    return route.fulfill({
      status: 404,
      json: { error: 'no-room', sentence: 'There is no room 0000 0000.' },
    });
  });
}
