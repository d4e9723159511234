import { expect, it } from 'vitest';
import { holdLeftSeconds } from './hold-left.ts';

/** Ten user actions a second since second 0, all of them failing over [from, to). */
function journey(from: number, to: number, objectiveRatio = 0.99) {
  return {
    objectiveRatio,
    attempts: (second: number) => (second < 0 ? null : 10 * second),
    failures: (second: number) => (second < 0 ? null : 10 * Math.max(0, Math.min(second, to) - from)),
  };
}

it('counts down the seconds that bad ones still have to leave the window', () => {
  // The window may hold 9 bad ones of 900: not one bad second.
  expect(holdLeftSeconds([journey(100, 200)], 220, 90)).toBe(70);
  expect(holdLeftSeconds([journey(100, 200)], 289, 90)).toBe(1);
  expect(holdLeftSeconds([journey(100, 200)], 290, 90)).toBe(0);
});

it('waits for the journey that hurts longest', () => {
  expect(holdLeftSeconds([journey(100, 200), journey(100, 215, 0.9)], 230, 90)).toBe(66);
});

it('says nothing while users are being hurt or nothing is known', () => {
  expect(holdLeftSeconds([journey(100, 200)], 190, 90)).toBeNull();
  expect(holdLeftSeconds([journey(100, 200)], 205, 90)).toBeNull();
  expect(holdLeftSeconds([], 205, 90)).toBeNull();
  expect(holdLeftSeconds([journey(0, 0)], 0, 90)).toBeNull();
});
