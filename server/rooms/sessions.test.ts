import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { JoinGate } from './join-gate.ts';
import { JoinTickets } from './join-tickets.ts';
import { SESSION_COOKIE, Sessions } from './sessions.ts';

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-sessions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cookieOf(sessions: Sessions, session: string): string {
  return sessions.cookie(session, false).split(';')[0];
}

it('knows its own cookies again, also after a restart', () => {
  const session = new Sessions(folder).create();
  const cookie = cookieOf(new Sessions(folder), session);
  expect(new Sessions(folder).read(`other=1; ${cookie}; more=2`)).toBe(session);
});

it.each([
  undefined,
  '',
  SESSION_COOKIE,
  `${SESSION_COOKIE}=`,
  `${SESSION_COOKIE}=${'0'.repeat(32)}`,
  `${SESSION_COOKIE}=${'0'.repeat(32)}.${'0'.repeat(64)}`,
  `${SESSION_COOKIE}=${'z'.repeat(100_000)}`,
])('takes %s for nobody', (cookies) => expect(new Sessions(folder).read(cookies)).toBeNull());

it('keeps the cookie from scripts and other sites', () => {
  const cookie = new Sessions(folder).cookie('0'.repeat(32), true);
  expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
});

it('gives a session the same seat in one room and another in the next', () => {
  const sessions = new Sessions(folder);
  const session = sessions.create();
  expect(sessions.seatOf(session, 'AAAA0000')).toBe(new Sessions(folder).seatOf(session, 'AAAA0000'));
  expect(sessions.seatOf(session, 'AAAA0000')).not.toBe(sessions.seatOf(session, 'BBBB0000'));
  expect(sessions.seatOf(session, 'AAAA0000')).not.toContain(session.slice(0, 8));
});

it('takes a ticket once, for 30 s, from whom it was given to', () => {
  let nowMs = 0;
  const tickets = new JoinTickets(() => nowMs);
  const ticket = { code: 'AAAA0000', seat: 'seat-1', session: 's1' };
  const first = tickets.issue(ticket);
  expect(tickets.use(first, 's1')).toEqual(ticket);
  expect(tickets.use(first, 's1')).toBeNull();
  expect(tickets.use(tickets.issue(ticket), 's2')).toBeNull();
  expect(tickets.use(tickets.issue(ticket), null)).toBeNull();
  const late = tickets.issue(ticket);
  nowMs = 30_001;
  expect(tickets.use(late, 's1')).toBeNull();
});

it('counts failed joins against an address, and only those', () => {
  const sessions = new Sessions(folder);
  const gate = new JoinGate({ sessions, hasRoom: (code) => code === 'AAAA0000', isSecure: false });
  for (let joined = 0; joined < 500; joined++) expect(gate.whyNotKnown('AAAA0000', 'class')).toBeNull();
  for (let wrong = 0; wrong < 10; wrong++) expect(gate.whyNotKnown('BBBB0000', 'guesser')?.status).toBe(404);
  expect(gate.whyNotKnown('BBBB0000', 'guesser')?.status).toBe(429);
  // Then not even the right code is told from a wrong one.
  expect(gate.whyNotKnown('AAAA0000', 'guesser')?.status).toBe(429);
  expect(gate.whyNotKnown('AAAA0000', 'class')).toBeNull();
});

it('answers missing and malformed codes alike', () => {
  const gate = new JoinGate({ sessions: new Sessions(folder), hasRoom: () => false, isSecure: false });
  expect(gate.whyNotKnown(null, 'a')).toEqual(gate.whyNotKnown('AAAA0000', 'b'));
});

it('has one seed a day and scenario, which another server has not, and persons who are no sessions', () => {
  const sessions = new Sessions(folder);
  const seed = sessions.daySeed('polls-mystery', '2026-11-26');
  expect(seed).toMatch(/^[0-9a-f]{32}$/);
  expect(new Sessions(folder).daySeed('polls-mystery', '2026-11-26')).toBe(seed);
  const others = [
    sessions.daySeed('polls-mystery', '2026-11-27'),
    sessions.daySeed('disk-pressure', '2026-11-26'),
    new Sessions(`${folder}/another`).daySeed('polls-mystery', '2026-11-26'),
  ];
  expect(new Set([seed, ...others]).size).toBe(4);
  const session = sessions.create();
  expect(sessions.personOf(session)).toBe(new Sessions(folder).personOf(session));
  expect(sessions.personOf(session)).not.toContain(session);
});
