/**
 * The event list: what happens next, in order of (time, event number).
 *
 * How   A 4-ary heap over typed arrays with the place of every event kept, so that an event can be
 *       moved or cancelled in place. A processor that shares itself among jobs moves its one event at
 *       every arrival; stale copies would triple the heap. Nothing is allocated per event.
 * Ties  Equal times run in the order in which they were scheduled (their event numbers), so a run
 *       does not depend on the shape of the heap.
 */
import { invariant } from './invariant.ts';

/** Pending events; plain data, so that it can be snapshotted and hashed. */
export type EventQueue = {
  /** Number of pending events. */
  size: number;
  /** Number given to the next scheduled event. */
  nextNumber: number;
  /** First free slot, −1 when all are used; free slots are chained through `a`. */
  freeHead: number;
  /** Per slot: when, in microseconds. */
  time: Float64Array;
  /** Per slot: event number, the tie-break. */
  number: Float64Array;
  /** Per slot: what kind of event. */
  kind: Uint8Array;
  /** Per slot: first operand. */
  a: Int32Array;
  /** Per slot: second operand. */
  b: Int32Array;
  /** Per slot: place in the heap, −1 when not pending. */
  place: Int32Array;
  /** The heap: slots by order. */
  heap: Int32Array;
};

/** An empty queue with room for `capacity` events; it grows by itself. */
export function createEventQueue(capacity = 256): EventQueue {
  const queue: EventQueue = {
    size: 0,
    nextNumber: 0,
    freeHead: 0,
    time: new Float64Array(capacity),
    number: new Float64Array(capacity),
    kind: new Uint8Array(capacity),
    a: new Int32Array(capacity),
    b: new Int32Array(capacity),
    place: new Int32Array(capacity).fill(-1),
    heap: new Int32Array(capacity),
  };
  for (let slot = 0; slot < capacity; slot++) queue.a[slot] = slot + 1 < capacity ? slot + 1 : -1;
  return queue;
}

/** Doubles the capacity; slots keep their numbers. */
function grow(queue: EventQueue): void {
  const before = queue.time.length;
  const after = before * 2;
  const widen = <T extends Float64Array | Int32Array | Uint8Array>(from: T, into: T): T => {
    into.set(from);
    return into;
  };
  queue.time = widen(queue.time, new Float64Array(after));
  queue.number = widen(queue.number, new Float64Array(after));
  queue.kind = widen(queue.kind, new Uint8Array(after));
  queue.a = widen(queue.a, new Int32Array(after));
  queue.b = widen(queue.b, new Int32Array(after));
  queue.place = widen(queue.place, new Int32Array(after).fill(-1));
  queue.heap = widen(queue.heap, new Int32Array(after));
  for (let slot = before; slot < after; slot++) queue.a[slot] = slot + 1 < after ? slot + 1 : -1;
  queue.freeHead = before;
}

/** Moves the event at `place` towards the root until its parent is not later. */
function rise(queue: EventQueue, slot: number, from: number): void {
  const { time, number, heap, place } = queue;
  const at = time[slot];
  const order = number[slot];
  let hole = from;
  while (hole > 0) {
    const parent = (hole - 1) >> 2;
    const other = heap[parent];
    const otherAt = time[other];
    if (otherAt < at || (otherAt === at && number[other] < order)) break;
    heap[hole] = other;
    place[other] = hole;
    hole = parent;
  }
  heap[hole] = slot;
  place[slot] = hole;
}

/** Moves the event at `place` towards the leaves until no child is earlier. */
function sink(queue: EventQueue, slot: number, from: number): void {
  const { time, number, heap, place, size } = queue;
  const at = time[slot];
  const order = number[slot];
  let hole = from;
  for (;;) {
    const first = hole * 4 + 1;
    if (first >= size) break;
    const end = first + 4 < size ? first + 4 : size;
    let best = first;
    let bestSlot = heap[first];
    let bestAt = time[bestSlot];
    for (let child = first + 1; child < end; child++) {
      const other = heap[child];
      const otherAt = time[other];
      if (otherAt < bestAt || (otherAt === bestAt && number[other] < number[bestSlot])) {
        best = child;
        bestSlot = other;
        bestAt = otherAt;
      }
    }
    if (bestAt > at || (bestAt === at && number[bestSlot] > order)) break;
    heap[hole] = bestSlot;
    place[bestSlot] = hole;
    hole = best;
  }
  heap[hole] = slot;
  place[slot] = hole;
}

/** Adds an event and returns its slot, good for `moveEvent` and `cancelEvent` until it has run. */
export function schedule(queue: EventQueue, atMicros: number, kind: number, a: number, b: number): number {
  if (queue.freeHead < 0) grow(queue);
  const slot = queue.freeHead;
  queue.freeHead = queue.a[slot];
  queue.time[slot] = atMicros;
  queue.number[slot] = queue.nextNumber++;
  queue.kind[slot] = kind;
  queue.a[slot] = a;
  queue.b[slot] = b;
  rise(queue, slot, queue.size++);
  return slot;
}

/** Gives a pending event a new time; among equal times it now counts as scheduled last. */
export function moveEvent(queue: EventQueue, slot: number, atMicros: number): void {
  const from = queue.place[slot];
  invariant(from >= 0, 'only a pending event can be moved');
  const earlier = atMicros < queue.time[slot];
  queue.time[slot] = atMicros;
  queue.number[slot] = queue.nextNumber++;
  if (earlier) rise(queue, slot, from);
  else sink(queue, slot, from);
}

/** Takes a pending event out. */
export function cancelEvent(queue: EventQueue, slot: number): void {
  const from = queue.place[slot];
  invariant(from >= 0, 'only a pending event can be cancelled');
  const last = queue.heap[--queue.size];
  if (last !== slot) {
    // The last leaf takes the hole; it may belong above or below it.
    sink(queue, last, from);
    rise(queue, last, queue.place[last]);
  }
  release(queue, slot);
}

/** Puts a slot back on the free list. */
function release(queue: EventQueue, slot: number): void {
  queue.place[slot] = -1;
  queue.a[slot] = queue.freeHead;
  queue.freeHead = slot;
}

/** When the next event is due; Infinity when there is none. */
export function nextEventMicros(queue: EventQueue): number {
  return queue.size > 0 ? queue.time[queue.heap[0]] : Infinity;
}

/** What `takeEvent` read: reused for every call, never kept. */
export const taken = { kind: 0, a: 0, b: 0 };

/** Takes the next event out; its kind and operands stand in `taken` until the next call. */
export function takeEvent(queue: EventQueue): void {
  invariant(queue.size > 0, 'an empty queue has no next event');
  const slot = queue.heap[0];
  taken.kind = queue.kind[slot];
  taken.a = queue.a[slot];
  taken.b = queue.b[slot];
  const last = queue.heap[--queue.size];
  if (last !== slot) sink(queue, last, 0);
  release(queue, slot);
}
