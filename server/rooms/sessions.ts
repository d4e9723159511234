/**
 * Who somebody is, as far as this server wants to know: a signed cookie with a random number, no account. A
 * seat follows from the number and the room, so nothing about it needs to be stored.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the cookie. */
export const SESSION_COOKIE = 'chaotic_good_session';
const SECRET_FILE = 'session-secret';
const SESSION = /^[0-9a-f]{32}$/;
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
    const given = Buffer.from(signature, 'hex');
    const due = this.#sign(session);
    return given.length === due.length && timingSafeEqual(given, due) ? session : null;
  }

  /** The `Set-Cookie` header that gives somebody a session. */
  cookie(session: string, secure: boolean): string {
    const value = `${session}.${this.#sign(session).toString('hex')}`;
    const parts = [`${SESSION_COOKIE}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
    return [...parts, `Max-Age=${MAX_AGE_SECONDS}`, ...(secure ? ['Secure'] : [])].join('; ');
  }

  /** The seat of a session in a room; tells nothing about the session. */
  seatOf(session: string, code: string): string {
    const digest = createHmac('sha256', this.#secret).update(`seat ${session} ${code}`).digest('hex');
    return `seat-${digest.slice(0, 12)}`;
  }

  #sign(session: string): Buffer {
    return createHmac('sha256', this.#secret).update(`session ${session}`).digest();
  }
}
