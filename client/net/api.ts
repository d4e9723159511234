/** The HTTP API of the server: what pages ask for before and after a game. */
import type { Board, GamePlace, GamesChoices, GamesPage } from '@chaotic-good/engine/protocol/boards';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { SeatKind } from '@chaotic-good/engine/protocol/commands';
import type { GameRules } from '@chaotic-good/engine/protocol/game-rules';
import type {
  PostMortem,
  PostMortemAnswer,
  PostMortemEdit,
  PostMortemSheet,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import { ApiError } from './api-error.ts';

/** A scenario as the list shows it. */
export type ScenarioSummary = {
  id: string;
  title: string;
  level: 'intro' | 'drill' | 'hard';
  story: string;
  /** Title of the system, and what it is in three sentences. */
  system?: string;
  sentences?: string[];
  timeLimitSeconds?: number;
};

/** A room as those who are not in it see it. */
type RoomSummary = { code: string; title?: string; phase?: string; players?: number };

/** Which finished games; '' = any. Days are `YYYY-MM-DD` (UTC), both included. */
export type GamesFilter = { scenario: string; team: string; fault: string; from: string; to: string };

/** Which seed a room is played on: without a choice one is drawn. The server keeps the rest to itself. */
export type SeedChoice = { seed?: string } | { sameForAll: 'today' } | { seedOf: string };

/** How other computers reach this server. */
export type ServerInfo = { publicUrl: string | null; lanUrls: string[]; onlyThisComputer: boolean };

/** A seat that was taken. */
type SeatTaken = { seat: string; ticket: string; roomId?: string };

/** What came of writing: how the post-mortem stands now, and advice about its words. */
export type PostMortemSaved = { sheet: PostMortemSheet; advice: string[] };

/** Where a post-mortem and its files are; a file is this with its ending. */
export function postMortemPath(id: string): string {
  return `/api/games/${encodeURIComponent(id)}/post-mortem`;
}

const NO_ANSWER = 'The server does not answer. Nothing was changed; try again in a moment.';

async function request(path: string, body?: unknown): Promise<Response> {
  const options: RequestInit = { credentials: 'same-origin' };
  if (body !== undefined) {
    options.method = 'POST';
    options.headers = { 'content-type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options).catch(() => {
    throw new ApiError(0, NO_ANSWER);
  });
  if (response.ok) return response;
  const told = (await response.json().catch(() => null)) as { sentence?: string } | null;
  const sentence = told?.sentence ?? `The server answered ${response.status}.`;
  throw new ApiError(response.status, sentence, told);
}

async function json<T>(path: string, body?: unknown): Promise<T> {
  return (await (await request(path, body)).json()) as T;
}

/** Lists may come bare or under their name. */
async function list<T>(path: string, name: string): Promise<T[]> {
  const answer = await json<T[] | Record<string, T[]>>(path);
  return Array.isArray(answer) ? answer : (answer[name] ?? []);
}

/** What is asked for, as the end of an address. */
function asked(query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return text === '' ? '' : `?${text}`;
}

/** What the pages can ask for. */
export const api = {
  /** Every scenario. */
  scenarios: () => list<ScenarioSummary>('/api/scenarios', 'scenarios'),
  /** Finished games, newest first, a page at a time; `after` = what the page before said comes next. */
  games: (filter: Partial<GamesFilter & { after: string; limit: string }> = {}) =>
    json<GamesPage>(`/api/games${asked(filter)}`),
  /** What the list can be narrowed to. */
  gamesChoices: () => json<GamesChoices>('/api/games/choices'),
  /** The place of a finished game; fails while the game is not kept yet. */
  place: (id: string) => json<GamePlace>(`/api/games/${encodeURIComponent(id)}/place`),
  /** The board of a scenario; '' = the usual seed and bracket. */
  board: (scenario: string, seed = '', bracket = '') =>
    json<Board>(`/api/boards/${encodeURIComponent(scenario)}${asked({ seed, bracket })}`),
  /** The debrief of a finished game. */
  game: (id: string) => json<Debrief>(`/api/games/${encodeURIComponent(id)}`),
  /** The post-mortem of a finished game, and what this person may do with it. */
  postMortem: (id: string) => json<PostMortemSheet>(postMortemPath(id)),
  /** One of its versions. */
  postMortemVersion: (id: string, version: number) =>
    json<PostMortemVersion & { document: PostMortem }>(`${postMortemPath(id)}/versions/${version}`),
  /** Saves what was written from a version on; a conflict comes as an error with the sheet of the others. */
  savePostMortem: (id: string, base: number, edit: PostMortemEdit) =>
    json<PostMortemSaved>(postMortemPath(id), { base, edit }),
  /** Makes it final, as it was in a version. */
  finishPostMortem: (id: string, base: number) =>
    json<PostMortemSaved>(`${postMortemPath(id)}/final`, { base }),
  /** Answers the two questions, in place of an earlier answer. */
  answer: (id: string, answer: PostMortemAnswer) =>
    json<PostMortemSaved>(`/api/games/${encodeURIComponent(id)}/answers`, answer),
  /** What a finished game is played again from; refused before its debrief, and for another engine. */
  replayInputs: (id: string) => json<ReplayGame>(`/api/games/${encodeURIComponent(id)}/inputs`),
  /** What was normal before it, as the engine encodes it. */
  replayPrehistory: async (id: string) =>
    new Uint8Array(await (await request(`/api/games/${encodeURIComponent(id)}/prehistory`)).arrayBuffer()),
  /** How other computers reach this server. */
  info: () => json<ServerInfo>('/api/info'),
  /** Opens a room. */
  createRoom: (scenario: string, rules: GameRules, choice: SeedChoice = {}) =>
    json<{ code: string }>('/api/rooms', { scenario, rules, ...choice }),
  /** Opens the next round of a room for all who are there: the host, or anybody while the host is away. */
  nextRound: (code: string) =>
    json<{ incidentId: string; round: number }>(`/api/rooms/${encodeURIComponent(code)}/rounds`, {}),
  /** Whether there is such a room. */
  room: (code: string) => json<RoomSummary>(`/api/rooms/${encodeURIComponent(code)}`),
  /** Takes a seat, or the same seat again. */
  takeSeat: (code: string, name: string, kind: SeatKind) =>
    json<SeatTaken>(`/api/rooms/${encodeURIComponent(code)}/seats`, { name, kind }),
  /** Makes a link that moves the own seat to another device: good once, and for so many seconds. */
  makeHandover: (code: string) =>
    json<{ token: string; seconds: number }>(`/api/rooms/${encodeURIComponent(code)}/handovers`, {}),
  /** Opens such a link: from now on this browser has that seat. */
  useHandover: (code: string, token: string) =>
    json<{ seat: string; name: string }>(`/api/rooms/${encodeURIComponent(code)}/handovers/use`, { token }),
};

/** The API, so that pages can be given another. */
export type Api = typeof api;
