/** Moments of the timeline that charts mark. */
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { ChartMark } from '../charts/chart-data.ts';

const MARKED = new Set([
  'alert-fired',
  'alert-resolved',
  'cluster-command-ran',
  'incident-declared',
  'incident-recovered',
  'incident-relapsed',
  'hold-broken',
]);

/** Marks for alerts, commands and turns. */
export function chartMarks(timeline: readonly TimelineEntry[]): ChartMark[] {
  return timeline
    .filter(({ kind }) => MARKED.has(kind))
    .map(({ atMicros, tone, text }) => ({ second: atMicros / 1e6, tone, label: text }));
}
