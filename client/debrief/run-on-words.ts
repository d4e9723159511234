/** What became of the system after the close, told as one would tell it the next morning. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { durationText } from '../ui/format.ts';

/** A headline, a sentence, and how good the news is. */
export type RunOnWords = { title: string; sentence: string; tone: 'good' | 'warn' | 'bad' };

/**
 * The run-on in words; null for older debriefs, which do not know it.
 *
 * @param clock Writes a moment (microseconds of incident time) as clock time, e.g. `14:41`.
 */
export function runOnWords(
  { recovery, runOn, closedAtMicros }: Pick<Debrief, 'recovery' | 'runOn' | 'closedAtMicros'>,
  clock: (atMicros: number) => string,
): RunOnWords | null {
  if (runOn === undefined) return null;
  const { seconds, relapsedAfterSeconds } = runOn;
  const end = clock(closedAtMicros + seconds * 1e6);
  const length = durationText(seconds);
  const again = clock(closedAtMicros + relapsedAfterSeconds * 1e6);
  const later = durationText(relapsedAfterSeconds);
  switch (recovery) {
    case 'durable': {
      const sentence = `The cause is gone. A copy ran on alone for ${length}, and users stayed well.`;
      return { title: `Quiet until ${end}`, sentence, tone: 'good' };
    }
    case 'contained': {
      const sentence = `The cause is still there, held off. A copy ran on for ${length}; users stayed well.`;
      return { title: `Quiet until ${end}, with the cause still there`, sentence, tone: 'warn' };
    }
    case 'masked': {
      const title = relapsedAfterSeconds < 0 ? `Hurt again by ${end}` : `Hurt again at ${again}`;
      const when = relapsedAfterSeconds < 0 ? `Within ${length}` : `${later} after the close`;
      return { title, sentence: `The cause was only masked. ${when} users were hurt again.`, tone: 'bad' };
    }
    case 'none': {
      if (relapsedAfterSeconds < 0) {
        const sentence = `It had not held at the close, and it did not get well by itself within ${length}.`;
        return { title: `Not well by ${end}`, sentence, tone: 'bad' };
      }
      const sentence = `It had not held at the close. Users were well, then hurt again ${later} after it.`;
      return { title: `Hurt again at ${again}`, sentence, tone: 'bad' };
    }
  }
}
