/**
 * Slots of a structure of arrays: taken from a chain of free ones, given back, doubled when all are used.
 */

/** What a structure of arrays needs for its slots, beside its own arrays of the same length. */
export type SlotArrays = {
  /** First free slot, −1 when full. */
  freeHead: number;
  /** Slots in use. */
  live: number;
  /** Next free slot while free. */
  next: Int32Array;
};

/** Chains the slots from `first` to the end as free, ahead of none. */
export function chainFree(slots: SlotArrays, first: number): void {
  const capacity = slots.next.length;
  for (let slot = first; slot < capacity; slot++) slots.next[slot] = slot + 1 < capacity ? slot + 1 : -1;
  slots.freeHead = first;
}

/** Doubles full arrays; slots keep their numbers. `create` makes empty ones with room for so many slots. */
export function growSlots<T extends SlotArrays>(slots: T, create: (capacity: number) => T): void {
  const before = slots.next.length;
  const larger = create(before * 2);
  for (const key of Object.keys(larger) as (keyof T)[]) {
    const into = larger[key];
    if (typeof into !== 'number') (into as Float64Array).set(slots[key] as Float64Array);
  }
  larger.live = slots.live;
  Object.assign(slots, larger);
  chainFree(slots, before);
}

/** Takes the first free slot; there must be one. The caller fills every field. */
export function takeSlot(slots: SlotArrays): number {
  const slot = slots.freeHead;
  slots.freeHead = slots.next[slot];
  slots.live++;
  return slot;
}

/** Gives a slot back: it is the next to be taken. */
export function giveSlot(slots: SlotArrays, slot: number): void {
  slots.next[slot] = slots.freeHead;
  slots.freeHead = slot;
  slots.live--;
}
