/** The filters that count, choose by number or put in order: head, tail, wc, sort and uniq. */
import { sortWords } from './filter-words.ts';
import { atEnd, can, cannot, eachLine } from './line-filter.ts';
import type { FilterMaking } from './line-filter.ts';

const LINES_LONG = { lines: 'n' };

/** `head -n 5`: has enough after so many lines. */
export function head(words: readonly string[]): FilterMaking {
  const { values, operands, unknown } = sortWords(words, { switches: '', values: 'n', long: LINES_LONG });
  const most = Number(values.get('n')?.[0] ?? 10);
  if (unknown !== '' || operands.length > 0 || !(most >= 0)) return cannot('head: only -n N can be streamed');
  let seen = 0;
  const filter = eachLine((line) => (seen++ < most ? [line] : []));
  return can({ ...filter, full: () => seen >= most });
}

/** `tail -n 5` shows the end once there is one; `tail -n +2` leaves out the beginning. */
export function tail(words: readonly string[]): FilterMaking {
  const { values, operands, unknown } = sortWords(words, { switches: 'f', values: 'n', long: LINES_LONG });
  const said = values.get('n')?.[0] ?? '10';
  const count = Number(said.replace(/^[+-]/, ''));
  if (unknown !== '' || operands.length > 0 || !(count >= 0))
    return cannot('tail: only -n N can be streamed');
  if (!said.startsWith('+')) return can(atEnd((lines) => (count === 0 ? [] : lines.slice(-count))));
  let number = 0;
  return can(eachLine((line) => (++number >= count ? [line] : [])));
}

/** `wc -l`, `wc -w`, `wc -c`, or all three. */
export function wc(words: readonly string[]): FilterMaking {
  const { switches, operands, unknown } = sortWords(words, {
    switches: 'lwc',
    values: '',
    long: { lines: 'l', words: 'w', bytes: 'c' },
  });
  if (unknown !== '' || operands.length > 0) return cannot('wc: only -l, -w and -c can be streamed');
  const counts = { l: 0, w: 0, c: 0 };
  const shown = (['l', 'w', 'c'] as const).filter((kind) => switches.size === 0 || switches.has(kind));
  const count = (line: string) => {
    counts.l++;
    counts.w += line.split(/\s+/).filter((word) => word !== '').length;
    counts.c += Buffer.byteLength(line) + 1;
    return [];
  };
  return can({ ...eachLine(count), end: () => [shown.map((kind) => counts[kind]).join(' ')] });
}

/** Compares texts by code unit, as `LC_ALL=C` does. */
function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `sort`, `-n`, `-r`, `-u`, `-k N`, once the stream has ended. */
export function sort(words: readonly string[]): FilterMaking {
  const { switches, values, operands, unknown } = sortWords(words, { switches: 'nru', values: 'kt' });
  const field = Number.parseInt(values.get('k')?.[0] ?? '0', 10);
  if (unknown !== '' || operands.length > 0 || !(field >= 0))
    return cannot('sort: only -n, -r, -u, -k and -t can be streamed');
  const separator = values.get('t')?.[0] ?? /\s+/;
  const key = (line: string) =>
    field === 0
      ? line
      : (typeof separator === 'string' ? line : line.trim())
          .split(separator)
          .slice(field - 1)
          .join(' ');
  const number = (line: string) => Number.parseFloat(key(line)) || 0;
  const sign = switches.has('r') ? -1 : 1;
  const compare = (left: string, right: string) => {
    const byKey = switches.has('n') ? number(left) - number(right) : compareTexts(key(left), key(right));
    return sign * (byKey || compareTexts(left, right));
  };
  return can(
    atEnd((lines) => {
      const sorted = [...lines].sort(compare);
      return switches.has('u') ? sorted.filter((line, at) => line !== sorted[at - 1]) : sorted;
    }),
  );
}

/** `uniq` and `uniq -c`: lines that repeat the one before are said once. */
export function uniq(words: readonly string[]): FilterMaking {
  const { switches, operands, unknown } = sortWords(words, { switches: 'c', values: '' });
  if (unknown !== '' || operands.length > 0) return cannot('uniq: only -c can be streamed');
  let last: string | null = null;
  let times = 0;
  const told = () => {
    if (last === null) return [];
    return [switches.has('c') ? `${String(times).padStart(7)} ${last}` : last];
  };
  return can({
    ...eachLine((line) => {
      if (line === last) {
        times++;
        return [];
      }
      const before = told();
      last = line;
      times = 1;
      return before;
    }),
    end: told,
  });
}
