/** Why an incident stands still although nobody paused it. */

/** The two reasons: storage may come back; a bug of ours does not go away by waiting. */
export type Standstill = {
  /** Which. */
  kind: 'storage' | 'quarantine';
  /** What players are told. */
  sentence: string;
  /** What the operator is told. */
  detail: string;
};

/** Storage failed: what was acknowledged is safe, nothing else happens until it works again. */
export function storageTrouble(detail: string): Standstill {
  const sentence =
    'Storage is in trouble, so time stands still. Everything acknowledged is safe; nothing new is recorded ' +
    'until it works again.';
  return { kind: 'storage', sentence, detail };
}

/** One of our invariants broke: this incident stops, its journal is kept, others go on. */
export function quarantined(detail: string): Standstill {
  const sentence =
    'This incident met a bug of ours and stands still. Everything recorded is kept; other games go on. ' +
    'Please start a new room.';
  return { kind: 'quarantine', sentence, detail };
}
