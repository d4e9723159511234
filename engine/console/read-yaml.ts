/**
 * Reads the YAML that people write for Kubernetes: maps, lists, texts plain, quoted or in blocks (`|`, `>`),
 * flow collections (and so JSON), comments, several documents. Anchors, tags and complex keys are refused.
 *
 * Why   The engine has no packages, and of YAML's 200 pages this is what manifests use. What it does not
 *       know it refuses with the line; it never guesses.
 */
import type { Json, JsonObject } from '../platforms/kubernetes/api-types.ts';
import { setMember } from '../platforms/kubernetes/json-values.ts';
import { readFlow, readPlain } from './read-yaml-flow.ts';
import type { FlowReader } from './read-yaml-flow.ts';

/** The documents of a text (empty ones left out), or what is wrong and where. */
export type YamlReading = { ok: true; documents: Json[] } | { ok: false; error: string };

const DEPTH_MAX = 60;

type Line = { indent: number; text: string; number: number };

/** Where the reading of one document stands; `error` ends it. */
type Reader = { lines: Line[]; at: number; error: string | null; depth: number };

/** Reads a YAML or JSON text. */
export function readYaml(text: string): YamlReading {
  const documents: Json[] = [];
  const lines = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .split('\n');
  // The end of the last line begins no other one.
  if (lines[lines.length - 1] === '') lines.pop();
  let start = 0;
  for (let index = 0; index <= lines.length; index++) {
    if (index < lines.length && !/^(---|\.\.\.)(\s|$)/.test(lines[index])) continue;
    const read = readDocument(lines.slice(start, index), start);
    if (!read.ok) return read;
    if (read.value !== undefined) documents.push(read.value);
    start = index + 1;
    if (index < lines.length && /^---\s+[^#\s]/.test(lines[index])) {
      lines[index] = lines[index].replace(/^---/, '   ');
      start = index;
    }
  }
  return { ok: true, documents };
}

function readDocument(
  lines: readonly string[],
  offset: number,
): { ok: true; value: Json | undefined } | { ok: false; error: string } {
  const reader: Reader = {
    lines: lines.map((text, index) => ({
      indent: text.length - text.trimStart().length,
      text,
      number: offset + index + 1,
    })),
    at: 0,
    error: null,
    depth: 0,
  };
  skipBlank(reader);
  if (reader.at >= reader.lines.length) return { ok: true, value: undefined };
  const value = readBlock(reader, reader.lines[reader.at].indent);
  skipBlank(reader);
  if (reader.error === null && reader.at < reader.lines.length) fail(reader, 'did not find expected key');
  return reader.error === null ? { ok: true, value } : { ok: false, error: reader.error };
}

function fail(reader: Reader, message: string): null {
  const number = reader.lines[Math.min(reader.at, reader.lines.length - 1)]?.number ?? 1;
  reader.error ??= `yaml: line ${number}: ${message}`;
  return null;
}

function isBlank(text: string): boolean {
  return /^\s*(#.*)?$/.test(text);
}

function skipBlank(reader: Reader): void {
  while (reader.at < reader.lines.length && isBlank(reader.lines[reader.at].text)) reader.at += 1;
}

/** Reads the collection or scalar that begins on the current line at `indent`. */
function readBlock(reader: Reader, indent: number): Json {
  if (reader.error !== null) return null;
  if (reader.depth >= DEPTH_MAX) return fail(reader, 'exceeded max depth');
  const content = reader.lines[reader.at].text.slice(indent);
  if (/^\t/.test(reader.lines[reader.at].text.trimStart() === '' ? '' : reader.lines[reader.at].text)) {
    return fail(reader, 'found character that cannot start any token');
  }
  reader.depth += 1;
  let value: Json;
  if (/^-(\s|$)/.test(content)) value = readList(reader, indent);
  else if (keyOf(content) !== null) value = readMap(reader, indent);
  else value = readInline(reader, content, indent - 1);
  reader.depth -= 1;
  return value;
}

function readList(reader: Reader, indent: number): Json {
  const items: Json[] = [];
  while (reader.error === null) {
    skipBlank(reader);
    const line = reader.lines[reader.at];
    if (!line || line.indent !== indent || !/^-(\s|$)/.test(line.text.slice(indent))) break;
    const rest = line.text.slice(indent + 1);
    if (isBlank(rest)) {
      reader.at += 1;
      items.push(readNested(reader, indent + 1));
      continue;
    }
    const inner = indent + 1 + (rest.length - rest.trimStart().length);
    // The dash is taken for space, so that what follows it is a block of its own.
    reader.lines[reader.at] = { ...line, indent: inner, text: ' '.repeat(inner) + line.text.slice(inner) };
    const content = line.text.slice(inner);
    if (/^[|>]/.test(content)) items.push(readInline(reader, content, indent));
    else items.push(readBlock(reader, inner));
  }
  const line = reader.lines[reader.at];
  if (reader.error === null && line && line.indent > indent) {
    return fail(reader, "did not find expected '-' indicator");
  }
  return items;
}

function readMap(reader: Reader, indent: number): Json {
  const map: JsonObject = {};
  while (reader.error === null) {
    skipBlank(reader);
    const line = reader.lines[reader.at];
    if (!line || line.indent !== indent) break;
    const found = keyOf(line.text.slice(indent));
    if (found === null) {
      if (/^-(\s|$)/.test(line.text.slice(indent))) break;
      return fail(reader, "could not find expected ':'");
    }
    if (Object.hasOwn(map, found.key))
      return fail(reader, `key ${JSON.stringify(found.key)} already set in map`);
    const rest = line.text.slice(indent + found.length);
    if (isBlank(rest)) {
      reader.at += 1;
      setMember(map, found.key, readNested(reader, indent, true));
    } else {
      setMember(map, found.key, readInline(reader, rest.trimStart(), indent));
    }
  }
  const line = reader.lines[reader.at];
  if (reader.error === null && line && line.indent > indent) return fail(reader, 'did not find expected key');
  return map;
}

/** What stands below a key or a lone dash; a list may stand at its key's own indent. */
function readNested(reader: Reader, indent: number, underKey = false): Json {
  skipBlank(reader);
  const line = reader.lines[reader.at];
  if (!line) return null;
  if (line.indent > (underKey ? indent : indent - 1)) return readBlock(reader, line.indent);
  if (underKey && line.indent === indent && /^-(\s|$)/.test(line.text.slice(indent))) {
    return readBlock(reader, indent);
  }
  return null;
}

/** A value that begins on the current line with `content`; its parent stands at `parentIndent`. */
function readInline(reader: Reader, content: string, parentIndent: number): Json {
  const header = /^([|>])([1-9]?[+-]?|[+-][1-9])\s*(#.*)?$/.exec(content);
  if (header) return readBlockText(reader, header[1], header[2], parentIndent);
  if (/^[&*!]/.test(content)) return fail(reader, 'anchors, aliases and tags are not understood here');
  if (/^[@`%]/.test(content)) return fail(reader, 'found character that cannot start any token');
  if (!/^["'[{]/.test(content)) return readPlainLines(reader, content, parentIndent);
  const rest = [content, ...reader.lines.slice(reader.at + 1).map(({ text }) => text)];
  const flow: FlowReader = { text: rest.join('\n'), at: 0, error: null, depth: 0 };
  const value = readFlow(flow);
  const used = flow.text.slice(0, flow.at).split('\n').length;
  if (flow.error !== null) {
    reader.at += used - 1;
    return fail(reader, flow.error);
  }
  const after = flow.text.slice(flow.at).split('\n')[0];
  if (!isBlank(after)) {
    reader.at += used - 1;
    return fail(reader, 'did not find expected key');
  }
  reader.at += used;
  return value;
}

/** A plain scalar, folded over the deeper lines that follow it. */
function readPlainLines(reader: Reader, content: string, parentIndent: number): Json {
  const parts = [withoutComment(content)];
  reader.at += 1;
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at];
    if (line.indent <= parentIndent || isBlank(line.text)) break;
    if (keyOf(line.text.trimStart()) !== null)
      return fail(reader, 'mapping values are not allowed in this context');
    parts.push(withoutComment(line.text));
    reader.at += 1;
  }
  if (/:(\s|$)/.test(parts[0])) {
    reader.at -= 1;
    return fail(reader, 'mapping values are not allowed in this context');
  }
  return readPlain(parts.join(' '));
}

function withoutComment(text: string): string {
  return text.replace(/(^|\s)#.*$/, '').trim();
}

/** A block text after `|` or `>`. */
function readBlockText(reader: Reader, style: string, marks: string, parentIndent: number): string {
  const told = /[1-9]/.exec(marks);
  reader.at += 1;
  let indent = told ? Math.max(parentIndent, 0) + Number(told[0]) : -1;
  const body: string[] = [];
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at];
    const blank = line.text.trim() === '';
    if (!blank) {
      if (indent < 0) indent = line.indent > parentIndent ? line.indent : parentIndent + 1;
      if (line.indent < indent) break;
    }
    body.push(blank && line.text.length <= Math.max(indent, 0) ? '' : line.text.slice(Math.max(indent, 0)));
    reader.at += 1;
  }
  let trailing = 0;
  while (body.length > 0 && body[body.length - 1] === '') {
    body.pop();
    trailing += 1;
  }
  const text = style === '|' ? body.join('\n') : folded(body);
  if (marks.includes('-')) return text;
  if (marks.includes('+')) return text + '\n'.repeat(trailing + (body.length > 0 ? 1 : 0));
  return body.length > 0 ? `${text}\n` : '';
}

/** Lines joined as `>` does: one break is a space, each further one stays; deeper lines stay as they are. */
function folded(lines: readonly string[]): string {
  let text = '';
  let breaks = 0;
  let previousDeeper = false;
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      breaks += 1;
      continue;
    }
    const deeper = /^\s/.test(line);
    if (index > 0 && text !== '') {
      if (deeper || previousDeeper) text += '\n'.repeat(breaks + 1);
      else text += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    } else text += '\n'.repeat(breaks);
    text += line;
    breaks = 0;
    previousDeeper = deeper;
  }
  return text;
}

/** The key at the start of a line's content and how many characters it takes with its colon. */
function keyOf(content: string): { key: string; length: number } | null {
  if (/^["']/.test(content)) {
    const flow: FlowReader = { text: content, at: 0, error: null, depth: 0 };
    const key = readFlow(flow);
    if (flow.error !== null || typeof key !== 'string') return null;
    const colon = /^\s*:(?=\s|$)/.exec(content.slice(flow.at));
    return colon ? { key, length: flow.at + colon[0].length } : null;
  }
  if (/^[[{#|>@`%&*!]/.test(content) || /^[?-](\s|$)/.test(content)) return null;
  const colon = /^([^\n]*?)\s*:(?=\s|$)/.exec(content);
  if (!colon || /\s#/.test(colon[1])) return null;
  return { key: colon[1], length: colon[0].length };
}
