/** Whether the newest turn of a recovery was a relapse. */
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';

/** When users were hurt again after it had recovered, microseconds; null when it holds or never did. */
export function newestRelapse(timeline: readonly TimelineEntry[]): number | null {
  const turn = timeline.findLast(({ kind }) => kind === 'incident-relapsed' || kind === 'incident-recovered');
  return turn?.kind === 'incident-relapsed' ? turn.atMicros : null;
}
