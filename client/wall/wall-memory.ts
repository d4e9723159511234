/** What a wall remembers on its computer: which room it follows, and since when it shows a debrief. */

const KEY = 'wall';

/** What is kept; '' and 0 where nothing is. */
export type WallMemory = {
  /** Code of the room. */
  code: string;
  /** The incident whose debrief came last, and when that was, Unix milliseconds. */
  incidentId: string;
  debriefAtMs: number;
};

const NOTHING: WallMemory = { code: '', incidentId: '', debriefAtMs: 0 };

/** What is remembered. */
export function recallWall(): WallMemory {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<WallMemory>) };
  } catch {
    return NOTHING; // Storage is switched off, or holds something else.
  }
}

/** Remembers something more. */
export function rememberWall(change: Partial<WallMemory>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recallWall(), ...change }));
  } catch {
    // Without storage a reload begins the debrief anew.
  }
}
