/** Draws one terminal session with xterm: prompt, the line being typed, and what is printed. */
import { Terminal } from '@xterm/xterm';
import type { ITheme } from '@xterm/xterm';
import type { TerminalSession } from '../state/terminal-session.svelte.ts';
import { completeLine, freshLine, pressKey } from './line-editor.ts';
import type { EditedLine, EditorAction } from './line-editor.ts';

const FONT_PX = 13;
const SCROLLBACK = 5000;
/** Keys and pastes kept while a line runs. */
const AHEAD_MAX = 500;
const BACK_TO_START = '\r\x1b[J';

function token(node: HTMLElement, name: string): string {
  return getComputedStyle(node).getPropertyValue(`--${name}`).trim();
}

function themeOf(node: HTMLElement): ITheme {
  const [ok, warn, bad, accent] = ['ok', 'warn', 'bad', 'accent'].map((name) => token(node, name));
  const muted = token(node, 'muted');
  return {
    background: token(node, 'bg'),
    foreground: token(node, 'text'),
    cursor: token(node, 'focus'),
    selectionBackground: `${accent}55`,
    red: bad,
    brightRed: bad,
    yellow: warn,
    green: token(node, 'series-3'),
    blue: accent,
    cyan: ok,
    brightBlack: muted,
  };
}

