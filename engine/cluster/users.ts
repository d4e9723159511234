/** Users on their way through a journey, as a structure of arrays. */

import { chainFree, giveSlot, growSlots, takeSlot } from './slot-arrays.ts';
import type { SlotArrays } from './slot-arrays.ts';

/** Arrays over all user slots. */
export type Users = SlotArrays & {
  /** Journey number. */
  journey: Int32Array;
  /** Step of the journey. */
  step: Int32Array;
  /** Arrival number: the low word of the request key. */
  arrival: Uint32Array;
  /** Call serial it waits for; 0 = none. */
  callSerial: Int32Array;
  /** Asked at, microseconds. */
  asked: Float64Array;
  /** Rows that this user knows are saved: an answer with fewer has lost some. */
  remembered: Float64Array;
  /** 1 once a step was too slow. */
  slow: Uint8Array;
};

/** Empty arrays. */
export function createUsers(capacity = 256): Users {
  const users: Users = {
    freeHead: 0,
    live: 0,
    next: new Int32Array(capacity),
    journey: new Int32Array(capacity),
    step: new Int32Array(capacity),
    arrival: new Uint32Array(capacity),
    callSerial: new Int32Array(capacity),
    asked: new Float64Array(capacity),
    remembered: new Float64Array(capacity),
    slow: new Uint8Array(capacity),
  };
  chainFree(users, 0);
  return users;
}

/** Takes a free slot; the caller fills every field. */
export function takeUser(users: Users): number {
  if (users.freeHead < 0) growSlots(users, createUsers);
  return takeSlot(users);
}

/** Gives a slot back. */
export function freeUser(users: Users, slot: number): void {
  users.callSerial[slot] = 0;
  giveSlot(users, slot);
}
