/** Records of many processes in one bounded ring of typed arrays, in order of time. */
import type { LogRecord } from './log-record.ts';

/** The newest records of one sort. */
export type LogShelf = {
  /** Records kept at most; a power of two. */
  limit: number;
  /** Records shelved ever; number n lies at index n modulo the length. */
  total: number;
  /** Number among the records of all shelves. */
  order: Float64Array;
  /** When, microseconds. */
  at: Float64Array;
  /** Process that wrote it. */
  process: Int32Array;
  /** Number within the process' own ring. */
  record: Int32Array;
  /** Plan template number. */
  template: Uint16Array;
  /** Route number + 1; 0 = none. */
  route: Uint16Array;
  /** STATUS_… × 2 + 1 when the called process answered with it. */
  status: Uint8Array;
  /** Microseconds, bytes or a count. */
  amount: Float64Array;
  /** Process called, −1 = none. */
  target: Int32Array;
  /** Edge of the failed call + 1; 0 = none. */
  edge: Uint16Array;
  /** Request number. */
  request: Float64Array;
  /** Like records that it stands for, itself included. */
  count: Uint32Array;
};

/** A record just read. */
export type FreshRecord = {
  /** Process that wrote it. */
  process: number;
  /** The record. */
  found: LogRecord;
  /** Like records that it stands for, itself included. */
  count: number;
};

const FIRST_CAPACITY = 256;

/** An empty shelf. */
export function createLogShelf(limit: number): LogShelf {
  return emptyShelf(limit, Math.min(limit, FIRST_CAPACITY));
}

function emptyShelf(limit: number, capacity: number): LogShelf {
  return {
    limit,
    total: 0,
    order: new Float64Array(capacity),
    at: new Float64Array(capacity),
    process: new Int32Array(capacity),
    record: new Int32Array(capacity),
    template: new Uint16Array(capacity),
    route: new Uint16Array(capacity),
    status: new Uint8Array(capacity),
    amount: new Float64Array(capacity),
    target: new Int32Array(capacity),
    edge: new Uint16Array(capacity),
    request: new Float64Array(capacity),
    count: new Uint32Array(capacity),
  };
}

/** Doubles a shelf that is not yet at full size. */
function growShelf(shelf: LogShelf): void {
  const larger = emptyShelf(shelf.limit, shelf.at.length * 2);
  larger.order.set(shelf.order);
  larger.at.set(shelf.at);
  larger.process.set(shelf.process);
  larger.record.set(shelf.record);
  larger.template.set(shelf.template);
  larger.route.set(shelf.route);
  larger.status.set(shelf.status);
  larger.amount.set(shelf.amount);
  larger.target.set(shelf.target);
  larger.edge.set(shelf.edge);
  larger.request.set(shelf.request);
  larger.count.set(shelf.count);
  larger.total = shelf.total;
  Object.assign(shelf, larger);
}

/** Puts a record on the shelf. */
export function shelve(shelf: LogShelf, order: number, fresh: FreshRecord): void {
  const { found } = fresh;
  if (shelf.total >= shelf.at.length && shelf.at.length < shelf.limit) growShelf(shelf);
  const index = shelf.total & (shelf.at.length - 1);
  shelf.order[index] = order;
  shelf.at[index] = found.atMicros;
  shelf.process[index] = fresh.process;
  shelf.record[index] = found.record;
  shelf.template[index] = found.template;
  shelf.route[index] = found.route + 1;
  shelf.status[index] = found.status * 2 + (found.answered ? 1 : 0);
  shelf.amount[index] = found.amount;
  shelf.target[index] = found.target;
  shelf.edge[index] = found.edge + 1;
  shelf.request[index] = found.request;
  shelf.count[index] = fresh.count;
  shelf.total++;
}

/** Number of the oldest record still on the shelf. */
export function oldestShelved(shelf: LogShelf): number {
  return Math.max(0, shelf.total - shelf.at.length);
}

/** Index of a record by its number on the shelf. */
export function shelfIndex(shelf: LogShelf, number: number): number {
  return number & (shelf.at.length - 1);
}

/** The record at an index, as it was read. */
export function shelvedRecord(shelf: LogShelf, index: number): LogRecord {
  return {
    record: shelf.record[index],
    atMicros: shelf.at[index],
    template: shelf.template[index],
    route: shelf.route[index] - 1,
    status: shelf.status[index] >> 1,
    amount: shelf.amount[index],
    target: shelf.target[index],
    edge: shelf.edge[index] - 1,
    request: shelf.request[index],
    answered: (shelf.status[index] & 1) === 1,
  };
}

/** Equal for records of one process whose lines differ only in time, duration and request. */
export function likeness(shelf: LogShelf, index: number): string {
  const { process, template, route, status, edge } = shelf;
  return `${process[index]}|${template[index]}|${route[index]}|${status[index]}|${edge[index]}`;
}
