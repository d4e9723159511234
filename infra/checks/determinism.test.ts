import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { DETERMINISM_RULES, checkDeterminism } from './determinism.ts';
import { parseSource, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

/** The messages for a text, were it in the engine. */
function messagesFor(text: string, path = 'engine/cluster/a.ts'): string[] {
  return checkDeterminism(parseSource(path, text)).map(({ message }) => message);
}

it('the engine uses nothing in which two runs could differ', () => {
  const found = projectSources().flatMap(checkDeterminism);
  expect(printViolations(withoutExcused(found, DETERMINISM_RULES))).toEqual([]);
});

it.each([
  ['const t = Date.now();', 'no Date: '],
  ['const t = new Date(0);', 'no Date: '],
  ['const t = performance.now();', 'no performance: '],
  ['const x = Math.log(2);', 'no Math.log: '],
  ['const x = Math.pow(2, 3);', 'no Math.pow: '],
  ['const x = Math.hypot(3, 4);', 'no Math.hypot: '],
  ['const x = Math.random();', 'no Math.random: '],
  ["const x = Math['log'](2);", 'name the member '],
  ['const { log } = Math;', 'name the member '],
  ['const x = 2 ** 3;', 'no **: '],
  ['function f(x: number) { x **= 2; }', 'no **: '],
  ["const f = new Intl.NumberFormat('en');", 'no Intl: '],
  ['const s = (5).toLocaleString();', 'no toLocaleString: '],
  ["const order = 'a'.localeCompare('b');", 'no localeCompare: '],
  ['const s = [2, 1].sort();', 'sort() needs a comparator '],
  ['const s = [2, 1].toSorted();', 'toSorted() needs a comparator '],
  ['function f(o: object) { for (const key in o) use(key); }', 'no for…in: '],
  ['async function f() {}', 'no async: '],
  ['const f = async () => 1;', 'no async: '],
  ['const p = Promise.resolve(1);', 'no Promise: '],
  ['function f(p: Promise<void>) {}', 'no Promise: '],
  ['setTimeout(f, 1);', 'no setTimeout: '],
  ['setInterval(f, 1);', 'no setInterval: '],
  ['queueMicrotask(f);', 'no queueMicrotask: '],
  ['const id = crypto.randomUUID();', 'no crypto: '],
  ['const t = globalThis.performance.now();', 'no globalThis: '],
  ['const now = { at: Date };', 'no Date: '],
  ['function f(x: any) {}', 'no any: '],
  ['enum Severity { Page }', 'no enum: '],
  ['class Host {}', 'no class but errors: '],
  ['const Host = class extends Base {};', 'no class but errors: '],
  ['export default { a: 1 };', 'no default export: '],
  ['export default function f() {}', 'no default export: '],
  ['const a = 1;\nexport { a as default };', 'no default export: '],
  ['function f() { { const process = 1; use(process); } return process.pid; }', 'no process: '],
  ['function f(process: number) {}\nfunction g() { return process.pid; }', 'no process: '],
  ['let last = 0;', 'no variable outside functions: '],
])('the engine may not say %s', (text, start) => {
  const messages = messagesFor(text);
  expect(messages).toHaveLength(1);
  expect(messages[0].slice(0, start.length)).toBe(start);
});

it.each([
  'const x = Math.sqrt(2) + Math.floor(1.5) + Math.imul(2, 3);',
  'const s = [2, 1].sort((a, b) => a - b);',
  'function f(m: Map<string, number>) { for (const [k, v] of m) use(k, v); }',
  'export class CapacityError extends Error {}',
  "const headers = { Date: 'x', performance: 1 };",
  'type Response = { Date: string; process: number };',
  'const served = response.Date + status.process;',
  'const rows = list.sort;',
  'function kill(process: Process) { if (process.alive) stop(process); }',
  'function stop(all: Process[]) { for (const process of all) kill(process.id); }',
  'function rate({ window }: Rate) { const inner = () => window.total; return inner(); }',
  "import { process } from './process.ts';\nuse(process);",
  'function f(x: string) { switch (x) { default: return 1; } }',
])('the engine may say %s', (text) => {
  expect(messagesFor(text)).toEqual([]);
});

it('tests and other workspaces may use a clock', () => {
  expect(messagesFor('const t = Date.now();', 'engine/cluster/a.test.ts')).toEqual([]);
  expect(messagesFor('const t = Date.now();', 'server/rooms/a.ts')).toEqual([]);
});
