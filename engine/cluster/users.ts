/** Users on their way through a journey, as a structure of arrays. */

/** Arrays over all user slots. */
export type Users = {
  /** First free slot, −1 when full. */
  freeHead: number;
  /** Users on their way. */
  live: number;
  /** Next free slot while free. */
  next: Int32Array;
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

/** Chains the slots from `first` on as free. */
function chainFree(users: Users, first: number): void {
  const capacity = users.next.length;
  for (let slot = first; slot < capacity; slot++) users.next[slot] = slot + 1 < capacity ? slot + 1 : -1;
  users.freeHead = first;
}

/** Takes a free slot; the caller fills every field. */
export function takeUser(users: Users): number {
  if (users.freeHead < 0) {
    const before = users.next.length;
    const larger = createUsers(before * 2);
    for (const key of Object.keys(larger) as (keyof Users)[]) {
      const into = larger[key];
      if (typeof into !== 'number') (into as Float64Array).set(users[key] as Float64Array);
    }
    larger.live = users.live;
    Object.assign(users, larger);
    chainFree(users, before);
  }
  const slot = users.freeHead;
  users.freeHead = users.next[slot];
  users.live++;
  return slot;
}

/** Gives a slot back. */
export function freeUser(users: Users, slot: number): void {
  users.callSerial[slot] = 0;
  users.next[slot] = users.freeHead;
  users.freeHead = slot;
  users.live--;
}
