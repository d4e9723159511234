/** Whether the newest turn of a recovery was for the worse. */
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';

/** Turns of a recovery, as the timeline names them. */
const TURNS = ['hold-broken', 'incident-relapsed', 'incident-recovered'];

/** When users were hurt again. */
export type Relapse = {
  /** Microseconds of the incident. */
  atMicros: number;
  /** It had recovered before; otherwise the hold was still going on. */
  hadRecovered: boolean;
};

/** The newest time that users were hurt again; null when it holds or was never well. */
export function newestRelapse(timeline: readonly TimelineEntry[]): Relapse | null {
  const turn = timeline.findLast(({ kind }) => TURNS.includes(kind));
  if (turn === undefined || turn.kind === 'incident-recovered') return null;
  return { atMicros: turn.atMicros, hadRecovered: turn.kind === 'incident-relapsed' };
}
