/**
 * Reads flags as kubectl does (Go's pflag): in any position, `--flag value`, `--flag=value`, `-n value`,
 * `-nvalue`, `-n=value`, bundled booleans `-it`, and `--` before words that belong to somebody else.
 */

/** What a flag takes after it. */
export type FlagKind =
  /** Nothing, or `=true` and `=false`. */
  | 'switch'
  /** One value; the last one counts. */
  | 'text'
  /** A whole number. */
  | 'number'
  /** A Go duration. */
  | 'duration'
  /** Several values: repeated. */
  | 'list'
  /** Nothing, or a value after `=` (`--dry-run`, `--dry-run=client`). */
  | 'optional';

/** One flag. */
export type FlagSpec = {
  /** Long name without dashes. */
  name: string;
  /** One letter, or '' for none. */
  short: string;
  /** What it takes. */
  kind: FlagKind;
};

/** The words of a line after its flags were taken out. */
export type ReadFlags = {
  /** Values by long name, in the order given; a switch has 'true' or 'false'. */
  values: Map<string, string[]>;
  /** Words that are no flags, before and after `--`. */
  words: string[];
  /** How many of `words` stood before `--`; null when there was none. */
  dashAt: number | null;
};

/** The words read, or Go's complaint. */
export type FlagReading = { ok: true; read: ReadFlags } | { ok: false; error: string };

/** Takes the known flags out of words; the words that stay keep their order. */
export function readFlags(words: readonly string[], specs: readonly FlagSpec[]): FlagReading {
  const read: ReadFlags = { values: new Map(), words: [], dashAt: null };
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (word === '--') {
      read.dashAt = read.words.length;
      read.words.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      read.words.push(word);
      at += 1;
      continue;
    }
    const step = word.startsWith('--') ? readLong(words, at, specs, read) : readShort(words, at, specs, read);
    if (typeof step === 'string') return { ok: false, error: step };
    at += step;
  }
  return { ok: true, read };
}

/** Answers how many words were used up, or the complaint. */
function readLong(
  words: readonly string[],
  at: number,
  specs: readonly FlagSpec[],
  read: ReadFlags,
): number | string {
  const text = words[at].slice(2);
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (name === '' || name.startsWith('-')) return `bad flag syntax: ${words[at]}`;
  const spec = specs.find((candidate) => candidate.name === name);
  if (!spec) return `unknown flag: --${name}`;
  if (equals >= 0) return keep(spec, text.slice(equals + 1), `--${name}`, read) ?? 1;
  if (spec.kind === 'switch' || spec.kind === 'optional') {
    return keep(spec, spec.kind === 'switch' ? 'true' : '', `--${name}`, read) ?? 1;
  }
  if (at + 1 >= words.length) return `flag needs an argument: --${name}`;
  return keep(spec, words[at + 1], `--${name}`, read) ?? 2;
}

function readShort(
  words: readonly string[],
  at: number,
  specs: readonly FlagSpec[],
  read: ReadFlags,
): number | string {
  const word = words[at];
  let letters = word.slice(1);
  while (letters !== '') {
    const letter = letters[0];
    const spec = specs.find((candidate) => candidate.short === letter);
    if (!spec) return `unknown shorthand flag: '${letter}' in -${letters}`;
    const rest = letters.slice(1);
    const label = `-${letter}, --${spec.name}`;
    if (rest.startsWith('=')) return keep(spec, rest.slice(1), label, read) ?? 1;
    if (spec.kind === 'switch' || spec.kind === 'optional') {
      keep(spec, spec.kind === 'switch' ? 'true' : '', label, read);
      letters = rest;
      continue;
    }
    if (rest !== '') return keep(spec, rest, label, read) ?? 1;
    if (at + 1 >= words.length) return `flag needs an argument: '${letter}' in -${letters}`;
    return keep(spec, words[at + 1], label, read) ?? 2;
  }
  return 1;
}

/** Keeps a value; answers Go's complaint when it is of the wrong kind. */
function keep(spec: FlagSpec, value: string, label: string, read: ReadFlags): string | null {
  const wrong = (parser: string) =>
    `invalid argument ${JSON.stringify(value)} for "${label}" flag: ${parser}`;
  if (spec.kind === 'switch' && !SWITCH_VALUES.has(value)) {
    return wrong(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  if (spec.kind === 'number' && !/^[+-]?[0-9]{1,15}$/.test(value)) {
    return wrong(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  if (spec.kind === 'duration' && !DURATION.test(value)) {
    return wrong(`time: invalid duration ${JSON.stringify(value)}`);
  }
  const normal = spec.kind === 'switch' ? String(SWITCH_VALUES.get(value)) : value;
  const values = read.values.get(spec.name) ?? [];
  read.values.set(spec.name, spec.kind === 'list' ? [...values, normal] : [normal]);
  return null;
}

const DURATION = /^(0|-?([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+)$/;

/** What Go's ParseBool takes. */
const SWITCH_VALUES = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);
