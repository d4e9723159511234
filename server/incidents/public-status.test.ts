import { expect, it } from 'vitest';
import { publicMembers } from './public-status.ts';

const update = {
  seat: 'seat-4',
  atMicros: 90e6,
  journeys: ['vote'],
  severity: 'SEV2',
  state: 'investigating',
  nextDueMicros: 210e6,
};

it('shows the facts of a status update, and not who posted it', () => {
  const fields = publicMembers(new Map([['status', JSON.stringify([update])]]));
  expect(JSON.parse(fields.get('status') ?? '')).toEqual([{ ...update, seat: '' }]);
});

it('keeps inside what the team says, pins and claims', () => {
  const names = ['next', 'pins', 'claims', 'inbox', 'hints', 'warmUps', 'phase', 'tickets'] as const;
  const fields = publicMembers(new Map(names.map((name) => [name, '[]'])));
  expect([...fields.keys()].sort()).toEqual(['hypotheses', 'phase', 'plan', 'status', 'tickets']);
});

it('tells what kind of act waits or is under way, and forgets what is over', () => {
  const item = {
    planId: 'plan-1',
    seat: 'seat-2',
    text: 'Restart it, says Ana',
    line: 'kubectl rollout restart deployment/polls',
    component: 'deployment/polls',
    state: 'proposed',
    proposedAtMicros: 5e6,
    answeredBy: '',
    changedAtMicros: 5e6,
  };
  const fields = publicMembers(new Map([['plan', JSON.stringify([item, { ...item, state: 'done' }])]]));
  expect(JSON.parse(fields.get('plan') ?? '')).toEqual([
    { ...item, seat: '', text: 'a restart', line: '', component: '' },
  ]);
});
