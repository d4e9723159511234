import { expect, it } from 'vitest';
import { PRACTICE_RULES, RULE_CHOICES, rulesInWords } from './rule-choices.ts';

it('says of a booth that it is ranked, and how long it stays calm', () => {
  const booth = RULE_CHOICES.find(({ id }) => id === 'booth')!;
  const { title, sentence } = rulesInWords(booth.rules);
  expect(title).toBe('Ranked');
  expect(sentence).toContain('no pause');
  expect(sentence).toContain('It stays calm for 30 s, or until all are ready for trouble.');
});

it('says where there is no calm', () => {
  expect(rulesInWords({ ...PRACTICE_RULES, calmSeconds: 0 }).sentence).toContain(
    'There is no calm before the trouble.',
  );
});
