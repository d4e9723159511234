import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { NAME_RULES, checkBarrel, checkNames } from './names-and-folders.ts';
import { parseSource, projectFiles, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

it('every file has a name that says what it holds, every source folder a README', () => {
  const found = [...checkNames(projectFiles()), ...projectSources().flatMap(checkBarrel)];
  expect(printViolations(withoutExcused(found, NAME_RULES))).toEqual([]);
});

it.each([
  ['engine/utils.ts', 'file-name'],
  ['engine/string-helpers/helpers.test.ts', 'file-name'],
  ['engine/eventQueue.ts', 'file-name'],
  ['client/burn-rate.svelte', 'file-name'],
  ['infra/docker_compose/stack.yml', 'folder-name'],
  ['infra/utils/stack.yml', 'folder-name'],
])('the name %s is refused', (path, rule) => {
  const rules = checkNames([path]).map((found) => found.rule);
  expect(rules.filter((found) => found !== 'folder-readme')).toEqual([rule]);
});

it.each([
  'engine/event-queue.test.ts',
  'client/BurnRatePanel.svelte',
  'client/war-room.svelte.ts',
  'infra/Dockerfile',
])('the name %s is fine', (path) => {
  expect(checkNames([path]).filter(({ rule }) => rule !== 'folder-readme')).toEqual([]);
});

it('a source folder needs a README, a folder deep inside does not', () => {
  const missing = (paths: string[]) =>
    checkNames(paths)
      .filter(({ rule }) => rule === 'folder-readme')
      .map(({ path }) => path);
  expect(missing(['engine/faults/memory-leak/a.ts'])).toEqual([
    'engine',
    'engine/faults',
    'engine/faults/memory-leak',
  ]);
  expect(missing(['infra/README.md', 'infra/bench/README.md', 'infra/bench/deep/a.ts'])).toEqual([]);
});

it.each([
  ['engine/cluster/all.ts', "export * from './host.ts';\nexport { a } from './b.ts';", ['barrel']],
  ['engine/cluster/index.ts', 'export const a = 1;', ['barrel']],
  ['engine/index.ts', "export { a } from './b.ts';", []],
  ['engine/cluster/a.ts', "import { a } from './b.ts';\nexport const b = a;", []],
])('passing on in %s', (path, text, rules) => {
  expect(checkBarrel(parseSource(path, text)).map(({ rule }) => rule)).toEqual(rules);
});
