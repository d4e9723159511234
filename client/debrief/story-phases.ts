/** The timeline cut into the phases of an incident. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';

/** A phase with what happened in it. */
export type StoryPhase = { title: string; fromSecond: number; entries: TimelineEntry[] };

function firstOf(timeline: readonly TimelineEntry[], test: (entry: TimelineEntry) => boolean): number | null {
  const found = timeline.find(test);
  return found === undefined ? null : found.atMicros / 1e6;
}

/** Who came and went is no part of the story. */
const HIDDEN = /^(seat-|role-chosen|host-passed|ready-set)/;

/** Phases in order of time; empty ones are left out. */
export function storyPhases({ timeline: whole, truth }: Debrief): StoryPhase[] {
  const timeline = whole.filter(({ kind }) => !HIDDEN.test(kind));
  const onset = truth.onsetMicros / 1e6;
  const paged = firstOf(timeline, ({ kind, text, atMicros }) => {
    return kind === 'alert-fired' && text.startsWith('Page') && atMicros / 1e6 >= onset;
  });
  const acted = firstOf(timeline, ({ kind, atMicros }) => {
    return kind === 'cluster-command-ran' && atMicros / 1e6 >= onset;
  });
  const recovered = firstOf(timeline, ({ kind }) => kind === 'incident-recovered');
  const starts: [string, number | null][] = [
    ['Before', 0],
    ['The fault works, nobody is told', onset],
    ['Paged: finding it', paged],
    ['Changing the cluster', acted],
    ['Recovered', recovered],
  ];
  const known = starts
    .filter((start): start is [string, number] => start[1] !== null)
    .sort((a, b) => a[1] - b[1]);
  return known
    .map(([title, fromSecond], at) => {
      const until = known[at + 1]?.[1] ?? Infinity;
      const entries = timeline.filter(({ atMicros }) => {
        return atMicros / 1e6 >= fromSecond && atMicros / 1e6 < until;
      });
      return { title, fromSecond, entries };
    })
    .filter(({ entries }) => entries.length > 0);
}
