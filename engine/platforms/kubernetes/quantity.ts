/**
 * Kubernetes quantities: "250m", "64Mi", "1.5", "2e3".
 *
 * How   A value is kept in whole nano-units as a BigInt, so that "0.1" and "100m" are the same number and
 *       comparing a request with a limit never meets rounding. BigInts live only inside calls, never in
 *       state; state keeps the text, in the canonical form the API server would serve.
 */
import type { Json } from './api-types.ts';
import { invariant } from '../../kernel/invariant.ts';

/** Which family of suffixes a quantity was written with; canonical text stays in it. */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** A parsed quantity. */
export type Quantity = {
  /** Value in units of 10^-9. */
  nanos: bigint;
  /** Suffix family. */
  format: QuantityFormat;
};

/** A quantity, or the API server's complaint about its text. */
export type QuantityParse = { ok: true; quantity: Quantity } | { ok: false; error: string };

const WRONG_FORMAT =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[eEinumkKMGTP]*)$'";
const WRONG_NUMBER = "unable to parse quantity's numeric part";
const WRONG_SUFFIX = "unable to parse quantity's suffix";

const DECIMAL_NANOS = new Map<string, bigint>([
  ['n', 1n],
  ['u', 1_000n],
  ['m', 1_000_000n],
  ['', 1_000_000_000n],
  ['k', 1_000_000_000_000n],
  ['M', 1_000_000_000_000_000n],
  ['G', 1_000_000_000_000_000_000n],
  ['T', 1_000_000_000_000_000_000_000n],
  ['P', 1_000_000_000_000_000_000_000_000n],
  ['E', 1_000_000_000_000_000_000_000_000_000n],
]);
const BINARY_SUFFIXES = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANOS = 1_000_000_000n;
/** A quantity of bytes or cores never needs more; a longer text is a mistake or an attack. */
const LONGEST_TEXT = 64;
const LARGEST = 9_223_372_036_854_775_807n * NANOS;

/** 10^power for a power ≥ 0. */
function tenTo(power: number): bigint {
  let result = 1n;
  for (let n = 0; n < power; n++) result *= 10n;
  return result;
}

/** Nano-units of one unit of a suffix, or undefined for no suffix of ours. */
function suffixOf(suffix: string): { nanos: bigint; format: QuantityFormat } | undefined {
  const decimal = DECIMAL_NANOS.get(suffix);
  if (decimal !== undefined) return { nanos: decimal, format: 'decimal' };
  const binary = BINARY_SUFFIXES.indexOf(suffix);
  if (binary >= 0) return { nanos: NANOS * (1n << BigInt(10 * (binary + 1))), format: 'binary' };
  const exponent = /^[eE]([+-]?\d{1,2})$/.exec(suffix);
  if (exponent === null) return undefined;
  const power = Number(exponent[1]) + 9;
  return power < 0 ? undefined : { nanos: tenTo(power), format: 'exponent' };
}

/** Reads a quantity: a string, or a bare number as YAML often has it. */
export function parseQuantity(value: Json): QuantityParse {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return { ok: false, error: WRONG_FORMAT };
  const parts = /^([+-]?)([0-9.]+)([eEinumkKMGTP]*[-+]?[eEinumkKMGTP0-9]*)$/.exec(text);
  if (parts === null) return { ok: false, error: WRONG_FORMAT };
  const number = /^(\d*)(?:\.(\d*))?$/.exec(parts[2]);
  if (number === null || parts[2] === '.') return { ok: false, error: WRONG_NUMBER };
  const suffix = suffixOf(parts[3]);
  if (suffix === undefined) return { ok: false, error: WRONG_SUFFIX };
  const fraction = number[2] ?? '';
  const scale = tenTo(fraction.length);
  const scaled = BigInt(`${number[1]}${fraction}`) * suffix.nanos;
  // What is finer than a nano-unit is rounded up, as upstream does.
  let nanos = (scaled + scale - 1n) / scale;
  if (nanos > LARGEST) nanos = LARGEST;
  return { ok: true, quantity: { nanos: parts[1] === '-' ? -nanos : nanos, format: suffix.format } };
}

/** Canonical text with decimal suffixes: the largest one that leaves a whole number. */
function decimalText(nanos: bigint): string {
  if (nanos === 0n) return '0';
  let text = '';
  for (const [suffix, unit] of DECIMAL_NANOS) if (nanos % unit === 0n) text = `${nanos / unit}${suffix}`;
  return text;
}

/** The text the API server would serve for a quantity: "1024Mi" becomes "1Gi", "0.5" becomes "500m". */
export function formatQuantity(quantity: Quantity): string {
  const { nanos, format } = quantity;
  if (format === 'exponent') {
    const text = decimalText(nanos);
    const at = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].indexOf(/[a-zA-Z]?$/.exec(text)?.[0] ?? '');
    return at === 3 ? text : `${text.slice(0, -1)}e${(at - 3) * 3}`;
  }
  const whole = nanos % NANOS === 0n;
  if (format === 'decimal' || !whole || (nanos < 1024n * NANOS && nanos > -1024n * NANOS))
    return decimalText(nanos);
  let value = nanos / NANOS;
  let power = -1;
  while (power < BINARY_SUFFIXES.length - 1 && value % 1024n === 0n) {
    value /= 1024n;
    power++;
  }
  return power < 0 ? String(value) : `${value}${BINARY_SUFFIXES[power]}`;
}

/** The quantity of a text known to be valid, as every stored one is. */
function validQuantity(value: Json): Quantity {
  const parsed = parseQuantity(value);
  invariant(parsed.ok, `stored quantity ${String(value)} cannot be read`);
  return parsed.quantity;
}

/** Which of two valid quantities is larger: negative, 0 or positive, as a comparator answers. */
export function compareQuantities(left: Json, right: Json): number {
  const difference = validQuantity(left).nanos - validQuantity(right).nanos;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Thousandths, rounded up: CPU of "250m" is 250 millicores, of "0.5" 500. */
export function quantityMilli(value: Json): number {
  const nanos = validQuantity(value).nanos;
  return Number((nanos + (nanos > 0n ? 999_999n : 0n)) / 1_000_000n);
}

/** Whole units, rounded up: "64Mi" is 67,108,864 bytes. */
export function quantityUnits(value: Json): number {
  const nanos = validQuantity(value).nanos;
  return Number((nanos + (nanos > 0n ? NANOS - 1n : 0n)) / NANOS);
}

/** Canonical binary text of bytes: 67,108,864 is "64Mi". */
export function formatBytes(bytes: number): string {
  return formatQuantity({ nanos: BigInt(Math.round(bytes)) * NANOS, format: 'binary' });
}
