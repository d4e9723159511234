/** The filters that find and change text, as far as they can be streamed: grep, cut, awk and sed. */
import { sortWords } from './filter-words.ts';
import { can, cannot, eachLine } from './line-filter.ts';
import type { FilterMaking } from './line-filter.ts';
import { linePattern } from './line-pattern.ts';
import type { Found } from './line-pattern.ts';

const GREP_LONG = {
  'ignore-case': 'i',
  'invert-match': 'v',
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'only-matching': 'o',
  'word-regexp': 'w',
  count: 'c',
  regexp: 'e',
  'max-count': 'm',
  'line-buffered': '',
  color: '',
  colour: '',
};

/** `grep` with -i -v -E -F -w -o -c -e -m. */
export function grep(
  words: readonly string[],
  fixedStyle: { extended?: boolean; fixed?: boolean },
): FilterMaking {
  const { switches, values, operands, unknown } = sortWords(words, {
    switches: 'ivEFGwocaq',
    values: 'em',
    long: GREP_LONG,
  });
  if (unknown !== '') return cannot(`grep ${unknown} cannot be streamed`);
  const patterns = values.get('e') ?? operands.splice(0, 1);
  if (patterns.length === 0) return cannot('grep needs a pattern');
  if (operands.length > 0) return cannot('grep with files cannot be streamed');
  const style = {
    extended: switches.has('E') || fixedStyle.extended,
    fixed: switches.has('F') || fixedStyle.fixed,
    ignoreCase: switches.has('i'),
    word: switches.has('w'),
  };
  const compiled = patterns.map((pattern) => linePattern(pattern, style));
  const tests = compiled.filter((test) => test !== null);
  if (tests.length < compiled.length) return cannot(`grep: ${patterns.join(' ')} is no pattern`);
  let found = 0;
  const most = Number(values.get('m')?.[0] ?? Infinity);
  const matches = (line: string) => tests.some((test) => test.test(line)) !== switches.has('v');
  const shown = (line: string) =>
    switches.has('o')
      ? tests.flatMap((test) => test.find(line, Infinity).map(({ groups }) => groups[0]))
      : [line];
  return can({
    push: (line) => {
      if (found >= most || !matches(line)) return [];
      found++;
      return switches.has('c') || switches.has('q') ? [] : shown(line);
    },
    end: () => (switches.has('c') ? [String(found)] : []),
    full: () => found >= most || (switches.has('q') && found > 0),
    exitCode: () => (found > 0 ? 0 : 1),
  });
}

/** The positions that a list such as `1,3-5,7-` means, as a test. */
function inList(list: string): ((position: number) => boolean) | null {
  const ranges = list.split(',').map((part) => /^(\d*)(-?)(\d*)$/.exec(part));
  if (ranges.some((range) => range === null || range[0] === '' || range[0] === '-')) return null;
  return (position) =>
    ranges.some((range) => {
      const [, from, dash, to] = range!;
      const first = from === '' ? 1 : Number(from);
      const last = dash === '' ? first : to === '' ? Infinity : Number(to);
      return position >= first && position <= last;
    });
}

/** `cut -d , -f 1,3` and `cut -c 1-20`. */
export function cut(words: readonly string[]): FilterMaking {
  const { switches, values, operands, unknown } = sortWords(words, { switches: 's', values: 'dfc' });
  const list = values.get('f')?.[0] ?? values.get('c')?.[0];
  const wanted = list === undefined ? null : inList(list);
  if (unknown !== '' || operands.length > 0 || wanted === null)
    return cannot('cut: only -d, -f and -c can be streamed');
  if (values.has('c')) {
    return can(eachLine((line) => [[...line].filter((_, at) => wanted(at + 1)).join('')]));
  }
  const delimiter = values.get('d')?.[0] ?? '\t';
  return can(
    eachLine((line) => {
      if (!line.includes(delimiter)) return switches.has('s') ? [] : [line];
      const fields = line.split(delimiter).filter((_, at) => wanted(at + 1));
      return [fields.join(delimiter)];
    }),
  );
}

