import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromCode, toCode } from './value-grid.ts';
import type { Grid } from './value-grid.ts';

const told = (grid: Grid, value: number) => fromCode(grid, toCode(grid, value));
const reals = fc.double({ noNaN: true, min: -1e12, max: 1e12 });

it('whole numbers are exact up to 2^51, others at most 0.5 off', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 51) + 1, max: 2 ** 51 - 1 }), (value) => {
      expect(told('whole', value)).toBe(value);
    }),
  );
  fc.assert(
    fc.property(reals, (value) => {
      expect(Math.abs(told('whole', value) - value)).toBeLessThanOrEqual(0.5);
    }),
  );
});

it('thousandths are at most 0.0005 off', () => {
  fc.assert(
    fc.property(reals, (value) => {
      expect(Math.abs(told('thousandths', value) - value)).toBeLessThanOrEqual(
        0.0005 + Math.abs(value) * 1e-15,
      );
    }),
  );
});

it('reals are at most 2^-13 of themselves off, and next to zero 2^-21', () => {
  fc.assert(
    fc.property(reals, (value) => {
      const error = Math.abs(told('real', value) - value);
      expect(error).toBeLessThanOrEqual(Math.max(2 ** -21, Math.abs(value) * 2 ** -13));
    }),
  );
});

it('reals are exact for whole numbers up to 8,192 and never out of order', () => {
  for (let value = 0; value <= 8192; value++) expect(told('real', value)).toBe(value);
  fc.assert(
    fc.property(reals, reals, (a, b) => {
      if (a <= b) expect(toCode('real', a)).toBeLessThanOrEqual(toCode('real', b));
    }),
  );
});

it.each(['whole', 'thousandths', 'real'] as const)('%s: a told value is told the same again', (grid) => {
  fc.assert(
    fc.property(reals, (value) => {
      const once = told(grid, value);
      expect(told(grid, once)).toBe(once);
      expect(Object.is(once, -0)).toBe(false);
    }),
  );
});
