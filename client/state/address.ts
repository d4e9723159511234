/** Addresses of pages: what stands behind the `#`. */

/** A page. */
export type Page =
  | { page: 'home' }
  | { page: 'join'; code: string }
  | { page: 'scenarios' }
  | { page: 'boards'; scenario: string }
  | { page: 'games' }
  | { page: 'game'; id: string }
  | { page: 'post-mortem'; id: string }
  | { page: 'replay'; id: string; tab: string }
  | { page: 'room'; code: string; tab: string }
  | { page: 'watch'; code: string }
  /** The wall of a room; without a code it asks for one, or goes to the one that it remembers. */
  | { page: 'wall'; code: string }
  | { page: 'unknown'; path: string };

/** A page with what is asked of it. */
export type Address = { page: Page; query: URLSearchParams };

/** Reads `#/room/ABCD2345/logs?q=timeout`. */
export function readAddress(hash: string): Address {
  const [path, search = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const query = new URLSearchParams(search);
  return { page: pageOf(path, query), query };
}

function pageOf(path: string, query: URLSearchParams): Page {
  const [first = '', second = '', third = '', fourth = ''] = path.split('/').map(decodeURIComponent);
  if (first === '') return { page: 'home' };
  if (first === 'join') return { page: 'join', code: query.get('code') ?? '' };
  if (first === 'scenarios') return { page: 'scenarios' };
  if (first === 'boards') return { page: 'boards', scenario: second };
  if (first === 'games' && second === '') return { page: 'games' };
  if (first === 'games' && third === 'replay') return { page: third, id: second, tab: fourth };
  if (first === 'games')
    return third === 'post-mortem' ? { page: third, id: second } : { page: 'game', id: second };
  if (first === 'room' && second !== '') return { page: 'room', code: readCode(second), tab: third };
  if (first === 'watch' && second !== '') return { page: 'watch', code: readCode(second) };
  if (first === 'wall') return { page: 'wall', code: readCode(second) };
  return { page: 'unknown', path };
}

/** A room code as people type it: any case, with gaps, and letters that look like digits. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** Whether a text can be a room code: 8 Crockford characters. */
export function isCode(code: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code);
}

/** The code in two halves, as it is read aloud. */
export function spokenCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** Stands before the id of a game whose replay takes the place of a room. */
const REPLAY_OF = 'replay of ';

/** What a replay is called where a room has its code; addresses of its tabs lead into the replay. */
export function replayCode(id: string): string {
  return `${REPLAY_OF}${id}`;
}

/** Address of a replay at a second, as one role saw it; '' = as whoever it begins with. */
export function replayAddress(id: string, second: number, as = ''): string {
  const at = String(Math.max(0, Math.ceil(second)));
  return roomAddress(replayCode(id), '', { at, as });
}

/** Address of a room's tab, or a replay's, with what is asked of it. */
export function roomAddress(code: string, tab: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  const place = code.startsWith(REPLAY_OF)
    ? `games/${encodeURIComponent(code.slice(REPLAY_OF.length))}/replay`
    : `room/${code}`;
  return `#/${place}${tab === '' ? '' : `/${tab}`}${asked === '' ? '' : `?${asked}`}`;
}

/** Address of a finished game's debrief. */
export function gameAddress(id: string): string {
  return `#/games/${encodeURIComponent(id)}`;
}

/** Address at which everybody who has a room's code can watch it. */
export function watchAddress(code: string): string {
  return `#/watch/${code}`;
}

/** Address of the screen on a wall that follows a room from round to round. */
export function wallAddress(code: string): string {
  return `#/wall/${code}`;
}
