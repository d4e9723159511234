import { expect, it } from 'vitest';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { nowSentence } from './now-sentence.ts';
import { recoveryNow } from './recovery-now.ts';

// Only what the sentences read of a view.
const CALM = {
  atMicros: 200e6,
  severity: null,
  hypotheses: [],
  alerts: [],
  impact: { failedActions: 0, costCents: 0 },
  resolution: { recovered: false, declared: false, holdSeconds: 90 },
} as unknown as IncidentFrame;
const HURT = { ...CALM, severity: 'SEV2', impact: { failedActions: 9, costCents: 1 } } as IncidentFrame;
const declared = {
  seq: 1,
  atMicros: 80e6,
  kind: 'incident-declared',
  seat: 'Ops',
  text: '',
  tone: 'action',
} as const;
const STILL = { perSecond: 0, trend: 'steady' } as const;

it('says whether users are hurt, what is declared, and what is suspected', () => {
  expect(nowSentence(CALM, [], STILL)).toBe('All is well so far. No incident is declared.');
  const open = { verdict: null } as IncidentFrame['hypotheses'][number];
  const view = { ...HURT, hypotheses: [open, open, { ...open, verdict: 'refuted' as const }] };
  expect(nowSentence(view, [declared], { perSecond: 28.34, trend: 'falling' })).toBe(
    '28.3 user actions fail each second, fewer than before. SEV2 is declared, 2 min ago.' +
      ' 2 theories are open.',
  );
  expect(nowSentence({ ...HURT, hypotheses: [open] }, [], STILL)).toBe(
    'Users are not being hurt now. SEV2 is declared. One theory is open.',
  );
});

it('says how far it is to the end', () => {
  expect(recoveryNow(CALM, null)).toMatchObject({ words: 'Nobody has been paged yet', share: null });
  expect(recoveryNow(HURT, null)).toMatchObject({ level: 'degraded', share: 0 });
  expect(recoveryNow(HURT, 45)).toMatchObject({
    words: 'Recovered in 45 s if nothing more fails',
    share: 0.5,
  });
  const early = { ...HURT, resolution: { ...HURT.resolution, declared: true } };
  expect(recoveryNow(early, 45).words).toMatch(/^Declared resolved early\. /);
  const held = { ...HURT, resolution: { ...HURT.resolution, recovered: true } };
  expect(recoveryNow(held, null)).toMatchObject({ level: 'healthy', share: 1 });
});
