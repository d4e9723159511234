/** One sentence of now, for those who have just come in. */
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { durationText, shortText } from '../ui/format.ts';

/** How many user actions fail now, and where that goes. */
export type FailingNow = { perSecond: number; trend: 'rising' | 'falling' | 'steady' };

/** Fewer failures per second than this are noise. */
const NOISE_PER_SECOND = 0.2;
const TREND_WORDS = { rising: ', and more than before', falling: ', fewer than before', steady: '' };

function theories(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' One theory is open.' : ` ${count} theories are open.`;
}

/** How it stands, in at most three short sentences. */
export function nowSentence(
  view: IncidentFrame,
  timeline: readonly TimelineEntry[],
  { perSecond, trend }: FailingNow,
): string {
  const { severity, atMicros, hypotheses, impact } = view;
  const failing =
    perSecond >= NOISE_PER_SECOND
      ? `${shortText(perSecond)} user actions fail each second${TREND_WORDS[trend]}.`
      : impact.failedActions === 0
        ? 'All is well so far.'
        : 'Users are not being hurt now.';
  const declared = timeline.findLast(({ kind }) => kind === 'incident-declared');
  const since = declared ? `${durationText((atMicros - declared.atMicros) / 1e6)} ago` : '';
  const led =
    severity === null
      ? ' No incident is declared.'
      : ` ${severity} is declared${since === '' ? '' : `, ${since}`}.`;
  return `${failing}${led}${theories(hypotheses.filter(({ verdict }) => verdict === null).length)}`;
}
