import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { SIZE_RULES, checkSizes } from './size-limits.ts';
import { parseSource, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

/** The rules that a text at a path breaks. */
function rulesBroken(text: string, path = 'engine/cluster/a.ts'): string[] {
  return checkSizes(parseSource(path, text)).map(({ rule }) => rule);
}

/** A text of that many lines. */
function lines(count: number): string {
  return 'use();\n'.repeat(count);
}

const OPEN = 'TO' + 'DO';

it('nothing in the project is too long to read', () => {
  const found = projectSources().flatMap(checkSizes);
  expect(printViolations(withoutExcused(found, SIZE_RULES))).toEqual([]);
});

it('limits files, and lets a content table be long', () => {
  expect(rulesBroken(lines(400))).toEqual([]);
  expect(rulesBroken(lines(401))).toEqual(['file-length']);
  expect(rulesBroken(`// size: content table\n${lines(401)}`)).toEqual([]);
  expect(rulesBroken(`<script>\n</script>\n${'<p/>\n'.repeat(249)}`, 'client/ui/A.svelte')).toEqual([
    'file-length',
  ]);
});

it('limits functions of every form', () => {
  expect(rulesBroken(`function f() {\n${lines(68)}}`)).toEqual([]);
  expect(rulesBroken(`function f() {\n${lines(69)}}`)).toEqual(['function-length']);
  expect(rulesBroken(`const f = () => {\n${lines(69)}};`)).toEqual(['function-length']);
  expect(rulesBroken(`const o = { f() {\n${lines(69)}} };`)).toEqual(['function-length']);
});

it('lets a suite of tests be longer than a function', () => {
  const suite = `describe('a host', () => {\n${lines(100)}});`;
  expect(rulesBroken(suite, 'engine/cluster/a.test.ts')).toEqual([]);
  expect(rulesBroken(suite, 'engine/cluster/a.ts')).toEqual(['function-length']);
});

it('limits lines but for a long address', () => {
  expect(rulesBroken(`// ${'x'.repeat(107)}`)).toEqual([]);
  expect(rulesBroken(`// ${'x'.repeat(108)}`)).toEqual(['line-length']);
  expect(rulesBroken(`// size: content table\n// ${'x'.repeat(108)}`)).toEqual(['line-length']);
  expect(rulesBroken(`// https://example.org/${'x'.repeat(108)}`)).toEqual([]);
});

it('wants an issue for what is left open', () => {
  expect(rulesBroken(`// ${OPEN}: later`)).toEqual(['todo-issue']);
  expect(rulesBroken(`/*\n * ${OPEN} later\n */`)).toEqual(['todo-issue']);
  expect(rulesBroken(`// ${OPEN} #12: later`)).toEqual([]);
  expect(rulesBroken(`// ${OPEN}(#12): later`)).toEqual([]);
});
