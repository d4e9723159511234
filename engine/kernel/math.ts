/**
 * Logarithm, exponential and power from + - * / and integer steps alone.
 *
 * Why   ECMAScript leaves Math.log, exp, pow and the rest to the engine's taste: results differ
 *       between versions of Node and between browsers, and a replay would part from its recording.
 *       IEEE 754 fixes + - * / and sqrt, so these agree everywhere. Relative error below 1e-13 over
 *       the ranges the simulator uses (tested against the platform's own).
 */

const LN_2 = 0.6931471805599453;
const TWO_52 = 4503599627370496;
const scratch = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive, finite number. */
export function logOf(value: number): number {
  if (!(value > 0)) return value === 0 ? -Infinity : Number.NaN;
  scratch.setFloat64(0, value);
  let high = scratch.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  if (exponent === -1023) return logOf(value * TWO_52) - 52 * LN_2;
  high = (high & 0x000fffff) | 0x3ff00000;
  scratch.setUint32(0, high);
  let mantissa = scratch.getFloat64(0);
  // Centre the mantissa on 1 so that the series below converges in few terms.
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent += 1;
  }
  // ln m = 2 artanh((m−1)/(m+1)), |s| ≤ 0.1716; the term after s^19 is below 1e-17.
  const s = (mantissa - 1) / (mantissa + 1);
  const q = s * s;
  const tail =
    q *
    (1 / 3 +
      q *
        (1 / 5 +
          q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q * (1 / 13 + q * (1 / 15 + q * (1 / 17 + q / 19))))))));
  return 2 * s * (1 + tail) + exponent * LN_2;
}

/** e to the given power; 0 below −745, Infinity above 709.78. */
export function expOf(power: number): number {
  if (power !== power) return power;
  if (power > 709.782712893384) return Infinity;
  if (power < -745.2) return 0;
  const doublings = Math.round(power / LN_2);
  const rest = power - doublings * LN_2; // |rest| ≤ 0.3466
  let term = 1;
  let sum = 1;
  // The term after rest^17/17! is below 1e-23.
  for (let n = 1; n <= 17; n++) {
    term = (term * rest) / n;
    sum += term;
  }
  return scaleByPowerOfTwo(sum, doublings);
}

/** value × 2^exponent, exact unless it leaves the range of Float64. */
function scaleByPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  let left = exponent;
  while (left > 1000) {
    scaled *= 1.0715086071862673e301; // 2^1000
    left -= 1000;
  }
  while (left < -1000) {
    scaled /= 1.0715086071862673e301;
    left += 1000;
  }
  scratch.setUint32(0, (left + 1023) << 20);
  scratch.setUint32(4, 0);
  return scaled * scratch.getFloat64(0);
}

/** base to the given power, for a positive base; whole powers up to 64 by repeated multiplication. */
export function powOf(base: number, power: number): number {
  if (power === Math.floor(power) && Math.abs(power) <= 64) {
    let result = 1;
    for (let n = Math.abs(power); n > 0; n--) result *= base;
    return power < 0 ? 1 / result : result;
  }
  return expOf(power * logOf(base));
}
