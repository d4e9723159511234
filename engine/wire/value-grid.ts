/**
 * Values as whole numbers, so that the difference of two is small and packs into a byte or two.
 *
 * Why   A chart, and a table that shows three or four digits, cannot tell the rounded value from the
 *       exact one; but a rate is the difference of two counters, so counters get a fixed step.
 */

/**
 * How values are rounded:
 * - `whole`: to whole numbers; error 0 for whole values, else at most 0.5 in the unit of the metric;
 * - `thousandths`: to 0.001; error at most 0.0005 in the unit of the metric (for times: 0.5 ms);
 * - `real`: to 13 significant bits; error at most 2^−13 (0.013 %) of the value, whole numbers up to 8,192
 *   exact, and whatever is nearer to 0 than 2^−21 (0.5 µs of a time in seconds) becomes 0 or 2^−20.
 */
export type Grid = (typeof GRIDS)[number];

/** All grids; a grid's number on the wire is its place here. */
export const GRIDS = ['whole', 'thousandths', 'real'] as const;

/** Bits that a `real` keeps of its fraction, and so those of the upper word that are dropped. */
const FRACTION_BITS = 12;
const DROPPED = 1 << (20 - FRACTION_BITS);
/** Code of 2^−20, from which the codes of reals count; exponents are biased by 1,023. */
const LEAST = (1023 - 20) << FRACTION_BITS;

const view = new DataView(new ArrayBuffer(8));

/** The code of a value; values beyond ±2^52 steps are held there. Not for NaN or infinities. */
export function toCode(grid: Grid, value: number): number {
  if (grid === 'whole') return bounded(Math.round(value));
  if (grid === 'thousandths') return bounded(Math.round(value * 1000));
  const size = realCode(Math.abs(value));
  return value < 0 ? 0 - size : size;
}

/** The value of a code. */
export function fromCode(grid: Grid, code: number): number {
  if (grid === 'whole') return code;
  if (grid === 'thousandths') return code / 1000;
  const size = realValue(Math.abs(code));
  return code < 0 ? -size : size;
}

/** Half of what `putSigned` can carry, so that the difference of two codes can be carried too. */
const CODE_MAX = 2_251_799_813_685_247;

function bounded(code: number): number {
  // + 0 turns a negative zero into zero.
  return Math.max(-CODE_MAX, Math.min(CODE_MAX, code)) + 0;
}

/** The upper bits of a double in order of size are whole numbers in order of size. */
function realCode(size: number): number {
  view.setFloat64(0, size);
  const upper = view.getUint32(0) + view.getUint32(4) / 4294967296;
  return Math.max(0, Math.round(upper / DROPPED) - LEAST + 1);
}

function realValue(code: number): number {
  if (code === 0) return 0;
  view.setUint32(0, (code - 1 + LEAST) * DROPPED);
  view.setUint32(4, 0);
  return view.getFloat64(0);
}
