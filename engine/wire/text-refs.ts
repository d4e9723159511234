/** Texts that occur again and again in one block: told once, then by number. */
import { takeCount, takeText } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { putCount, putText } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { WireError } from './wire-error.ts';

/** The numbers of the texts that a block has told so far. */
export type ToldTexts = Map<string, number>;

/** Writes a text: itself the first time, then its number. */
export function putTextRef(sink: ByteSink, told: ToldTexts, text: string): void {
  const known = told.get(text);
  putCount(sink, known ?? 0);
  if (known !== undefined) return;
  told.set(text, told.size + 1);
  putText(sink, text);
}

/** Reads a text; `told` holds those that the block has told so far. @throws WireError `damaged`. */
export function takeTextRef(source: ByteSource, told: string[]): string {
  const number = takeCount(source);
  if (number > told.length) throw new WireError('damaged', `text ${number} was never told`);
  if (number > 0) return told[number - 1];
  const text = takeText(source);
  told.push(text);
  return text;
}
