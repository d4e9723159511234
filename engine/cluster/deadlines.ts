/**
 * Deadlines of equal length: a queue each, since what began first is due first.
 *
 * A request almost always ends before its deadline. One pending event a queue, for its oldest entry,
 * replaces thousands of timers; entries whose call has ended are skipped when they reach the front.
 */
import { schedule } from '../kernel/event-queue.ts';
import type { Cluster } from './cluster-state.ts';
import { EVENT_DEADLINE } from './event-kinds.ts';

/** Waiting calls, oldest first, in a ring. */
export type DeadlineQueue = {
  /** Index of the oldest entry in the ring. */
  head: number;
  /** Entries. */
  count: number;
  /** Due times, microseconds. */
  due: Float64Array;
  /** Call serials. */
  serial: Int32Array;
  /** Who waits: CALLER_… kind. */
  kind: Uint8Array;
  /** Who waits: span, user, token or balancer. */
  caller: Int32Array;
  /** True while an event for the oldest entry is pending. */
  pending: boolean;
};

/** An empty queue. */
export function createDeadlineQueue(capacity = 64): DeadlineQueue {
  return {
    head: 0,
    count: 0,
    due: new Float64Array(capacity),
    serial: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    caller: new Int32Array(capacity),
    pending: false,
  };
}

/** Doubles the ring, oldest entry first. */
function growRing(queue: DeadlineQueue): void {
  const capacity = queue.due.length;
  const larger = createDeadlineQueue(capacity * 2);
  for (let at = 0; at < queue.count; at++) {
    const from = (queue.head + at) & (capacity - 1);
    larger.due[at] = queue.due[from];
    larger.serial[at] = queue.serial[from];
    larger.kind[at] = queue.kind[from];
    larger.caller[at] = queue.caller[from];
  }
  queue.head = 0;
  queue.due = larger.due;
  queue.serial = larger.serial;
  queue.kind = larger.kind;
  queue.caller = larger.caller;
}

/** Starts a wait of the queue's length for a call. */
export function addDeadline(
  cluster: Cluster,
  number: number,
  serial: number,
  kind: number,
  caller: number,
): void {
  const queue = cluster.deadlines[number];
  if (queue.count === queue.due.length) growRing(queue);
  const at = (queue.head + queue.count) & (queue.due.length - 1);
  queue.due[at] = cluster.nowMicros + cluster.plan.deadlineMicros[number];
  queue.serial[at] = serial;
  queue.kind[at] = kind;
  queue.caller[at] = caller;
  queue.count++;
  if (!queue.pending) {
    queue.pending = true;
    schedule(cluster.queue, queue.due[at], EVENT_DEADLINE, number, 0);
  }
}
