import { expect, it } from 'vitest';
import { beatStep } from './beats.ts';

it.each<[key: string, focused: string, modified: boolean, step: number]>([
  [' ', 'BODY', false, 1],
  ['Enter', 'H1', false, 1],
  ['ArrowRight', 'BUTTON', false, 1],
  ['ArrowLeft', 'BODY', false, -1],
  ['Escape', 'BUTTON', false, 3],
  ['Enter', 'BUTTON', false, 0],
  [' ', 'A', false, 0],
  ['ArrowRight', 'INPUT', false, 0],
  ['ArrowLeft', 'BODY', true, 0],
  ['x', 'BODY', false, 0],
])('%j on %s (with Ctrl: %j) goes %d', (key, focused, modified, step) => {
  expect(beatStep({ key, focused, modified })).toBe(step);
});
