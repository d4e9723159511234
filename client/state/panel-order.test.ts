import { expect, it } from 'vitest';
import { panelOrder } from './panel-order.ts';
import { dutyOf, leads, speaks } from './role-duties.ts';

it('shows everybody everything, and the own work first', () => {
  const duties = ['lead', 'comms', 'scribe', 'ops', 'watch'] as const;
  expect(duties.map((duty) => panelOrder(duty, false)[0])).toEqual([
    'plan',
    'status',
    'timeline',
    'alerts',
    'alerts',
  ]);
  expect(panelOrder('comms', true).slice(0, 2)).toEqual(['resolution', 'status']);
  for (const duty of duties)
    expect(panelOrder(duty, true).toSorted()).toEqual(panelOrder('ops', false).toSorted());
});

it('takes who holds several roles by the first', () => {
  expect(dutyOf(['incident-commander', 'ops', 'comms'])).toBe('lead');
  expect(dutyOf(['ops'])).toBe('ops');
  expect(dutyOf(['observer'])).toBe('watch');
  expect(dutyOf([])).toBe('watch');
  expect([leads(['comms']), speaks(['comms']), leads(['deputy']), speaks(['ops'])]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
