/**
 * Where seats look and where they point, packed: only what changed, texts by number once they were told.
 * Everybody in a room is told the same bytes; whoever comes later begins with the whole.
 */
import type { SeatLook, ServerMessage } from '../protocol/wire.ts';
import { takeCount, takeSigned, takeText } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { createSink, putByte, putCount, putSigned, putText, sinkBytes } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { putTextRef, takeTextRef } from './text-refs.ts';
import { WireError } from './wire-error.ts';

/** Texts that are remembered; when there are more, everybody is told the whole anew. */
const TEXTS_MAX = 500;
/** Seconds are told to a tenth: a chart has no finer ones. */
const PER_SECOND = 10;

/** First byte of a piece of news about looks, of all looks, and of a second that is pointed at. */
const LOOKS_NEWS = 32;
const LOOKS_WHOLE = 33;
const HERE = 34;

/** What of a look changed; none of them: the seat looks nowhere any more. */
const TAB = 1;
const THING = 2;
const RUNNING = 4;
const PARTS = 8;

/** Somebody points at a second of a chart. */
export type TimedHere = Extract<ServerMessage, { type: 'here' }>;

/** What has been told of a room's presence: the same on both sides. */
export type PresenceTable = {
  /** Texts that have a number, in its order; the sender finds them by `numbers`. */
  texts: string[];
  /** Number of each text, from 1. */
  numbers: Map<string, number>;
  /** Looks in order of coming. */
  looks: SeatLook[];
};

/** A table in which nothing has been told. */
export function createPresenceTable(): PresenceTable {
  return { texts: [], numbers: new Map(), looks: [] };
}

/** Packs what differs in these looks from those told, and takes it into the table; null when nothing does. */
export function packLooks(table: PresenceTable, looks: readonly SeatLook[]): Uint8Array | null {
  if (table.numbers.size > TEXTS_MAX) {
    Object.assign(table, createPresenceTable(), { looks: [...looks] });
    return packAllLooks(table);
  }
  const sink = createSink();
  putByte(sink, LOOKS_NEWS);
  for (let at = table.looks.length - 1; at >= 0; at--) {
    if (looks.some(({ seat }) => seat === table.looks[at].seat)) continue;
    putCount(sink, at * PARTS);
    table.looks.splice(at, 1);
  }
  for (const look of looks) putChange(sink, table, look);
  return sink.length > 1 ? sinkBytes(sink) : null;
}

/** Packs all that has been told, for somebody who comes now. */
export function packAllLooks(table: PresenceTable): Uint8Array {
  const sink = createSink();
  putByte(sink, LOOKS_WHOLE);
  const texts = [...table.numbers.keys()];
  putCount(sink, texts.length);
  for (const text of texts) putText(sink, text);
  const known = { ...table, looks: [] };
  for (const look of table.looks) putChange(sink, known, look);
  return sinkBytes(sink);
}

/** Packs that somebody points at a second. */
export function packHere(table: PresenceTable, { seat, chart, focus, second }: TimedHere): Uint8Array {
  const sink = createSink();
  putByte(sink, HERE);
  for (const text of [seat, chart, focus]) putTextRef(sink, table.numbers, text);
  putSigned(sink, Math.round(second * PER_SECOND));
  return sinkBytes(sink);
}

/** Whether a message that begins with this byte is about presence. */
export function isPresence(kind: number): boolean {
  return kind >= LOOKS_NEWS && kind <= HERE;
}

/** Reads what is behind the first byte of a message. @throws WireError `damaged`. */
export function readPresence(table: PresenceTable, kind: number, source: ByteSource): ServerMessage {
  if (kind === HERE) {
    const [seat, chart, focus] = [0, 1, 2].map(() => takeTextRef(source, table.texts));
    return { type: 'here', seat, chart, focus, second: takeSigned(source) / PER_SECOND };
  }
  if (kind === LOOKS_WHOLE) {
    Object.assign(table, createPresenceTable());
    for (let left = takeCount(source); left > 0; left--) table.texts.push(takeText(source));
  }
  while (source.at < source.bytes.length) takeChange(source, table);
  return { type: 'looks', looks: [...table.looks] };
}

function putChange(sink: ByteSink, table: PresenceTable, look: SeatLook): void {
  const known = table.looks.findIndex(({ seat }) => seat === look.seat);
  const at = known < 0 ? table.looks.length : known;
  const before = table.looks[known] ?? { tab: '', thing: '', running: '' };
  const parts =
    (look.tab === before.tab ? 0 : TAB) +
    (look.thing === before.thing ? 0 : THING) +
    (look.running === before.running ? 0 : RUNNING);
  if (known >= 0 && parts === 0) return;
  // Somebody new of whom nothing is told yet says so by a part: no part means gone.
  const told = parts || TAB;
  putCount(sink, at * PARTS + told);
  if (known < 0) putTextRef(sink, table.numbers, look.seat);
  if (told & TAB) putTextRef(sink, table.numbers, look.tab);
  if (told & THING) putTextRef(sink, table.numbers, look.thing);
  // Hardly any line is run twice: a number for it would help nobody.
  if (told & RUNNING) putText(sink, look.running);
  table.looks[at] = look;
}

function takeChange(source: ByteSource, table: PresenceTable): void {
  const head = takeCount(source);
  const at = Math.floor(head / PARTS);
  const parts = head % PARTS;
  if (at > table.looks.length) throw new WireError('damaged', `there is no look ${at}`);
  if (parts === 0) return void table.looks.splice(at, 1);
  const isNew = at === table.looks.length;
  const before: SeatLook = isNew
    ? { seat: takeTextRef(source, table.texts), tab: '', thing: '', running: '' }
    : table.looks[at];
  const tab = parts & TAB ? takeTextRef(source, table.texts) : before.tab;
  const thing = parts & THING ? takeTextRef(source, table.texts) : before.thing;
  const running = parts & RUNNING ? takeText(source) : before.running;
  table.looks[at] = { seat: before.seat, tab, thing, running };
}
