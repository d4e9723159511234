import { expect, it } from 'vitest';
import { holds } from './figure.ts';
import { erlangMeanSojourn } from './mm4-model.ts';
import { alternate, median, medianRatio } from './rounds.ts';

/** A contender that prints a fixed measurement. */
function printing(name: string, cpuSeconds: number) {
  const text = `console.log(JSON.stringify({ events: 100, cpuSeconds: ${cpuSeconds}, answer: 3 }))`;
  return { name, command: () => [process.execPath, '-e', text] };
}

it('Erlang C is known for four servers at nine tenths', () => {
  expect(erlangMeanSojourn(4, 3.6)).toBeCloseTo(2.9694, 4);
  expect(erlangMeanSojourn(1, 0.5)).toBeCloseTo(2, 12);
});

it('a ratio is the median of the ratios within rounds', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  const standing = (rates: number[]) => ({ name: 'a', rates, answer: 0 });
  expect(medianRatio(standing([10, 1, 30]), standing([5, 1, 10]))).toBe(2);
});

it('contenders run in processes of their own', () => {
  const [fast, slow] = alternate([printing('fast', 1), printing('slow', 4)], 2);
  expect(fast.rates).toEqual([100, 100]);
  expect(medianRatio(fast, slow)).toBe(4);
});

it('a gate fails when its value is too low or no number', () => {
  expect(holds({ says: 'x', value: 0.5, atLeast: 0.5 })).toBe(true);
  expect(holds({ says: 'x', value: 0.49, atLeast: 0.5 })).toBe(false);
  expect(holds({ says: 'x', value: NaN, atLeast: 0.5 })).toBe(false);
});
