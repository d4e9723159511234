import { expect, it } from 'vitest';
import { makeFilter } from './make-filter.ts';

/** What a filter makes of lines, or why it refuses. */
function filtered(words: string[], lines: string[]): string[] | string {
  const made = makeFilter(words);
  if (!made.ok) return made.why;
  const out = lines.flatMap((line) => (made.filter.full() ? [] : made.filter.push(line)));
  return [...out, ...made.filter.end()];
}

const LINES = ['b 2 ok', 'a 10 FAIL', 'a 10 FAIL', 'c 1 ok (x+y)'];

it.each([
  [
    ['grep', 'FAIL'],
    ['a 10 FAIL', 'a 10 FAIL'],
  ],
  [
    ['grep', '-iv', 'fail'],
    ['b 2 ok', 'c 1 ok (x+y)'],
  ],
  [['grep', '-c', 'ok'], ['2']],
  [
    ['grep', '-E', 'b|c'],
    ['b 2 ok', 'c 1 ok (x+y)'],
  ],
  [
    ['grep', 'b\\|c'],
    ['b 2 ok', 'c 1 ok (x+y)'],
  ],
  [['grep', '(x+y)'], ['c 1 ok (x+y)']],
  [['grep', '-F', '(x+'], ['c 1 ok (x+y)']],
  [
    ['grep', '-oE', '[[:digit:]]+'],
    ['2', '10', '10', '1'],
  ],
  [['grep', '-m1', '-e', 'a', '-e', 'c'], ['a 10 FAIL']],
  [
    ['head', '-2'],
    ['b 2 ok', 'a 10 FAIL'],
  ],
  [['tail', '-n', '1'], ['c 1 ok (x+y)']],
  [['tail', '-n', '+4'], ['c 1 ok (x+y)']],
  [
    ['cut', '-d', ' ', '-f1,3'],
    ['b ok', 'a FAIL', 'a FAIL', 'c ok'],
  ],
  [
    ['cut', '-c', '1-3'],
    ['b 2', 'a 1', 'a 1', 'c 1'],
  ],
  [
    ['awk', '{print $2, $NF}'],
    ['2 ok', '10 FAIL', '10 FAIL', '1 (x+y)'],
  ],
  [
    ['awk', '-F', '1', '/a/ {print $1 "-" NR}'],
    ['a -2', 'a -3'],
  ],
  [
    ['sed', 's/o/0/g'],
    ['b 2 0k', 'a 10 FAIL', 'a 10 FAIL', 'c 1 0k (x+y)'],
  ],
  [
    ['sed', '-E', 's#^(.) ([0-9]+).*#\\2&#'],
    ['2b 2 ok', '10a 10 FAIL', '10a 10 FAIL', '1c 1 ok (x+y)'],
  ],
  [
    ['sed', 's/[^]]$/<&>/'],
    ['b 2 o<k>', 'a 10 FAI<L>', 'a 10 FAI<L>', 'c 1 ok (x+y<)>'],
  ],
  [
    ['grep', '-w', 'o\\|ok'],
    ['b 2 ok', 'c 1 ok (x+y)'],
  ],
  [['wc', '-l'], ['4']],
  [
    ['sort', '-u'],
    ['a 10 FAIL', 'b 2 ok', 'c 1 ok (x+y)'],
  ],
  [
    ['sort', '-k2', '-n'],
    ['c 1 ok (x+y)', 'b 2 ok', 'a 10 FAIL', 'a 10 FAIL'],
  ],
  [
    ['uniq', '-c'],
    ['      1 b 2 ok', '      2 a 10 FAIL', '      1 c 1 ok (x+y)'],
  ],
])('%j', (words, expected) => {
  expect(filtered(words, LINES)).toEqual(expected);
});

it('a pattern that would take for ever elsewhere takes no time here', () => {
  const began = performance.now();
  expect(filtered(['grep', '-E', '^(a+)+$'], ['a'.repeat(5000) + 'b'])).toEqual([]);
  expect(performance.now() - began).toBeLessThan(1000);
});

it.each([
  [['tee', 'x'], 'tee cannot be streamed; these can:'],
  [['awk', '{s+=$1} END {print s}'], 'only awk'],
  [['sed', '1d'], 'only sed s'],
  [['grep', '-r', 'x', 'dir'], 'grep -r cannot be streamed'],
  [['grep', '-E', '('], 'is no pattern'],
])('%j is refused', (words, why) => {
  expect(filtered(words, LINES)).toContain(why);
});