/** The key that reaches every place and action of the page. */
function opensPalette({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === 'k';
}

/** Characters that a text takes on the screen. */
function widthOf(text: string): number {
  return text.replace(/\x1b\[[0-9;]*m/g, '').length;
}

/** A text in rows of at most so many characters, broken between words. */
function wrapped(text: string, columns: number): string[] {
  const rows = [''];
  for (const word of text.split(' ')) {
    const row = rows.at(-1) ?? '';
    if (row !== '' && row.length + 1 + word.length > columns) rows.push(word);
    else rows[rows.length - 1] = row === '' ? word : `${row} ${word}`;
  }
  return rows;
}

/** One session on one element. */
export class TerminalScreen {
  #session: TerminalSession;
  #node: HTMLElement;
  #terminal: Terminal;
  #edited: EditedLine;
  #typing = false;
  /** Keys that were pressed while a line ran; they go to the next prompt, as in any terminal. */
  #ahead: string[] = [];
  /** Rows of the prompt above the cursor. */
  #rowsAbove = 0;

  constructor(session: TerminalSession, node: HTMLElement) {
    this.#session = session;
    this.#node = node;
    this.#edited = freshLine(session.history);
    this.#terminal = new Terminal({
      fontFamily: token(node, 'mono'),
      fontSize: FONT_PX,
      lineHeight: 1.2,
      scrollback: SCROLLBACK,
      convertEol: true,
      cursorBlink: false,
      screenReaderMode: true,
      theme: themeOf(node),
    });
    this.#terminal.open(node);
    this.#terminal.textarea?.setAttribute('aria-label', 'Terminal input');
    // Without it nobody could leave the terminal by keys: Tab completes, and all other keys are the shell's.
    this.#terminal.attachCustomKeyEventHandler((event) => !opensPalette(event));
    this.#terminal.onData((data) => void this.#press(data));
    this.#terminal.onSelectionChange(() => this.#copy());
    session.onPrint = (text) => this.#print(text);
    session.onPrompt = () => this.#prompt();
    session.onOffer = () => this.#takeOffer();
    this.fit();
    this.#terminal.write(session.transcript);
    if (session.running === null) this.#prompt();
  }

  /** Takes the keys. */
  focus(): void {
    this.#terminal.focus();
  }

  /** Follows the colours of the page. */
  recolour(): void {
    this.#terminal.options.theme = themeOf(this.#node);
  }

  /** Follows the size of the element. */
  fit(): void {
    const screen = this.#node.querySelector('.xterm-screen');
    if (screen === null || screen.clientWidth === 0 || this.#node.clientWidth === 0) return;
    const cell = {
      width: screen.clientWidth / this.#terminal.cols,
      height: screen.clientHeight / this.#terminal.rows,
    };
    const cols = Math.max(20, Math.floor((this.#node.clientWidth - 14) / cell.width));
    const rows = Math.max(4, Math.floor(this.#node.clientHeight / cell.height));
    if (cols !== this.#terminal.cols || rows !== this.#terminal.rows) this.#terminal.resize(cols, rows);
  }

  /** Lets go of the session; it keeps what was printed. */
  close(): void {
    this.#session.onPrint = null;
    this.#session.onPrompt = null;
    this.#session.onOffer = null;
    this.#terminal.dispose();
  }

  /** Puts a line on the prompt as if it was typed. */
  type(line: string): void {
    this.#edited = { ...freshLine(this.#session.history), line, cursor: line.length };
    this.#draw();
    // Where fingers type, the keyboard would cover what the line prints.
    if (matchMedia('(hover: hover)').matches) this.focus();
  }

  /** Runs the line that stands on the prompt, as the key does. */
  enter(): void {
    void this.#press('\r');
  }

  /** Writes the line that is being typed again: what stands above it may have changed. */
  redraw(): void {
    if (this.#typing) this.#draw();
  }

  async #press(data: string): Promise<void> {
    if (!this.#typing) return this.#pressAhead(data);
    const { edited, action } = pressKey(this.#edited, data, this.#session.history);
    this.#edited = edited;
    // Once it is changed or given up it is one's own line.
    const { offered } = this.#session;
    if (offered?.line !== edited.line || action === 'interrupt') this.#session.offered = null;
    if (action === 'none') return this.#draw();
    await this.#act(action);
  }

  /** A key while a line runs: Ctrl-C ends it and forgets what was typed ahead, all else waits. */
  #pressAhead(data: string): void {
    if (data !== '\x03') {
      if (this.#ahead.length < AHEAD_MAX) this.#ahead.push(data);
      return;
    }
    this.#ahead = [];
    this.#session.interrupt();
  }

  /** Types what was typed ahead; it was meant for an empty prompt and for a line that did run. */
  async #takeAhead(): Promise<void> {
    if (this.#session.offered !== null || this.#session.stale !== '') this.#ahead = [];
    while (this.#typing && this.#ahead.length > 0) await this.#press(this.#ahead.shift() ?? '');
  }

  async #act(action: EditorAction): Promise<void> {
    if (action === 'run') return this.#run();
    if (action === 'complete') return this.#complete();
    if (action === 'clear') {
      this.#terminal.clear();
      return this.#draw();
    }
    if (action === 'interrupt') {
      this.#leaveLine(`${this.#edited.line}^C`);
      this.#edited = freshLine(this.#session.history);
      this.#prompt();
    }
  }

  #run(): void {
    const { line } = this.#edited;
    this.#leaveLine(line);
    this.#edited = freshLine(this.#session.history);
    if (line.trim() === '') return this.#prompt();
    this.#session.run(line, Date.now());
    this.#edited = freshLine(this.#session.history);
  }

  async #complete(): Promise<void> {
    const { line, cursor } = this.#edited;
    const { from, items } = await this.#session.complete(line, cursor).catch(() => ({ from: 0, items: [] }));
    // What was typed meanwhile counts more than an old answer.
    if (!this.#typing || this.#edited.line !== line || items.length === 0) return;
    const completed = completeLine(this.#edited, from, items);
    if (completed.line === line && items.length > 1) {
      this.#leaveLine(line);
      this.#session.print(`${items.join('  ')}\n`);
      this.#prompt();
      return;
    }
    this.#edited = completed;
    this.#draw();
  }

  /** The typed line becomes part of what was printed. */
  #leaveLine(line: string): void {
    this.#terminal.write(this.#toStart());
    this.#rowsAbove = 0;
    this.#typing = false;
    this.#session.print(`${this.#session.prompt}${line}\n`);
  }

  #prompt(): void {
    this.#typing = true;
    this.#rowsAbove = 0;
    const { offered } = this.#session;
    if (offered !== null) this.type(offered.line);
    else this.#draw();
    void this.#takeAhead();
  }

  /** While a line runs, what is offered waits for the next prompt. */
  #takeOffer(): void {
    const { offered } = this.#session;
    if (this.#typing && offered !== null) this.type(offered.line);
  }

  /** What stands above the prompt, row by row. */
  #rowsOfNotes(): string[] {
    const { offered, notesOn } = this.#session;
    const { line } = this.#edited;
    const why = offered !== null && offered.why !== '' && line === offered.line ? [offered.why] : [];
    return [...why, ...notesOn(line)].flatMap((note) => wrapped(note, this.#terminal.cols - 1));
  }

  #print(text: string): void {
    if (!this.#typing) return this.#terminal.write(text);
    this.#terminal.write(this.#toStart() + text);
    this.#rowsAbove = 0;
    this.#draw();
  }

  #toStart(): string {
    return (this.#rowsAbove > 0 ? `\x1b[${this.#rowsAbove}A` : '') + BACK_TO_START;
  }

  #draw(): void {
    const { prompt } = this.#session;
    const { line, cursor } = this.#edited;
    const { cols } = this.#terminal;
    const before = widthOf(prompt) + cursor;
    const all = widthOf(prompt) + line.length;
    // A line that fills its row exactly leaves the cursor on it; a blank moves it on.
    const tail = all > 0 && all % cols === 0 ? ' \b' : '';
    const up = Math.floor(all / cols) - Math.floor(before / cols);
    const place = `${up > 0 ? `\x1b[${up}A` : ''}\x1b[${(before % cols) + 1}G`;
    const notes = this.#rowsOfNotes();
    const above = notes.map((row) => `\x1b[33m${row}\x1b[0m\r\n`).join('');
    this.#terminal.write(`${this.#toStart()}${above}${prompt}${line}${tail}${place}`);
    this.#rowsAbove = notes.length + Math.floor(before / cols);
  }

  #copy(): void {
    const text = this.#terminal.getSelection();
    // Without a secure context there is no clipboard; the system's own copy still works.
    if (text !== '') void navigator.clipboard?.writeText(text).catch(() => {});
  }
}
