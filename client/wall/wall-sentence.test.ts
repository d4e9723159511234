import { expect, it } from 'vitest';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { hurtSeconds } from './hurt-since.ts';
import { wallSentence } from './wall-sentence.ts';

const CALM = {
  phase: 'running',
  severity: null,
  alerts: [],
  hypotheses: [],
  plan: [],
  impact: { failedActions: 0, costCents: 0 },
  resolution: { recovered: false, declared: false, holdSeconds: 90 },
  closing: { holdLeftSeconds: 0 },
  journeys: [
    { title: 'Votes', goodRatio: 1, objectiveRatio: 0.99 },
    { title: 'Results', goodRatio: 1, objectiveRatio: 0.99 },
  ],
} as unknown as IncidentFrame;
const HURT = {
  ...CALM,
  severity: 'SEV2',
  alerts: [{ severity: 'page' }],
  impact: { failedActions: 40, costCents: 80 },
  journeys: [{ title: 'Votes', goodRatio: 0.4, objectiveRatio: 0.99 }, CALM.journeys[1]],
} as IncidentFrame;
const open = { verdict: null } as IncidentFrame['hypotheses'][number];
const plan = (state: string, text = 'a restart') => [{ state, text }] as unknown as IncidentFrame['plan'];

it('says what fails and since when, what is suspected, and what waits', () => {
  expect(wallSentence({ ...HURT, hypotheses: [open, open], plan: plan('proposed') }, 250)).toBe(
    'Votes failing 4 min; two theories open; a restart awaits the commander.',
  );
  expect(wallSentence({ ...HURT, severity: null, plan: plan('open') }, 14)).toBe(
    'Votes failing 14 s; not declared yet; a restart is open to anyone.',
  );
  const both = [HURT.journeys[0], { ...CALM.journeys[1], goodRatio: 0.2 }];
  expect(wallSentence({ ...HURT, journeys: both }, 60)).toBe('All two journeys failing 1 min.');
});

it('says that all is well, that it must hold, and that it has held', () => {
  expect(wallSentence(CALM, 0)).toBe('All is well so far.');
  const again = { ...HURT, closing: { holdLeftSeconds: 45 } as IncidentFrame['closing'] };
  expect(wallSentence(again, 0)).toBe('Users are well again; 45 s more must hold.');
  const held = { ...HURT, resolution: { recovered: true, declared: true, holdSeconds: 90 } };
  expect(wallSentence({ ...held, phase: 'paused' }, 0)).toBe(
    'The team has stopped the clock; users are well, and it has held; declared resolved.',
  );
});

it('counts from the first of the seconds that hurt', () => {
  const flat = (length: number, value: number) => Array.from({ length }, () => value);
  expect(hurtSeconds([])).toBe(0);
  expect(hurtSeconds(flat(60, 0))).toBe(0);
  expect(hurtSeconds([...flat(60, 0), ...flat(30, 1)])).toBe(30);
  // One bad second among good ones is noise soon after.
  expect(hurtSeconds([...flat(60, 0), 1, ...flat(12, 0)])).toBe(0);
});
