/** Reads the part of Markdown that our post-mortems use. Anything else stays text; nothing becomes HTML. */

/** A piece of a line. */
export type Inline = { kind: 'text' | 'strong' | 'code' | 'em'; text: string };

/** A block. */
export type Block =
  | { kind: 'heading'; level: number; text: Inline[] }
  | { kind: 'paragraph' | 'quote'; text: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

const INLINE = /\*\*(?<strong>[^*]+)\*\*|`(?<code>[^`]+)`|(?<![\w*])[*_](?<em>[^*_]+)[*_](?!\w)/g;
const BULLET = /^\s*[-*]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;

function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) });
    for (const kind of ['strong', 'code', 'em'] as const) {
      const inside = match.groups?.[kind];
      if (inside !== undefined) found.push({ kind, text: inside });
    }
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) });
  return found;
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) => readInline(cell.trim().replaceAll('\\|', '|')));
}

/** Lines from `at` on for which the test holds. */
function take(lines: readonly string[], at: number, test: (line: string) => boolean): string[] {
  let end = at;
  while (end < lines.length && test(lines[end])) end++;
  return lines.slice(at, end);
}

/** The block that starts at a line, and how many lines it takes. */
function readBlock(lines: readonly string[], at: number): { block: Block | null; taken: number } {
  const line = lines[at];
  if (line.trim() === '') return { block: null, taken: 1 };
  const heading = /^(#{1,4})\s+(.*)$/.exec(line);
  if (heading) {
    return { block: { kind: 'heading', level: heading[1].length, text: readInline(heading[2]) }, taken: 1 };
  }
  if (/^(-{3,}|\*{3,})$/.test(line.trim())) return { block: { kind: 'rule' }, taken: 1 };
  if (line.startsWith('```')) {
    const inside = take(lines, at + 1, (one) => !one.startsWith('```'));
    return { block: { kind: 'code', text: inside.join('\n') }, taken: inside.length + 2 };
  }
  if (line.startsWith('|') && /^\|[\s:|-]+$/.test(lines[at + 1] ?? '')) {
    const rows = take(lines, at + 2, (one) => one.startsWith('|'));
    return { block: { kind: 'table', head: cells(line), rows: rows.map(cells) }, taken: rows.length + 2 };
  }
  for (const [mark, ordered] of [
    [BULLET, false],
    [NUMBER, true],
  ] as const) {
    if (!mark.test(line)) continue;
    const items = take(lines, at, (one) => mark.test(one));
    const read = items.map((item) => readInline(item.replace(mark, '')));
    return { block: { kind: 'list', ordered, items: read }, taken: items.length };
  }
  if (line.startsWith('>')) {
    const quoted = take(lines, at, (one) => one.startsWith('>'));
    const text = quoted.map((one) => one.replace(/^>\s?/, '')).join(' ');
    return { block: { kind: 'quote', text: readInline(text) }, taken: quoted.length };
  }
  const words = take(lines, at, (one) => one.trim() !== '' && !/^(#|```|\||>)/.test(one));
  const taken = Math.max(1, words.length);
  return { block: { kind: 'paragraph', text: readInline(lines.slice(at, at + taken).join(' ')) }, taken };
}

/** The blocks of a document. */
export function readMarkdown(markdown: string): Block[] {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const { block, taken } = readBlock(lines, at);
    if (block !== null) blocks.push(block);
    at += taken;
  }
  return blocks;
}
