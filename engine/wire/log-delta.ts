/**
 * Log lines: where a line comes from and the words of its text are told once and kept in a slot; a like
 * line is the number of the slot and the numbers in its text that differ from the last line there.
 */
import type { ShelvedLine } from '../telemetry/shelved-line.ts';
import { takeCount, takeSigned, takeText } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { putCount, putSigned, putText } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { cutText, joinText, putNumbers, takeNumbers } from './text-delta.ts';
import type { CutText } from './text-delta.ts';
import { putTextRef, takeTextRef } from './text-refs.ts';
import type { ToldTexts } from './text-refs.ts';
import { WireError } from './wire-error.ts';

/** What like lines share: workload, namespace, pod, container, level, template. */
type Source = readonly string[];

/** The last line of a kind. */
type Slot = CutText & { from: Source };

/** The kinds of lines that both sides know. */
export type LogTable = {
  /** By number; at most `SLOTS_MAX`. */
  slots: Slot[];
  /** For the sender: number by kind, the least recently used kind first. */
  byKind: Map<string, number>;
};

/** Kinds kept; the one that was not used for longest makes room. Bounds a late joiner's table. */
const SLOTS_MAX = 256;
/** Parts of a line's source. */
const FROM_PARTS = 6;

/** A table without kinds. */
export function createLogTable(): LogTable {
  return { slots: [], byKind: new Map() };
}

/** The same table apart: what happens to one does not touch the other. */
export function copyLogTable({ slots, byKind }: LogTable): LogTable {
  return { slots: slots.map((slot) => ({ ...slot })), byKind: new Map(byKind) };
}

function fromOf({ workload, namespace, pod, container, level, template }: ShelvedLine): Source {
  return [workload, namespace, pod, container, level, template];
}

/** Number for a new kind: the next one, or that of the kind that was not used for longest. */
function numberFor({ slots, byKind }: LogTable): number {
  if (slots.length < SLOTS_MAX) return slots.length;
  const [oldest] = byKind;
  byKind.delete(oldest[0]);
  return oldest[1];
}

/** Writes lines and keeps in the sender's table what the receivers know then. */
export function putLines(sink: ByteSink, table: LogTable, lines: readonly ShelvedLine[]): void {
  const told: ToldTexts = new Map();
  let [order, atMicros] = [0, 0];
  putCount(sink, lines.length);
  for (const line of lines) {
    const from = fromOf(line);
    const cut = cutText(line.text);
    const kind = JSON.stringify([from, cut.shape]);
    const known = table.byKind.get(kind);
    const number = known ?? numberFor(table);
    // Taken out and put in again: kinds stand in order of their last use.
    table.byKind.delete(kind);
    table.byKind.set(kind, number);
    if (known !== undefined) {
      putCount(sink, number + 1);
      putNumbers(sink, table.slots[number].numbers, cut.numbers);
    } else {
      putCount(sink, 0);
      putCount(sink, number);
      putSlot(sink, told, from, line.text);
    }
    table.slots[number] = { ...cut, from };
    putSigned(sink, line.order - order);
    putSigned(sink, line.atMicros - atMicros);
    putCount(sink, line.count);
    ({ order, atMicros } = line);
  }
}

/** Reads lines into the receiver's table. @throws WireError `damaged` when they do not fit it. */
export function takeLines(source: ByteSource, table: LogTable): ShelvedLine[] {
  const told: string[] = [];
  let [order, atMicros] = [0, 0];
  const lines: ShelvedLine[] = [];
  for (let left = takeCount(source); left > 0; left--) {
    const number = takeCount(source) - 1;
    const slot = number < 0 ? takeNewSlot(source, told, table) : table.slots[number];
    if (slot === undefined) throw new WireError('damaged', `log slot ${number} was never told`);
    if (number >= 0) slot.numbers = takeNumbers(source, slot.numbers);
    order += takeSigned(source);
    atMicros += takeSigned(source);
    const [workload, namespace, pod, container, level, template] = slot.from;
    lines.push({
      order,
      atMicros,
      workload,
      namespace,
      pod,
      container,
      level: level as ShelvedLine['level'],
      template,
      text: joinText(slot),
      count: takeCount(source),
    });
  }
  return lines;
}

/** Writes all kinds with their last lines, for somebody who has none. */
export function putLogTable(sink: ByteSink, { slots }: LogTable): void {
  const told: ToldTexts = new Map();
  putCount(sink, slots.length);
  for (const slot of slots) putSlot(sink, told, slot.from, joinText(slot));
}

/** Reads what `putLogTable` wrote. @throws WireError `damaged`. */
export function takeLogTable(source: ByteSource): LogTable {
  const table = createLogTable();
  const told: string[] = [];
  for (let left = takeCount(source); left > 0; left--) table.slots.push(takeSlot(source, told));
  return table;
}

function putSlot(sink: ByteSink, told: ToldTexts, from: Source, text: string): void {
  for (const part of from) putTextRef(sink, told, part);
  putText(sink, text);
}

function takeSlot(source: ByteSource, told: string[]): Slot {
  const from: string[] = [];
  while (from.length < FROM_PARTS) from.push(takeTextRef(source, told));
  return { from, ...cutText(takeText(source)) };
}

function takeNewSlot(source: ByteSource, told: string[], table: LogTable): Slot {
  const number = takeCount(source);
  if (number > table.slots.length) throw new WireError('damaged', `log slot ${number} leaves a hole`);
  const slot = takeSlot(source, told);
  table.slots[number] = slot;
  return slot;
}
