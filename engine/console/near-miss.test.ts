import { expect, it } from 'vitest';
import { nearMisses } from './near-miss.ts';

it('finds names at most two edits away, nearest first', () => {
  expect(nearMisses('pdos', ['pods', 'nodes', 'pod', 'services'])).toEqual(['pods']);
  expect(nearMisses('delpoyment', ['deployment', 'deployments'])).toEqual(['deployment', 'deployments']);
  expect(nearMisses('gett', ['get', 'set', 'delete'])).toEqual(['get']);
  expect(nearMisses('zzz', ['get', 'set'])).toEqual([]);
});
