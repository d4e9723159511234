/**
 * Writes JSON as the YAML that kubectl prints: keys sorted, lists not indented, texts quoted only where
 * they would be read as something else.
 *
 * Why   People compare it with what they know, cut it, and feed it back to `apply`; the choice of quotes
 *       follows the analysis of libyaml's emitter, which kubectl uses.
 */
import type { Json } from '../platforms/kubernetes/api-types.ts';
import { compareText } from '../platforms/kubernetes/json-values.ts';

/** The YAML of a value, with its line end. */
export function writeYaml(value: Json): string {
  const lines: string[] = [];
  writeNode(value, 0, '', lines);
  return `${lines.join('\n')}\n`;
}

/** Writes a value whose first line begins with `lead` (its key or its dash). */
function writeNode(value: Json, indent: number, lead: string, lines: string[]): void {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) lines.push(`${lead}[]`);
    else writeList(value, indent, lead, lines);
  } else if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value).sort(compareText);
    if (keys.length === 0) lines.push(`${lead}{}`);
    else {
      // After a dash the first key stands on the same line; after a key the map begins a new one.
      let first = lead;
      if (lead.endsWith(': ')) {
        lines.push(lead.trimEnd());
        first = pad;
      }
      for (const key of keys) {
        writeMember(value[key], indent, `${first === '' ? pad : first}${writeText(key, true)}: `, lines);
        first = pad;
      }
    }
  } else {
    writeScalar(value, indent, lead, lines);
  }
}

function writeMember(value: Json, indent: number, lead: string, lines: string[]): void {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  writeNode(value, isMap ? indent + 2 : indent, lead, lines);
}

function writeList(items: Json[], indent: number, lead: string, lines: string[]): void {
  const pad = ' '.repeat(indent);
  let first = pad;
  if (lead.endsWith(': ')) lines.push(lead.trimEnd());
  else if (lead !== '') first = lead;
  for (const item of items) {
    writeNode(item, indent + 2, `${first}- `, lines);
    first = pad;
  }
}

function writeScalar(
  value: null | boolean | number | string,
  indent: number,
  lead: string,
  lines: string[],
): void {
  if (typeof value !== 'string') {
    lines.push(`${lead}${value === null ? 'null' : String(value)}`);
    return;
  }
  const analysis = analyse(value);
  if (!value.includes('\n') || !analysis.block) {
    lines.push(`${lead}${writeText(value, false)}`);
    return;
  }
  const chomp = value.endsWith('\n') ? (/\n\n$/.test(value) || value === '\n' ? '+' : '') : '-';
  // A first line that begins with a space needs the indentation told.
  const hint = /^[ \n]/.test(value) ? '2' : '';
  lines.push(`${lead}|${hint}${chomp}`);
  const pad = ' '.repeat(lead.endsWith('- ') ? indent : indent + 2);
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  for (const line of body.split('\n')) lines.push(line === '' ? '' : `${pad}${line}`);
}

/** A text on one line: plain, 'single quoted' or "double quoted". */
function writeText(text: string, isKey: boolean): string {
  const analysis = analyse(text);
  if (text.includes('\n') || analysis.special) return doubleQuoted(text);
  if (readsAsOther(text)) return doubleQuoted(text);
  if (analysis.plain && !(isKey && text.length > 128)) return text;
  return analysis.single ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

/** Would a YAML 1.1 reader take this plain text for a number, a boolean, null or a time? */
function readsAsOther(text: string): boolean {
  return (
    /^(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE)$/.test(text) ||
    /^(y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF)$/.test(text) ||
    /^[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*)$/.test(text) ||
    /^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?$/.test(text) ||
    /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text) ||
    /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/.test(text) ||
    /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$/.test(text)
  );
}

/** What a text allows, as libyaml's `analyze_scalar` finds it. */
type Analysis = { plain: boolean; single: boolean; block: boolean; special: boolean };

function analyse(text: string): Analysis {
  if (/^\n*$/.test(text)) return { plain: false, single: true, block: false, special: false };
  const startsDocument = text.startsWith('---') || text.startsWith('...');
  const badStart =
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:]([\s]|$)/.test(text) ||
    /^-([\s]|$)/.test(text) ||
    startsDocument;
  const badInside = /:(\s|$)/.test(text) || /\s#/.test(text);
  const special = hasSpecial(text);
  const edgeSpace = /^[ \n]|[ \n]$/.test(text);
  const spaceBreak = / \n/.test(text);
  const breakSpace = /\n /.test(text);
  return {
    plain:
      !badStart && !badInside && !special && !edgeSpace && !spaceBreak && !breakSpace && !text.includes('\n'),
    single: !special && !spaceBreak && !breakSpace,
    block: !special && !spaceBreak && !text.endsWith(' '),
    special: special || spaceBreak,
  };
}

/** Characters that only double quotes can carry. */
function hasSpecial(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 10) continue;
    if (code < 32 || code === 127 || (code >= 0x80 && code < 0xa0) || code === 0xfeff) return true;
    if (code === 0x2028 || code === 0x2029 || (code >= 0xd800 && code < 0xe000)) return true;
  }
  return false;
}

const ESCAPES = new Map([
  [0, '\\0'],
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
  [27, '\\e'],
  [34, '\\"'],
  [92, '\\\\'],
]);

function doubleQuoted(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const escape = ESCAPES.get(code);
    if (escape !== undefined) quoted += escape;
    else if (code < 32 || (code >= 127 && code < 160))
      quoted += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (hasSpecial(character)) quoted += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else quoted += character;
  }
  return `${quoted}"`;
}
