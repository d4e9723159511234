import { describe, expect, it } from 'vitest';
import { expOf, logOf, powOf } from './math.ts';

/** Relative distance of two numbers. */
function apart(ours: number, theirs: number): number {
  return Math.abs(ours - theirs) / Math.max(1e-300, Math.abs(theirs));
}

describe('exact mathematics', () => {
  it('agrees with the platform on logarithms to thirteen digits, denormals included', () => {
    for (let n = 1; n < 4000; n++) {
      const value = n * n * 1e-5 * Math.exp((n % 97) - 48);
      expect(apart(logOf(value), Math.log(value))).toBeLessThan(
        Math.abs(Math.log(value)) < 1e-3 ? 1e-9 : 1e-13,
      );
    }
    expect(apart(logOf(5e-324), Math.log(5e-324))).toBeLessThan(1e-13);
    expect(logOf(1)).toBe(0);
  });

  it('agrees with the platform on exponentials over the whole range', () => {
    for (let power = -740; power <= 709; power += 0.37) {
      // Results below the normal range lose digits on every machine.
      expect(apart(expOf(power), Math.exp(power))).toBeLessThan(power < -708 ? 1e-3 : 1e-13);
    }
    expect(expOf(-800)).toBe(0);
    expect(expOf(800)).toBe(Infinity);
  });

  it('raises to powers', () => {
    expect(powOf(2, 10)).toBe(1024);
    expect(apart(powOf(1.5, 2.5), Math.pow(1.5, 2.5))).toBeLessThan(1e-13);
  });
});
