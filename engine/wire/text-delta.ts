/**
 * Texts as what changed against an earlier one of the same shape. Digits change from line to line, words
 * do not: a text is cut into numbers (with the hexadecimal letters around them) and what stands between.
 */
import { createSource, takeByte, takeBytes, takeCount, unzigzag } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { putByte, putBytes, putCount, zigzag } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { WireError } from './wire-error.ts';

/** A text in parts. */
export type CutText = {
  /** The text with a `0` in the place of each number; nothing else in it is a digit. */
  shape: string;
  /** The numbers, lower-case hexadecimal with at least one digit each. */
  numbers: string[];
};

/** Longest number that is told as a difference; longer ones are told digit by digit. */
const DECIMAL_DIGITS = 15;
/** How a number is told: as the plain difference, as one filled up with zeros, or as its digits. */
const PLAIN = 0;
const FILLED = 1;
const DIGITS = 2;
const WAYS = 3;

/** Cuts a text, in time that grows with its length only. */
export function cutText(text: string): CutText {
  const numbers: string[] = [];
  const shape = text.replace(/[0-9a-f]+/g, (run) => {
    if (!/[0-9]/.test(run)) return run;
    numbers.push(run);
    return '0';
  });
  return { shape, numbers };
}

/** Puts a text together again. */
export function joinText({ shape, numbers }: CutText): string {
  let next = 0;
  return shape.replace(/0/g, () => numbers[next++]);
}

/** Writes the numbers of a text that differ from those of another one of the same shape. */
export function putNumbers(sink: ByteSink, before: readonly string[], numbers: readonly string[]): void {
  for (let from = 0; from < numbers.length; from += 8) {
    let mask = 0;
    for (let bit = 0; bit < 8 && from + bit < numbers.length; bit++) {
      if (numbers[from + bit] !== before[from + bit]) mask |= 1 << bit;
    }
    putByte(sink, mask);
  }
  numbers.forEach((number, at) => {
    if (number !== before[at]) putNumber(sink, before[at], number);
  });
}

/** Reads the numbers of a text against those before. @throws WireError `damaged` when they do not fit. */
export function takeNumbers(source: ByteSource, before: readonly string[]): string[] {
  const masks = createSource(takeBytes(source, Math.ceil(before.length / 8)));
  let mask = 0;
  return before.map((known, at) => {
    if (at % 8 === 0) mask = takeByte(masks);
    return (mask >> (at % 8)) % 2 === 1 ? takeNumber(source, known) : known;
  });
}

function isDecimal(number: string): boolean {
  return number.length <= DECIMAL_DIGITS && /^[0-9]+$/.test(number);
}

/** What a difference counts from; 0 when the number before is no decimal one. */
function baseOf(before: string): number {
  return isDecimal(before) ? Number(before) : 0;
}

function putNumber(sink: ByteSink, before: string, number: string): void {
  const value = isDecimal(number) ? Number(number) : -1;
  const isPlain = String(value) === number;
  if (value >= 0 && (isPlain || number.length === before.length)) {
    putCount(sink, zigzag(value - baseOf(before)) * WAYS + (isPlain ? PLAIN : FILLED));
    return;
  }
  putCount(sink, number.length * WAYS + DIGITS);
  const packed = new Uint8Array(Math.ceil(number.length / 2));
  for (let at = 0; at < number.length; at++) {
    packed[at >> 1] |= parseInt(number[at], 16) << (at % 2 === 0 ? 4 : 0);
  }
  putBytes(sink, packed);
}

function takeNumber(source: ByteSource, before: string): string {
  const told = takeCount(source);
  const way = told % WAYS;
  const amount = (told - way) / WAYS;
  if (way === DIGITS) {
    let number = '';
    for (const byte of takeBytes(source, Math.ceil(amount / 2))) {
      number += (byte >> 4).toString(16) + (byte & 15).toString(16);
    }
    return number.slice(0, amount);
  }
  const value = baseOf(before) + unzigzag(amount);
  if (value < 0) throw new WireError('damaged', 'a number became negative');
  return way === PLAIN ? String(value) : String(value).padStart(before.length, '0');
}
