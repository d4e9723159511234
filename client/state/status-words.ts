/** Status updates as the public reads them: typed facts in words, and when the next one is due. */
import type { NEXT_UPDATE_MINUTES, StatusWord } from '@chaotic-good/engine/protocol/team-commands';
import type { StatusView } from '@chaotic-good/engine/protocol/team-views';
import { gameTimeText } from '../ui/format.ts';
import type { Level } from './level.ts';

/** How each state is called, and what it says to the public. */
export const STATUS_WORDS: Readonly<Record<StatusWord, { title: string; sentence: string }>> = {
  investigating: { title: 'Investigating', sentence: 'We are looking into it.' },
  identified: { title: 'Identified', sentence: 'We know the cause and work on a fix.' },
  monitoring: { title: 'Monitoring', sentence: 'A fix is in place. We keep watching.' },
  resolved: { title: 'Resolved', sentence: 'This is over.' },
};

/** The mark of each state: hollow while nothing is known, full when it is over. */
export const STATUS_LEVELS: Readonly<Record<StatusWord, Level>> = {
  investigating: 'down',
  identified: 'degraded',
  monitoring: 'unknown',
  resolved: 'healthy',
};

/** Minutes that may be promised until the next update: those that the engine takes. */
export const PROMISE_MINUTES = [2, 5, 10, 15, 20, 30] as const satisfies typeof NEXT_UPDATE_MINUTES;

/** What a status update says besides its times. */
export type StatusFacts = Pick<StatusView, 'journeys' | 'severity' | 'state'>;

/** The update as the public reads it; `titles` = titles of the hurt journeys. */
export function publicSentence({ state }: StatusFacts, titles: readonly string[]): string {
  const { sentence } = STATUS_WORDS[state];
  if (titles.length === 0) return state === 'resolved' ? `All works again. ${sentence}` : sentence;
  const named = titles.length === 1 ? titles[0] : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`;
  return `Affected: ${named}. ${sentence}`;
}

/** How the promise of the next update stands. */
export type Cadence = { late: boolean; text: string };

/** The promise of the newest update at a moment, microseconds; null when none is owed. */
export function cadenceAt(
  status: readonly Pick<StatusView, 'state' | 'nextDueMicros'>[],
  nowMicros: number,
): Cadence | null {
  const latest = status.at(-1);
  if (latest === undefined || latest.state === 'resolved') return null;
  const seconds = Math.floor((latest.nextDueMicros - nowMicros) / 1e6);
  if (seconds < 0) return { late: true, text: `overdue by ${gameTimeText(-seconds)}` };
  return { late: false, text: `next update due in ${gameTimeText(seconds)}` };
}
