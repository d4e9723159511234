/** The one-line half of YAML: flow collections (`[a, {b: c}]`, and so JSON), quoted texts, plain scalars. */
import type { Json, JsonObject } from '../platforms/kubernetes/api-types.ts';
import { setMember } from '../platforms/kubernetes/json-values.ts';

/** Where the reading of a flow value stands; `error` ends it. */
export type FlowReader = {
  /** The whole text. */
  text: string;
  /** Next character. */
  at: number;
  /** First complaint. */
  error: string | null;
  /** Nesting. */
  depth: number;
};

const DEPTH_MAX = 60;

/** Reads one flow value: a collection, a quoted text or a plain scalar; stops right behind it. */
export function readFlow(reader: FlowReader): Json {
  if (reader.error !== null) return null;
  const character = reader.text[reader.at];
  if (character === '"') return readDoubleQuoted(reader);
  if (character === "'") return readSingleQuoted(reader);
  if (character !== '[' && character !== '{') return readFlowPlain(reader);
  if (reader.depth >= DEPTH_MAX) return fail(reader, 'exceeded max depth');
  reader.depth += 1;
  const value = character === '[' ? readFlowList(reader) : readFlowMap(reader);
  reader.depth -= 1;
  return value;
}

function fail(reader: FlowReader, message: string): null {
  reader.error ??= message;
  return null;
}

function skipSpace(reader: FlowReader): void {
  const rest = /(\s|(?<=\s)#[^\n]*)*/y;
  rest.lastIndex = reader.at;
  reader.at += rest.exec(reader.text)?.[0].length ?? 0;
}

function readFlowList(reader: FlowReader): Json {
  const items: Json[] = [];
  reader.at += 1;
  skipSpace(reader);
  while (reader.error === null && reader.text[reader.at] !== ']') {
    if (reader.at >= reader.text.length) return fail(reader, 'did not find expected node content');
    items.push(readFlow(reader));
    skipSpace(reader);
    if (reader.text[reader.at] === ',') {
      reader.at += 1;
      skipSpace(reader);
    } else if (reader.text[reader.at] !== ']') return fail(reader, "did not find expected ',' or ']'");
  }
  reader.at += 1;
  return items;
}

function readFlowMap(reader: FlowReader): Json {
  const map: JsonObject = {};
  reader.at += 1;
  skipSpace(reader);
  while (reader.error === null && reader.text[reader.at] !== '}') {
    if (reader.at >= reader.text.length) return fail(reader, "did not find expected ',' or '}'");
    const quoted = /["']/.test(reader.text[reader.at]);
    const key = readFlow(reader);
    if (reader.error !== null) return null;
    if (typeof key === 'object' && key !== null) return fail(reader, 'invalid map key');
    skipSpace(reader);
    const hasColon = reader.text[reader.at] === ':';
    if (!hasColon && quoted) return fail(reader, "did not find expected ':'");
    let value: Json = null;
    if (hasColon) {
      reader.at += 1;
      skipSpace(reader);
      value = /[,}]/.test(reader.text[reader.at] ?? ',') ? null : readFlow(reader);
    }
    setMember(map, String(key), value);
    skipSpace(reader);
    if (reader.text[reader.at] === ',') {
      reader.at += 1;
      skipSpace(reader);
    } else if (reader.text[reader.at] !== '}') return fail(reader, "did not find expected ',' or '}'");
  }
  reader.at += 1;
  return map;
}

function readFlowPlain(reader: FlowReader): Json {
  const rest = /(?:[^,[\]{}\n:#]|:(?![\s,[\]{}]|$)|(?<!\s)#)+/y;
  rest.lastIndex = reader.at;
  const found = rest.exec(reader.text)?.[0] ?? '';
  if (found.trim() === '' || /^[&*!|>@`%]/.test(found)) {
    return fail(reader, 'did not find expected node content');
  }
  reader.at += found.length;
  return readPlain(found.trim());
}

function readSingleQuoted(reader: FlowReader): Json {
  const rest = /'((?:[^']|'')*)'/y;
  rest.lastIndex = reader.at;
  const found = rest.exec(reader.text);
  if (!found) return fail(reader, 'found unexpected end of stream');
  reader.at += found[0].length;
  return foldBreaks(found[1].replaceAll("''", "'"));
}

const ESCAPED = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ['/', '/'],
  ['\\', '\\'],
]);

function readDoubleQuoted(reader: FlowReader): Json {
  let text = '';
  let at = reader.at + 1;
  while (at < reader.text.length && reader.text[at] !== '"') {
    if (reader.text[at] === '\n') {
      // One line break in a quoted text is a space; the rest of the white space around it goes.
      const gap = /\s*/y;
      gap.lastIndex = at;
      const space = gap.exec(reader.text)?.[0] ?? '\n';
      const breaks = space.split('\n').length - 1;
      text = text.trimEnd() + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
      at += space.length;
      continue;
    }
    if (reader.text[at] !== '\\') {
      text += reader.text[at];
      at += 1;
      continue;
    }
    const letter = reader.text[at + 1] ?? '';
    const digits = /^(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(reader.text.slice(at + 1, at + 6))?.[0];
    const escaped = ESCAPED.get(letter);
    if (digits !== undefined) text += String.fromCharCode(Number.parseInt(digits.slice(1), 16));
    else if (escaped !== undefined) text += escaped;
    else return fail(reader, 'found unknown escape character');
    at += 1 + (digits ?? letter).length;
  }
  if (at >= reader.text.length) return fail(reader, 'found unexpected end of stream');
  reader.at = at + 1;
  return text;
}

function foldBreaks(text: string): string {
  return text.replace(/[ \t]*\n\s*/g, (gap) => {
    const breaks = gap.split('\n').length - 1;
    return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
  });
}

/** The value of a plain scalar: null, a boolean, a number or a text. */
export function readPlain(text: string): Json {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  if (/^[-+]?(0|[1-9][0-9_]*)$/.test(text)) return numberOf(text.replaceAll('_', ''), text);
  if (/^0[0-7_]+$/.test(text)) return Number.parseInt(text.replaceAll('_', ''), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return numberOf(text, text);
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) return numberOf(text, text);
  return text;
}

/** A number as JSON can hold it; what is too large stays a text, minus zero becomes zero. */
function numberOf(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value + 0 : text;
}
