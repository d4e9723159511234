/** Boards and the list of finished games, answered by the test. */
import type { Page, Route } from '@playwright/test';
import type { Board, BoardRow, GamePlace, GamesPage, ListedGame } from '@chaotic-good/engine/protocol/boards';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';

/** The day of the tests. */
export const TODAY = '2026-01-06';
const YESTERDAY = '2026-01-05';
const MINUTE = 60_000;
const PAGE = 8;

type Row = [team: string, place: number | null, total: number, impact: number, hints: number, at: number];

function row([team, place, total, impactSeconds, hints, recoveredSecond]: Row, at: number): BoardRow {
  return {
    gameId: at === 0 ? 'demo' : `demo-${at}`,
    ...{ place, tied: place === 3, team, players: 3, total, impactSeconds, hints, recoveredSecond },
    recovery: recoveredSecond < 0 ? 'none' : total > 600 ? 'durable' : 'contained',
    ...{ recoveryPoints: 200, diagnosisPoints: total > 700 ? 200 : 150 },
    playedAtUnixMs: Date.parse(`${TODAY}T09:00Z`) + at * 17 * MINUTE,
  };
}

const RANKED: Row[] = [
  ['Night shift', 1, 871, 41.3, 0, 262],
  ['The 3 a.m. club', 2, 840, 63.8, 0, 301],
  ['', 3, 790, 80.2, 1, 377],
  ['Ops without borders, second crew', 3, 790, 80.2, 1, 377],
  ['Runbook readers', 5, 512, 214, 2, 640],
  ['First week', 6, 87, 611, 3, -1],
];
const PRACTISED: Row[] = [['Night shift', null, 960, 22.4, 0, 190]];

/** The board of the tests; by its seed and bracket as an address asks for them. */
export function boardOf(asked: URLSearchParams, scenario: { id: string; title: string }): Board {
  const isEmpty = asked.get('bracket') === '4-up';
  const day = asked.get('seed') ?? TODAY;
  const seeds = [
    { key: TODAY, day: TODAY, games: 7, newestUnixMs: 0 },
    { key: YESTERDAY, day: YESTERDAY, games: 2, newestUnixMs: 0 },
    { key: '7KQ4M2XD', day: null, games: 1, newestUnixMs: 0 },
  ];
  return {
    ...{ scenarioId: scenario.id, title: scenario.title, today: TODAY, seeds },
    seed: seeds.find(({ key }) => key === day) ?? null,
    faultClass: day === YESTERDAY ? 'disk-full' : null,
    bracket: isEmpty ? '4-up' : '2-3',
    brackets: [
      { bracket: '1', games: 0 },
      { bracket: '2-3', games: 7 },
      { bracket: '4-up', games: 0 },
    ],
    scoringVersion: isEmpty ? 0 : 2,
    ranked: isEmpty ? [] : (day === TODAY ? RANKED : RANKED.slice(0, 1)).map(row),
    practised: isEmpty ? [] : PRACTISED.map((one) => row(one, 9)),
  };
}

const FAULTS = [null, 'disk-full', 'packet-loss', 'network-policy'];
const POST_MORTEMS = ['none', 'draft', 'edited', 'final'] as const;
const TEAMS = ['Night shift', '', 'The 3 a.m. club'];

/** Twenty finished games. */
export function finishedGames(debrief: Debrief): ListedGame[] {
  const { scenarioId, title, startedAtUnixMs, score, phases = null } = debrief;
  return Array.from({ length: 20 }, (_, at) => ({
    id: at === 0 ? 'demo' : `demo-${at}`,
    ...{ scenarioId, title, startedAtUnixMs: startedAtUnixMs - at * 7_200_000 },
    ...{ team: TEAMS[at % 3], players: 1 + (at % 4), mode: at % 5 === 4 ? 'practice' : 'ranked' },
    ...{ practised: at % 5 === 3, total: Math.max(0, score.total - at * 37) },
    recovery: (['durable', 'contained', 'masked', 'none'] as const)[at % 4],
    faultClass: FAULTS[at % 4],
    phases: at === 0 ? phases : at % 6 === 5 ? null : spent(at),
    postMortem: POST_MORTEMS[at % 4],
  }));
}

function spent(at: number): ListedGame['phases'] {
  const slow = { notice: 30 + at * 9, orient: 60 + at, decide: at * 4, repair: 150, verify: 90 };
  return at === 7 ? { notice: 0, orient: 0, decide: 0, repair: 0, verify: 0 } : slow;
}

/** A page of them, as an address asks for it. */
export function gamesPage(all: readonly ListedGame[], asked: URLSearchParams): GamesPage {
  const has = (name: string) => asked.get(name) ?? '';
  const found = all.filter(
    ({ team, faultClass }) =>
      team.toLowerCase().includes(has('team').toLowerCase()) &&
      (has('fault') === '' || faultClass === has('fault')),
  );
  const from = Number(has('after') || 0);
  const limit = Number(has('limit') || PAGE);
  return {
    games: found.slice(from, from + limit),
    next: from + limit < found.length ? String(from + limit) : null,
  };
}

/** Answers what pages ask about boards and finished games. */
export async function serveBoards(
  page: Page,
  { debrief, scenario }: { debrief: Debrief; scenario: { id: string; title: string } },
): Promise<void> {
  const asked = (route: Route) => new URL(route.request().url()).searchParams;
  const place: GamePlace = {
    ...{ scenarioId: scenario.id, seedKey: TODAY, bracket: '4-up', place: 1, tied: false, of: 6, why: null },
  };
  const all = finishedGames(debrief);
  await page.route(/\/api\/boards\//, (route) => route.fulfill({ json: boardOf(asked(route), scenario) }));
  await page.route(/\/api\/games(\?|$)/, (route) => route.fulfill({ json: gamesPage(all, asked(route)) }));
  await page.route('**/api/games/*/place', (route) => route.fulfill({ json: place }));
  await page.route('**/api/games/choices', (route) =>
    route.fulfill({
      json: {
        scenarios: [{ id: scenario.id, title: scenario.title }],
        faultClasses: ['disk-full', 'network-policy', 'packet-loss'],
      },
    }),
  );
}
