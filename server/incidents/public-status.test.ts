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

it('keeps inside what the team says, plans, pins and claims', () => {
  const names = ['plan', 'next', 'pins', 'claims', 'inbox', 'hints', 'warmUps', 'phase', 'tickets'] as const;
  const fields = publicMembers(new Map(names.map((name) => [name, '[]'])));
  expect([...fields.keys()].sort()).toEqual(['phase', 'status', 'tickets']);
});
