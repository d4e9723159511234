import { describe, expect, it } from 'vitest';
import { drawBelow, drawExponential, drawNormal, drawU32, drawUnit, seedFromText } from './chance.ts';

const seed = seedFromText('7');
const DRAWS = 200000;

describe('chance', () => {
  it('gives the same draw for the same key whatever was drawn before', () => {
    const first = drawU32(seed, 3, 1, 2, 3);
    for (let n = 0; n < 100; n++) drawU32(seed, 3, n, 2, 3);
    expect(drawU32(seed, 3, 1, 2, 3)).toBe(first);
    expect(drawU32(seedFromText('8'), 3, 1, 2, 3)).not.toBe(first);
  });

  it('spreads neighbouring keys evenly: 256 cells, chi-square below the 99.99 % point', () => {
    for (const vary of ['purpose', 'hi', 'lo', 'index'] as const) {
      const cells = new Array<number>(256).fill(0);
      for (let n = 0; n < DRAWS; n++) {
        const at = { purpose: 3, hi: 5, lo: 7, index: 9, [vary]: n };
        cells[drawBelow(seed, at.purpose, at.hi, at.lo, at.index, 256)]++;
      }
      const expected = DRAWS / 256;
      const chi = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chi).toBeLessThan(346); // chi-square with 255 degrees of freedom, p = 0.0001
    }
  });

  it('shows no correlation between neighbours', () => {
    let sum = 0;
    for (let n = 0; n < DRAWS; n++) {
      sum += (drawUnit(seed, 3, 1, n, 0) - 0.5) * (drawUnit(seed, 3, 1, n + 1, 0) - 0.5);
    }
    expect(Math.abs(sum / DRAWS) * 12).toBeLessThan(0.01);
  });

  it('has the moments that its variates promise', () => {
    let exponential = 0;
    let normal = 0;
    let squares = 0;
    for (let n = 0; n < DRAWS; n++) {
      exponential += drawExponential(seed, 1, 0, n, 0);
      const luck = drawNormal(seed, 2, 0, n, 0);
      normal += luck;
      squares += luck * luck;
    }
    expect(exponential / DRAWS).toBeCloseTo(1, 1);
    expect(Math.abs(normal / DRAWS)).toBeLessThan(0.01);
    expect(squares / DRAWS).toBeCloseTo(1, 1);
  });
});
