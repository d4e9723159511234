/**
 * Who somebody is, as far as this server wants to know: a signed cookie with a random number, no account. A
 * seat follows from the number and the room, so nothing about it needs to be stored.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the cookie. */
export const SESSION_COOKIE = 'chaotic_good_session';
/** Name of the cookie that holds a seat which began on another device; one a room, told apart by its path. */
export const SEAT_COOKIE = 'chaotic_good_seat';
/** The same for what comes after: games of a room have addresses of their own, so its code is in the name. */
const GAMES_COOKIE = `${SEAT_COOKIE}_`;
const SECRET_FILE = 'session-secret';
const SESSION = /^[0-9a-f]{32}$/;
const SEAT = /^seat-[0-9a-f]{12}$/;
/** A session lasts as long as people remember a game. */
const MAX_AGE_SECONDS = 30 * 24 * 3600;

/** The secret of this data folder; made when there is none. */
function secretOf(dataDir: string): Buffer {
  const path = join(dataDir, SECRET_FILE);
  try {
    const known = readFileSync(path);
    if (known.length === 32) return known;
  } catch {
    // There is none yet.
  }
  const made = randomBytes(32);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, made, { mode: 0o600 });
  return made;
}

/** The value of a cookie in a `Cookie` header. */
function cookieValue(header: string, name: string): string | undefined {
  for (const part of header.slice(0, 8192).split(';')) {
    const at = part.indexOf('=');
    if (at >= 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

function isSame(signature: string, due: Buffer): boolean {
  const given = Buffer.from(signature, 'hex');
  return given.length === due.length && timingSafeEqual(given, due);
}

function header(pair: string, path: string, secure: boolean): string {
  const parts = [pair, `Path=${path}`, 'HttpOnly', 'SameSite=Lax', `Max-Age=${MAX_AGE_SECONDS}`];
  return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
}

/** The sessions of one server. */
export class Sessions {
  readonly #secret: Buffer;

  constructor(dataDir: string) {
    this.#secret = secretOf(dataDir);
  }

  /** A new session. */
  create(): string {
    return randomBytes(16).toString('hex');
  }

  /** The session in a `Cookie` header, or null when there is none that we signed. */
  read(cookieHeader: string | undefined): string | null {
    const [session = '', signature = ''] = (cookieValue(cookieHeader ?? '', SESSION_COOKIE) ?? '').split('.');
    if (!SESSION.test(session)) return null;
    return isSame(signature, this.#sign(`session ${session}`)) ? session : null;
  }

  /** The `Set-Cookie` header that gives somebody a session. */
  cookie(session: string, secure: boolean): string {
    const value = `${session}.${this.#sign(`session ${session}`).toString('hex')}`;
    return header(`${SESSION_COOKIE}=${value}`, '/', secure);
  }

  /** The `Set-Cookie` header that gives a session a seat of a room in place of its own one. */
  seatCookie(seat: string, session: string, code: string, secure: boolean): string {
    const value = `${seat}.${this.#sign(`held ${seat} ${session} ${code}`).toString('hex')}`;
    return header(`${SEAT_COOKIE}=${value}`, `/api/rooms/${code}`, secure);
  }

  /** The `Set-Cookie` header by which the games of a room know that seat, too. */
  gamesCookie(seat: string, session: string, code: string, secure: boolean): string {
    const value = `${seat}.${this.#sign(`held ${seat} ${session} ${code}`).toString('hex')}`;
    return header(`${GAMES_COOKIE}${code}=${value}`, '/api/games', secure);
  }

  /** The seat of a session in a room: the one that was handed over to it, else its own. */
  seatFor(cookieHeader: string | undefined, session: string, code: string): string {
    return this.#seatBy(SEAT_COOKIE, cookieHeader, session, code);
  }

  /** The same, asked by an address of one of its games. */
  gameSeatFor(cookieHeader: string | undefined, session: string, code: string): string {
    return this.#seatBy(`${GAMES_COOKIE}${code}`, cookieHeader, session, code);
  }

  #seatBy(cookie: string, cookieHeader: string | undefined, session: string, code: string): string {
    const [seat = '', signature = ''] = (cookieValue(cookieHeader ?? '', cookie) ?? '').split('.');
    const isHeld = SEAT.test(seat) && isSame(signature, this.#sign(`held ${seat} ${session} ${code}`));
    return isHeld ? seat : this.seatOf(session, code);
  }

  /** The seat that a session begins with in a room; tells nothing about the session. */
  seatOf(session: string, code: string): string {
    const digest = createHmac('sha256', this.#secret).update(`seat ${session} ${code}`).digest('hex');
    return `seat-${digest.slice(0, 12)}`;
  }

  /** Who somebody is to the store: tells sessions apart, and tells nothing about them. */
  personOf(session: string): string {
    return this.#sign(`person ${session}`).toString('hex').slice(0, 32);
  }

  /** The seed that is the same for all who play a scenario on a day; 32 hex digits, a secret. */
  daySeed(scenarioId: string, day: string): string {
    return this.#sign(`seed of the day ${scenarioId} ${day}`).toString('hex').slice(0, 32);
  }

  #sign(text: string): Buffer {
    return createHmac('sha256', this.#secret).update(text).digest();
  }
}
