import { expect, it } from 'vitest';
import { longestPhase, phaseShares, phaseWords } from './phase-shares.ts';

it('tells phases as shares and in words, without those that were never entered', () => {
  const shares = phaseShares({ notice: 30, orient: 60, decide: 0, repair: 210, verify: 0 });
  expect(shares.map(({ id, share }) => [id, share])).toEqual([
    ['notice', 0.1],
    ['orient', 0.2],
    ['decide', 0],
    ['repair', 0.7],
    ['verify', 0],
  ]);
  expect(phaseWords(shares)).toBe('Notice 30 s, Orient 1 min, Repair 3 min 30 s');
  expect(longestPhase(shares)?.title).toBe('Repair');
});

it('knows no shares of no time', () => {
  const none = phaseShares({ notice: 0, orient: 0, decide: 0, repair: 0, verify: 0 });
  expect([none, phaseWords(none), longestPhase(none)]).toEqual([[], '', undefined]);
});
