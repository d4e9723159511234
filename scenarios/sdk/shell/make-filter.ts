/** The closed list of filters that a stream can be put through. */
import { head, sort, tail, uniq, wc } from './counting-filters.ts';
import { can, cannot, eachLine } from './line-filter.ts';
import type { FilterMaking } from './line-filter.ts';
import { awk, cut, grep, sed } from './text-filters.ts';

const MAKERS = new Map<string, (words: readonly string[]) => FilterMaking>([
  ['grep', (words) => grep(words, {})],
  ['egrep', (words) => grep(words, { extended: true })],
  ['fgrep', (words) => grep(words, { fixed: true })],
  ['head', head],
  ['tail', tail],
  ['cut', cut],
  ['awk', awk],
  ['sed', sed],
  ['wc', wc],
  ['sort', sort],
  ['uniq', uniq],
  [
    'cat',
    (words) =>
      words.length === 0 ? can(eachLine((line) => [line])) : cannot('cat with files cannot be streamed'),
  ],
]);

/** Makes the filter that these words mean, the first being its name. */
export function makeFilter(words: readonly string[]): FilterMaking {
  const make = MAKERS.get(words[0]);
  if (make !== undefined) return make(words.slice(1));
  const known = [...MAKERS.keys()].join(', ');
  return cannot(`${words[0]} cannot be streamed; these can: ${known}`);
}
