/**
 * What telemetry keeps of all containers' logs: the newest records of every process that ever wrote.
 *
 * How   Once a second the new records of each process are read out of its ring. Of records that are alike
 *       (same process, template, route and outcome) the first few of a second are kept and the last of
 *       these counts the rest, so that an error storm does not wash away the minutes before it. Three
 *       shelves keep apart what outlives what: notes of programs outlive failures, these outlive calm.
 */
import type { Cluster, Process } from '../cluster/cluster-state.ts';
import { STATUS_OK } from '../cluster/spans.ts';
import { oldestRecord, readRecord } from './log-record.ts';
import type { LogRecord } from './log-record.ts';
import { createLogShelf, shelve } from './log-shelf.ts';
import type { LogShelf } from './log-shelf.ts';

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

/** A record just read, with its process. */
export type FreshRecord = {
  /** Process that wrote it. */
  process: number;
  /** The record. */
  found: LogRecord;
};

/** A store without records. */
export function createLogStore(): LogStore {
  const shelves = [CALM_KEPT, FAILED_KEPT, NOTES_KEPT].map((kept) => createLogShelf(kept));
  return { shelves, lastOrder: 0, lost: 0 };
}

/** Reads what a process wrote since record `cursor` into `fresh`; returns the next cursor. */
export function pullRecords(
  store: LogStore,
  cluster: Cluster,
  process: Process,
  cursor: number,
  fresh: FreshRecord[],
): number {
  const { total } = process.log;
  const oldest = oldestRecord(process);
  if (cursor < oldest) store.lost += oldest - cursor;
  for (let record = Math.max(cursor, oldest); record < total; record++) {
    fresh.push({ process: process.id, found: readRecord(cluster, process, record) });
  }
  // A forgotten process has an empty ring: nothing more will come of it.
  return Math.max(cursor, total);
}

/** Shelves what was read in one second. */
export function keepRecords(store: LogStore, fresh: FreshRecord[]): void {
  fresh.sort(
    (a, b) => a.found.atMicros - b.found.atMicros || a.process - b.process || a.found.record - b.found.record,
  );
  const alike = new Map<string, { kept: number; index: number }>();
  for (const { process, found } of fresh) {
    const shelf = store.shelves[found.request === 0 ? 2 : found.status === STATUS_OK ? 0 : 1];
    const { template, route, status, edge, answered } = found;
    const key = `${process}|${template}|${route}|${status}|${edge}|${answered ? 1 : 0}`;
    const group = alike.get(key);
    if (group !== undefined && group.kept >= ALIKE_KEPT) {
      shelf.count[group.index]++;
      continue;
    }
    const index = shelve(shelf, ++store.lastOrder, process, found);
    if (group === undefined) alike.set(key, { kept: 1, index });
    else {
      group.kept++;
      group.index = index;
    }
  }
}
