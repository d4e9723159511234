/**
 * What telemetry keeps of all containers' logs: the newest records of every process that ever wrote.
 *
 * How   Once a second the new records of each process are read out of its ring. Of records that are alike
 *       (same process, template, route and outcome) the first few of a second are kept and the last of
 *       these counts the rest, so that an error storm does not wash away the minutes before it. Three
 *       shelves keep apart what outlives what: notes of programs outlive failures, these outlive calm.
 */
import type { Process } from '../cluster/cluster-state.ts';
import { STATUS_OK } from '../cluster/spans.ts';
import { oldestRecord, readRecord } from './log-record.ts';
import type { LogRecord } from './log-record.ts';
import { createLogShelf, shelve } from './log-shelf.ts';
import type { FreshRecord, LogShelf } from './log-shelf.ts';

/** Records kept of requests that went well, of requests that failed, and of notes; powers of two. */
const CALM_KEPT = 16384;
const FAILED_KEPT = 32768;
const NOTES_KEPT = 4096;
/** Like records of one process kept out of each second. */
const ALIKE_KEPT = 4;

/** All kept records. */
export type LogStore = {
  /** Of requests that went well; of those that failed; of what is about no request. */
  shelves: LogShelf[];
  /** Number of the newest record over all shelves. */
  lastOrder: number;
  /** Records that a process wrote and overwrote between two looks. */
  lost: number;
};

/** A store without records. */
export function createLogStore(): LogStore {
  const shelves = [CALM_KEPT, FAILED_KEPT, NOTES_KEPT].map((kept) => createLogShelf(kept));
  return { shelves, lastOrder: 0, lost: 0 };
}

/** Equal for records of one process whose lines differ only in time, duration and request. */
function likenessOf(template: number, route: number, status: number, edge: number): number {
  return ((template * 4096 + route + 1) * 16 + status) * 4096 + edge + 1;
}

/** Like records of one second: how many were kept, and the last of them, which counts the rest. */
type Alike = { kept: number; last: FreshRecord };

/**
 * Reads what a process wrote since record `cursor` into `fresh`; returns the next cursor. Every record of
 * a failed request goes through `failed` too, also those that are only counted.
 */
export function pullRecords(
  store: LogStore,
  process: Process,
  cursor: number,
  fresh: FreshRecord[],
  failed: ((found: LogRecord) => void) | null,
): number {
  const { log } = process;
  const oldest = oldestRecord(process);
  if (cursor < oldest) store.lost += oldest - cursor;
  const alike = new Map<number, Alike>();
  for (let record = Math.max(cursor, oldest); record < log.total; record++) {
    const index = record & (log.at.length - 1);
    const status = log.status[index];
    const calm = status === STATUS_OK;
    let key = likenessOf(log.template[index], log.route[index], status, -1);
    let group = calm ? alike.get(key) : undefined;
    // A calm record that is only counted need not be read: that is most of them.
    if (group !== undefined && group.kept >= ALIKE_KEPT) {
      group.last.count++;
      continue;
    }
    const found = readRecord(process, record);
    if (!calm) {
      failed?.(found);
      const side = found.answered ? -1 : 1;
      key = side * likenessOf(found.template, found.route, status, found.edge);
      group = alike.get(key);
      if (group !== undefined && group.kept >= ALIKE_KEPT) {
        group.last.count++;
        continue;
      }
    }
    const last = { process: process.id, found, count: 1 };
    fresh.push(last);
    if (group === undefined) alike.set(key, { kept: 1, last });
    else {
      group.kept++;
      group.last = last;
    }
  }
  // A forgotten process has an empty ring: nothing more will come of it.
  return Math.max(cursor, log.total);
}

/** Shelves what was read in one second. */
export function keepRecords(store: LogStore, fresh: FreshRecord[]): void {
  fresh.sort(
    (a, b) => a.found.atMicros - b.found.atMicros || a.process - b.process || a.found.record - b.found.record,
  );
  for (const record of fresh) {
    const { request, status } = record.found;
    const shelf = store.shelves[request === 0 ? 2 : status === STATUS_OK ? 0 : 1];
    shelve(shelf, ++store.lastOrder, record);
  }
}
