import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { DOCSTRING_RULES, checkDocstrings } from './docstrings.ts';
import { parseSource, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

/** How many docstrings a text lacks. */
function missing(text: string, path = 'engine/cluster/a.ts'): number {
  return checkDocstrings(parseSource(path, text)).length;
}

it('everything that engine and scenarios export says what it is', () => {
  const found = projectSources().flatMap(checkDocstrings);
  expect(printViolations(withoutExcused(found, DOCSTRING_RULES))).toEqual([]);
});

it.each([
  'export function serve() {}',
  'export const serve = () => 1;',
  'export type Host = { id: number };',
  'export interface Host { id: number }',
  'export class HostError extends Error {}',
  '// Not a doc comment.\nexport function serve() {}',
  'function serve() {}\nexport { serve };',
])('%s lacks a docstring', (text) => {
  expect(missing(text)).toBe(1);
});

it.each([
  '/** Serves. */\nexport function serve() {}',
  '/** One host. */\nexport type Host = { id: number };',
  '/** Serves. */\nexport function serve(a: 1): 1;\nexport function serve(a: 2): 2;',
  'function serve() {}',
  "export { a } from './b.ts';",
])('%s needs none', (text) => {
  expect(missing(text)).toBe(0);
});

it('asks engine and scenarios only', () => {
  expect(missing('export function serve() {}', 'scenarios/sdk/a.ts')).toBe(1);
  expect(missing('export function serve() {}', 'server/rooms/a.ts')).toBe(0);
  expect(missing('export function serve() {}', 'engine/cluster/a.test.ts')).toBe(0);
});
