import { expect, it } from 'vitest';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { timeWriter } from '../state/incident-time.ts';
import { runOnWords } from './run-on-words.ts';

// Method: it starts at 14:05:00 UTC and closes ten minutes later.

const clock = timeWriter(Date.UTC(2026, 0, 6, 14, 5), 'utc').clock;
const words = (recovery: Debrief['recovery'], seconds: number, relapsedAfterSeconds = -1) =>
  runOnWords(
    { recovery, runOn: { seconds, relapsedAfterSeconds, values: [] }, closedAtMicros: 600e6 },
    clock,
  );

it('is silent about debriefs that do not know it', () => {
  expect(runOnWords({ recovery: 'durable', closedAtMicros: 600e6 }, clock)).toBeNull();
});

it.each<[string, ReturnType<typeof words>, string, string]>([
  ['durable', words('durable', 1800), 'Quiet until 14:45:00', 'The cause is gone.'],
  [
    'contained',
    words('contained', 1800),
    'Quiet until 14:45:00, with the cause still there',
    'held off. A copy ran on for 30 min',
  ],
  [
    'masked',
    words('masked', 1740, 1560),
    'Hurt again at 14:41:00',
    'only masked. 26 min after the close users were hurt again.',
  ],
  ['masked, moment unknown', words('masked', 300), 'Hurt again by 14:20:00', 'Within 5 min users were hurt'],
  ['never well', words('none', 300), 'Not well by 14:20:00', 'did not get well by itself within 5 min'],
  ['well for a moment', words('none', 300, 100), 'Hurt again at 14:16:40', 'hurt again 1 min 40 s after it'],
])('%s', (_name, told, title, part) => {
  expect(told?.title).toBe(title);
  expect(told?.sentence).toContain(part);
});
