import { expect, it } from 'vitest';
import { BOOTH_RULES, SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import { rulesInWords } from './rule-choices.ts';

it('says of a booth that it is ranked, and how long it stays calm', () => {
  const { title, sentence } = rulesInWords(BOOTH_RULES);
  expect(title).toBe('Ranked');
  expect(sentence).toContain('no pause');
  expect(sentence).toContain('It stays calm for 30 s, or until all are ready for trouble.');
});

it('says where there is no calm', () => {
  expect(rulesInWords(SCRIPT_RULES).sentence).toContain('There is no calm before the trouble.');
});