/** One printed thing of an awk program: `$3`, `$NF`, `NR`, `NF` or a text. */
function awkItem(item: string): ((fields: string[], line: string, number: number) => string) | null {
  const text = /^"((?:[^"\\]|\\.)*)"$/.exec(item);
  if (text !== null) return () => text[1].replace(/\\t/g, '\t').replace(/\\n/g, '\n').replace(/\\(.)/g, '$1');
  if (item === '$0') return (_fields, line) => line;
  if (item === '$NF') return (fields) => fields.at(-1) ?? '';
  if (item === 'NR') return (_fields, _line, number) => String(number);
  if (item === 'NF') return (fields) => String(fields.length);
  const field = /^\$(\d+)$/.exec(item);
  return field === null ? null : (fields) => fields[Number(field[1]) - 1] ?? '';
}

/** Joins what stands between commas by blanks, and what stands side by side by nothing. */
function awkItems(body: string): ((fields: string[], line: string, number: number) => string) | null {
  const parts = (body.match(/"(?:[^"\\]|\\.)*"|,|[^\s,"]+/g) ?? ['$0']).map((part) =>
    part === ',' ? () => ' ' : awkItem(part),
  );
  if (parts.some((part) => part === null)) return null;
  return (fields, line, number) => parts.map((part) => part!(fields, line, number)).join('');
}

/** `awk '{print $2, $NF}'`, also with `-F :` and a `/pattern/` in front. */
export function awk(words: readonly string[]): FilterMaking {
  const { values, operands, unknown } = sortWords(words, { switches: '', values: 'F' });
  const program = /^\s*(?:\/((?:[^/\\]|\\.)*)\/)?\s*(?:\{\s*print\b\s*(.*?)\s*;?\s*\})?\s*$/s.exec(
    operands[0] ?? '',
  );
  const print = program === null || operands[0].trim() === '' ? null : awkItems(program[2] ?? '');
  const test =
    program?.[1] === undefined ? null : linePattern(program[1].replace(/\\\//g, '/'), { extended: true });
  const badTest = program?.[1] !== undefined && test === null;
  if (unknown !== '' || operands.length !== 1 || print === null || badTest) {
    return cannot(`only awk '{print $n}' can be streamed, with -F and /pattern/`);
  }
  const separator = values.get('F')?.[0];
  let number = 0;
  return can(
    eachLine((line) => {
      number++;
      if (test !== null && !test.test(line)) return [];
      const fields = separator === undefined ? line.trim().split(/\s+/) : line.split(separator);
      return [print(fields, line, number)];
    }),
  );
}

/** `sed s/…/…/`, with -E, any delimiter, and the flags g and i. */
export function sed(words: readonly string[]): FilterMaking {
  const { switches, values, operands, unknown } = sortWords(words, { switches: 'Eru', values: 'e' });
  const scripts = values.get('e') ?? operands.splice(0, 1);
  const why = 'only sed s/…/…/ can be streamed, with -E and the flags g and i';
  if (unknown !== '' || operands.length > 0 || scripts.length === 0) return cannot(why);
  const changes: ((line: string) => string)[] = [];
  for (const script of scripts) {
    const parts = /^s([^\w\s\\])((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gIi]*)$/s.exec(script);
    const style = {
      extended: switches.has('E') || switches.has('r'),
      ignoreCase: /i/i.test(parts?.[4] ?? ''),
    };
    const pattern =
      parts === null ? null : linePattern(parts[2].replaceAll(`\\${parts[1]}`, parts[1]), style);
    if (parts === null || pattern === null) return cannot(why);
    const template = parts[3].replaceAll(`\\${parts[1]}`, parts[1]);
    const most = parts[4].includes('g') ? Infinity : 1;
    changes.push((line) => substitute(line, pattern.find(line, most), template));
  }
  return can(eachLine((line) => [changes.reduce((text, change) => change(text), line)]));
}

/** A line with what was found replaced. */
function substitute(line: string, found: readonly Found[], template: string): string {
  let done = 0;
  let out = '';
  for (const { start, end, groups } of found) {
    out += line.slice(done, start) + fillIn(template, groups);
    done = end;
  }
  return out + line.slice(done);
}

/** The replacement of `sed`: `&` is the match, `\1` a group. */
function fillIn(template: string, found: readonly string[]): string {
  return template.replace(/\\(.)|&/g, (whole, escaped: string | undefined) => {
    if (whole === '&') return found[0];
    if (/\d/.test(escaped ?? '')) return found[Number(escaped)] ?? '';
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : (escaped ?? '');
  });
}
