import { expect, it } from 'vitest';
import type { GamePlace } from '@chaotic-good/engine/protocol/boards';
import { boardAddress, placeWords, seedWords } from './board-words.ts';

const PLACE: GamePlace = {
  scenarioId: 'polls-mystery',
  seedKey: '2026-11-26',
  bracket: '2-3',
  place: 2,
  tied: false,
  of: 5,
  why: null,
};

it('says where a game stands, or why it stands nowhere', () => {
  expect(placeWords(PLACE)).toBe('Place 2 of 5 on this seed, two or three players');
  expect(placeWords({ ...PLACE, tied: true })).toMatch(/^Shared place 2 of 5/);
  expect(placeWords({ ...PLACE, place: null, why: 'practised' })).toContain('had met this seed');
  expect(placeWords({ ...PLACE, place: null, why: 'practice' })).toContain('Practice');
  expect(placeWords({ ...PLACE, place: null, why: 'older-rules' })).toContain('older rules');
});

it('names a seed by its day, or by a game on it', () => {
  const seed = { key: '2026-11-26', day: '2026-11-26', games: 1, newestUnixMs: 0 };
  expect(seedWords(seed, '2026-11-26')).toBe('Today, 2026-11-26 · 1 game');
  expect(seedWords(seed, '2026-11-27')).toBe('2026-11-26 · 1 game');
  expect(seedWords({ ...seed, key: '7KQ4M2XD', day: null, games: 2 }, '')).toBe(
    'Seed of game 7KQ4M2XD · 2 games',
  );
  expect(boardAddress('polls-mystery', '2026-11-26', '4-up')).toBe(
    '#/boards/polls-mystery?seed=2026-11-26&bracket=4-up',
  );
  expect(boardAddress('polls-mystery')).toBe('#/boards/polls-mystery');
});
