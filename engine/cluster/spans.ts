/**
 * Requests in work, as a structure of arrays: one span is one request at one process.
 *
 * Slots are reused; whoever waits for a span knows it by a call serial, which is never reused, so a
 * stale answer or deadline finds nobody.
 */

import { chainFree, giveSlot, growSlots, takeSlot } from './slot-arrays.ts';
import type { SlotArrays } from './slot-arrays.ts';

/** Nobody waits for the answer any more: the work goes on as an orphan. */
export const CALLER_NONE = 0;
/** Another span waits. */
export const CALLER_SPAN = 1;
/** A user waits. */
export const CALLER_USER = 2;
/** An inquiry (probe, curl, psql) waits. */
export const CALLER_INQUIRY = 3;

/** On its way to the process. */
export const SPAN_TRAVELLING = 1;
/** Waits for a worker. */
export const SPAN_WAITING = 2;
/** Holds a worker: on the CPU, on the disk, or waiting for a call. */
export const SPAN_WORKING = 3;
/** Answered; the answer is on its way back. */
export const SPAN_ANSWERED = 4;

/** What an answer says. 0 is success. */
export const STATUS_OK = 0;
/** The program met an error while working (500). */
export const STATUS_ERROR = 1;
/** No worker was free (503). */
export const STATUS_OVERLOADED = 2;
/** No answer in time (504). */
export const STATUS_TIMEOUT = 3;
/** Nobody listens at the address. */
export const STATUS_REFUSED = 4;
/** The connection broke while waiting. */
export const STATUS_RESET = 5;
/** The service has no endpoints (503). */
export const STATUS_NO_ENDPOINTS = 6;
/** No connection could be made in time. */
export const STATUS_CONNECT_TIMEOUT = 7;
/** No free connection in the pool in time. */
export const STATUS_POOL_TIMEOUT = 8;
/** The disk is full. */
export const STATUS_NO_SPACE = 9;
/** The server has no connection left (FATAL: sorry, too many clients). */
export const STATUS_TOO_MANY = 10;
/** The caller's breaker is open: it was not even asked. */
export const STATUS_BREAKER_OPEN = 11;
/** The caller has too many calls of this kind in work. */
export const STATUS_BULKHEAD_FULL = 12;
/** The server takes no more requests in this second (429). */
export const STATUS_RATE_LIMITED = 13;

/** Arrays over all span slots. */
export type Spans = SlotArrays & {
  /** SPAN_… state; 0 when free. */
  state: Uint8Array;
  /** Process it works at. */
  process: Int32Array;
  /** Endpoint number in the program, −1 for a health check. */
  endpoint: Int32Array;
  /** Next step in the plan's arrays. */
  step: Int32Array;
  /** Stable request key, high word: journey and step of the journey. */
  keyHi: Uint32Array;
  /** Stable request key, low word: arrival number. */
  keyLo: Uint32Array;
  /** Call-site path and attempts so far, folded into a number: index of its draws. */
  site: Uint32Array;
  /** CALLER_… kind. */
  callerKind: Uint8Array;
  /** Span, user, inquiry token or balancer that waits. */
  caller: Int32Array;
  /** Call serial under which the caller waits. */
  callerSerial: Int32Array;
  /** Reached its process at, microseconds. */
  arrived: Float64Array;
  /** STATUS_… of its answer. */
  status: Uint8Array;
  /** Rows that the data held when it answered; 0 = it spoke of none. */
  value: Float64Array;
  /** Serial of the call it waits for itself; 0 = none. */
  callSerial: Int32Array;
  /** Edge of that call. */
  callEdge: Int32Array;
  /** Attempt of that call, from 0. */
  callAttempt: Uint8Array;
  /** Pool of that call, −1 = none. */
  callPool: Int32Array;
  /** Connection in that pool, −1 = none. */
  callConnection: Int32Array;
  /** Process called, −1 = none yet. */
  callTarget: Int32Array;
  /** Its answer is of no use after this time, microseconds; 0 = it was told no such time. */
  deadline: Float64Array;
  /** 1 when that attempt is a probe of a half-open breaker. */
  callProbe: Uint8Array;
  /** What the process called is told as its deadline; 0 = nothing. */
  callDeadline: Float64Array;
};

const INITIAL = 256;

/** Empty arrays. */
export function createSpans(capacity = INITIAL): Spans {
  const spans: Spans = {
    freeHead: 0,
    live: 0,
    next: new Int32Array(capacity),
    state: new Uint8Array(capacity),
    process: new Int32Array(capacity),
    endpoint: new Int32Array(capacity),
    step: new Int32Array(capacity),
    keyHi: new Uint32Array(capacity),
    keyLo: new Uint32Array(capacity),
    site: new Uint32Array(capacity),
    callerKind: new Uint8Array(capacity),
    caller: new Int32Array(capacity),
    callerSerial: new Int32Array(capacity),
    arrived: new Float64Array(capacity),
    status: new Uint8Array(capacity),
    value: new Float64Array(capacity),
    callSerial: new Int32Array(capacity),
    callEdge: new Int32Array(capacity),
    callAttempt: new Uint8Array(capacity),
    callPool: new Int32Array(capacity),
    callConnection: new Int32Array(capacity),
    callTarget: new Int32Array(capacity),
    deadline: new Float64Array(capacity),
    callProbe: new Uint8Array(capacity),
    callDeadline: new Float64Array(capacity),
  };
  chainFree(spans, 0);
  return spans;
}

/** Takes a free slot; the caller fills every field. */
export function takeSpan(spans: Spans): number {
  if (spans.freeHead < 0) growSlots(spans, createSpans);
  return takeSlot(spans);
}

/** Whether the answer of a span is of no use any more; never where nobody said until when it is. */
export function isTooLate(spans: Spans, span: number, nowMicros: number): boolean {
  const deadline = spans.deadline[span];
  return deadline > 0 && nowMicros >= deadline;
}

/** Gives a slot back. */
export function freeSpan(spans: Spans, slot: number): void {
  spans.state[slot] = 0;
  spans.callSerial[slot] = 0;
  spans.callerKind[slot] = CALLER_NONE;
  giveSlot(spans, slot);
}
