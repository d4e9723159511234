import { expect, it } from 'vitest';
import type { PlanState, PlanView } from '@chaotic-good/engine/protocol/team-views';
import { inOrder, opensInSeconds, waiting } from './plan-words.ts';

const item = (planId: string, state: PlanState): PlanView => ({
  planId,
  seat: 'seat-2',
  text: 'Restart',
  line: '',
  component: '',
  state,
  proposedAtMicros: 100e6,
  answeredBy: '',
  changedAtMicros: 100e6,
});
const plan = [
  item('1', 'done'),
  item('2', 'proposed'),
  item('3', 'refused'),
  item('4', 'open'),
  item('5', 'approved'),
];

it('waits for an answer also once it is open to all', () => {
  expect(waiting(plan).map(({ planId }) => planId)).toEqual(['2', '4']);
});

it('stands with what goes on first, and what is over last, newest first', () => {
  expect(inOrder(plan).map(({ planId }) => planId)).toEqual(['2', '4', '5', '3', '1']);
});

it('counts the seconds until it opens', () => {
  expect([100e6, 108.4e6, 119e6, 131e6].map((now) => opensInSeconds(plan[1], now))).toEqual([20, 12, 1, 0]);
});
