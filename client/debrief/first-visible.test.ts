import { expect, it } from 'vitest';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { firstVisible } from './first-visible.ts';

const truth: Debrief['truth'] = {
  title: '',
  summary: '',
  component: 'node/worker-1',
  mechanism: '',
  onsetMicros: 60_500_000,
  impactBeganSecond: 62,
  golden: [],
  evidence: [
    { title: 'never', seenSecond: -1 },
    { title: 'later', seenSecond: 130 },
    { title: 'first', seenSecond: 70 },
  ],
};
const fired = (second: number) => ({
  seq: second,
  atMicros: second * 1e6,
  kind: 'alert-fired',
  seat: '',
  text: `Page at ${second}`,
  tone: 'bad' as const,
});

it('tells the first alert and the first evidence since the fault began, earliest first', () => {
  expect(firstVisible({ truth, timeline: [fired(20), fired(80), fired(90)] })).toEqual([
    { second: 70, what: 'first', kind: 'evidence' },
    { second: 80, what: 'Page at 80', kind: 'alert' },
  ]);
});

it('tells nothing when nothing was visible', () => {
  expect(firstVisible({ truth: { ...truth, evidence: [] }, timeline: [fired(20)] })).toEqual([]);
});
