// Method: titles of charts are read out of the pages that let people pin them; the server must know each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chartSpec } from '../../server/post-mortem/pinned-chart-specs.ts';

const WARROOM = join(import.meta.dirname, '../../client/warroom');

function titlesIn(file: string, pattern: RegExp): string[] {
  return [...readFileSync(join(WARROOM, file), 'utf8').matchAll(pattern)].map(([, title]) => title);
}

const nothing = () => null;
const read = { value: () => nothing, rate: () => nothing, labelValues: () => ['/var/log'] };
const system = { title: 'Shop', journeys: [] };

function isKnown(title: string, focus: string): boolean {
  return chartSpec({ title, focus, system, read }) !== null;
}

it('every chart of the overview that can be pinned stands in the post-mortem as a chart', () => {
  const titles = titlesIn('Overview.svelte', /handles\('([^']+)'\)/g);
  expect(titles.length).toBeGreaterThanOrEqual(4);
  expect(titles.filter((title) => !isKnown(title, ''))).toEqual([]);
});

it('so does every chart of a pod or a node', () => {
  const titles = titlesIn('focus-charts.ts', /title: '([^']+)'/g);
  expect(titles.length).toBeGreaterThanOrEqual(9);
  expect(titles.filter((title) => !isKnown(title, 'pod/a') && !isKnown(title, 'node/a'))).toEqual([]);
});

it('a chart that no page has is not known', () => {
  expect(isKnown('Weather', '')).toBe(false);
});
