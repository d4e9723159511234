/** When the trouble first became visible to the team: the first alert, the first evidence looked at. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';

/** Something that was visible at a second. */
export type Visible = {
  /** When, seconds of incident time. */
  second: number;
  /** What it was, in words. */
  what: string;
  /** Whether it came by itself or was looked up. */
  kind: 'alert' | 'evidence';
};

/** The first alert and the first evidence since the fault began, earliest first; empty when neither was. */
export function firstVisible({ timeline, truth }: Pick<Debrief, 'timeline' | 'truth'>): Visible[] {
  const onset = truth.onsetMicros / 1e6;
  const alert = timeline.find(({ kind, atMicros }) => kind === 'alert-fired' && atMicros / 1e6 >= onset);
  const [evidence] = truth.evidence
    .filter(({ seenSecond }) => seenSecond >= Math.floor(onset))
    .sort((a, b) => a.seenSecond - b.seenSecond);
  const found: Visible[] = [];
  if (alert) found.push({ second: alert.atMicros / 1e6, what: alert.text, kind: 'alert' });
  if (evidence) found.push({ second: evidence.seenSecond, what: evidence.title, kind: 'evidence' });
  return found.sort((a, b) => a.second - b.second);
}
