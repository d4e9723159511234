import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TerminalRelay } from './terminal-relay.ts';

// Method: a clock that the test moves; then what followers were told, `|` where they began anew.

let told: string;
let pieces: number;
let relay: TerminalRelay;

beforeEach(() => {
  vi.useFakeTimers();
  told = '';
  pieces = 0;
  relay = new TerminalRelay((_follower, _seat, text, fresh) => {
    told = (fresh ? '|' : told) + text;
    pieces++;
  });
});

afterEach(() => void vi.useRealTimers());

it('of a flood followers are told the end, and no more than a screenful each time', () => {
  relay.follow('ana', 'bo');
  vi.advanceTimersByTime(1000);
  for (let line = 1; line <= 100_000; line++) relay.shows('bo', 'main', `line ${line} \x1b[31mred\x1b[0m\n`);
  vi.advanceTimersByTime(1000);
  expect(pieces).toBe(2);
  expect(told.length).toBeLessThanOrEqual(8001);
  expect(told).toMatch(/^\|line \d+ .*\nline 100000 \x1b\[31mred\x1b\[0m\n$/s);
});

it('what is shown within a moment goes together', () => {
  relay.follow('ana', 'bo');
  for (const text of ['a', 'b', 'c\n']) relay.shows('bo', 'main', text);
  vi.advanceTimersByTime(1000);
  relay.shows('bo', 'main', 'd');
  relay.shows('bo', 'second', 'e');
  vi.advanceTimersByTime(1000);
  expect([told, pieces]).toEqual(['|abc\nd\n[second]\ne', 2]);
});

it('tells nothing once it is closed', () => {
  relay.follow('ana', 'bo');
  relay.close();
  relay.shows('bo', 'main', 'a');
  vi.advanceTimersByTime(1000);
  expect(pieces).toBe(0);
});
