import { expect, it } from 'vitest';
import { lookersAtTab, lookersAtThing, lookWords } from './look-words.ts';

const BO = { seat: 'bo', tab: 'logs', thing: 'node/worker-1', running: '' };
const CY = { seat: 'cy', tab: 'terminal-1', thing: '', running: 'kubectl get pods' };

it('says what somebody does', () => {
  expect(lookWords(BO)).toBe('looks at node/worker-1 and the logs');
  expect(lookWords(CY)).toBe('looks at a terminal · runs kubectl get pods');
  expect(lookWords({ ...BO, tab: 'more', thing: '' })).toBe('');
});

it('finds the others at a place, never oneself', () => {
  expect(lookersAtTab([BO, CY], 'ana', 'logs')).toEqual(['bo']);
  expect(lookersAtTab([BO, CY], 'bo', 'logs')).toEqual([]);
  expect(lookersAtThing([BO, CY], 'cy', 'node/worker-1')).toEqual(['bo']);
});
