/** A line being typed in a terminal: keys in, the new line and what to do out. Knows no screen. */

/** The line and where the cursor stands. */
export type EditedLine = {
  line: string;
  cursor: number;
  /** Place in the history, its length = the new line. */ at: number;
};

/** What a key asks for besides editing. */
export type EditorAction = 'none' | 'run' | 'interrupt' | 'complete' | 'clear' | 'end';

/** An empty line after a history. */
export function freshLine(history: readonly string[]): EditedLine {
  return { line: '', cursor: 0, at: history.length };
}

function moveTo(edited: EditedLine, cursor: number): EditedLine {
  return { ...edited, cursor: Math.max(0, Math.min(edited.line.length, cursor)) };
}

function cut(edited: EditedLine, from: number, to: number): EditedLine {
  const line = edited.line.slice(0, Math.max(0, from)) + edited.line.slice(to);
  return { ...edited, line, cursor: Math.max(0, from) };
}

function recall(edited: EditedLine, history: readonly string[], step: number): EditedLine {
  const at = edited.at + step;
  if (at < 0 || at > history.length) return edited;
  const line = history[at] ?? '';
  return { line, cursor: line.length, at };
}

/** Start of the word before the cursor. */
function wordStart({ line, cursor }: EditedLine): number {
  return line.slice(0, cursor).replace(/\S+\s*$/, '').length;
}

/** Text put in at the cursor. */
function insertText(edited: EditedLine, text: string): EditedLine {
  const { line, cursor } = edited;
  const clean = text.replace(/[\r\n]+/g, ' ').replace(/\p{Cc}/gu, '');
  return {
    ...edited,
    line: line.slice(0, cursor) + clean + line.slice(cursor),
    cursor: cursor + clean.length,
  };
}

/** Moves and cuts, by what the key sends. */
const EDITS: Readonly<Record<string, (edited: EditedLine, history: readonly string[]) => EditedLine>> = {
  '\x7f': (edited) => cut(edited, edited.cursor - 1, edited.cursor),
  '\b': (edited) => cut(edited, edited.cursor - 1, edited.cursor),
  '\x1b[3~': (edited) => cut(edited, edited.cursor, edited.cursor + 1),
  '\x1b[A': (edited, history) => recall(edited, history, -1),
  '\x1b[B': (edited, history) => recall(edited, history, 1),
  '\x1b[C': (edited) => moveTo(edited, edited.cursor + 1),
  '\x1b[D': (edited) => moveTo(edited, edited.cursor - 1),
  '\x1b[H': (edited) => moveTo(edited, 0),
  '\x01': (edited) => moveTo(edited, 0),
  '\x1b[F': (edited) => moveTo(edited, edited.line.length),
  '\x05': (edited) => moveTo(edited, edited.line.length),
  '\x15': (edited) => cut(edited, 0, edited.cursor),
  '\x0b': (edited) => cut(edited, edited.cursor, edited.line.length),
  '\x17': (edited) => cut(edited, wordStart(edited), edited.cursor),
};

const ACTIONS: Readonly<Record<string, EditorAction>> = {
  '\r': 'run',
  '\x03': 'interrupt',
  '\t': 'complete',
  '\x0c': 'clear',
  '\x04': 'end',
};

/** What a key or a paste does. */
export function pressKey(
  edited: EditedLine,
  data: string,
  history: readonly string[],
): { edited: EditedLine; action: EditorAction } {
  const action = ACTIONS[data];
  if (action !== undefined) return { edited, action };
  const edit = EDITS[data];
  if (edit !== undefined) return { edited: edit(edited, history), action: 'none' };
  if (data.startsWith('\x1b')) return { edited, action: 'none' };
  return { edited: insertText(edited, data), action: 'none' };
}

/** The longest beginning that all have in common. */
function commonStart(items: readonly string[]): string {
  const [first = '', ...rest] = items;
  let length = first.length;
  for (const item of rest) {
    let same = 0;
    while (same < length && item[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

/** The line with what stands from `from` up to the cursor replaced. */
export function completeLine(edited: EditedLine, from: number, items: readonly string[]): EditedLine {
  const text = commonStart(items) + (items.length === 1 ? ' ' : '');
  const { line, cursor } = edited;
  if (text.length < cursor - from) return edited;
  return { ...edited, line: line.slice(0, from) + text + line.slice(cursor), cursor: from + text.length };
}
