/**
 * One terminal of this seat: what was typed, what runs, what was printed. The screen is told through
 * `onPrint`; what it printed before is kept, so that a tab can be left and come back to.
 */
import type { ServerMessage } from '@chaotic-good/engine/protocol/wire';

type Output = Extract<ServerMessage, { type: 'output' }>;
type Prompt = Extract<ServerMessage, { type: 'prompt' }>;

/** After so long, a line that could not be sent waits for a person. */
const STALE_AFTER_MS = 15_000;
const KEPT_CHARACTERS = 200_000;
const HISTORY_MAX = 200;
/** Characters of a line's output that are kept to be pinned. */
const RAN_CHARACTERS = 2000;

/** A line on its way. */
type Running = { lineId: string; line: string; sent: boolean; askedAtMs: number };

/** A line for a person to run, and a sentence about it, '' for none. */
export type OfferedLine = { line: string; why: string };

/** A line that was run, with the end of what it printed. */
export type RanLine = { line: string; output: string };

/** What a session needs of the room. */
export type TerminalPort = {
  sendLine: (terminal: string, lineId: string, line: string) => boolean;
  interrupt: (terminal: string) => void;
  complete: (terminal: string, line: string, cursor: number) => Promise<{ from: number; items: string[] }>;
};

/** One terminal. */
export class TerminalSession {
  /** Its name on the wire. */
  readonly id: string;
  /** The line that runs, or null. */
  running = $state.raw<Running | null>(null);
  /** A line that was never sent, and that nobody has decided about. */
  stale = $state('');
  /** Prompt. */
  prompt: string;
  /** Lines typed before, oldest first. */
  history: string[] = [];
  /** A line that was put on the prompt for a person to run, or null. */
  offered: OfferedLine | null = null;
  /** Told that a line was put on the prompt. */
  onOffer: (() => void) | null = null;
  /** Sentences that stand above the prompt while a line is typed; they never keep it from being run. */
  notesOn: (line: string) => readonly string[] = () => [];
  /** The newest line that was run, or null. */
  ran = $state.raw<RanLine | null>(null);
  /** Everything that was printed. */
  transcript = '';
  /** Told what to print. */
  onPrint: ((text: string) => void) | null = null;
  /** Told that a prompt shall be shown. */
  onPrompt: (() => void) | null = null;
  #port: TerminalPort;
  #count = 0;

  constructor(id: string, prompt: string, port: TerminalPort) {
    this.id = id;
    this.prompt = prompt;
    this.#port = port;
  }

  /** Puts a line on the prompt without running it; it waits while another one runs. */
  offer(line: string, why = ''): void {
    this.offered = { line, why };
    this.onOffer?.();
  }

  /** Runs a line. */
  run(line: string, nowMs: number): void {
    if (line.trim() !== '' && this.history.at(-1) !== line) {
      this.history = [...this.history, line].slice(-HISTORY_MAX);
    }
    if (line.trim() !== '') this.ran = { line: line.trim(), output: '' };
    this.offered = null;
    const lineId = `${this.id}-${nowMs.toString(36)}-${++this.#count}`;
    const sent = this.#port.sendLine(this.id, lineId, line);
    this.running = { lineId, line, sent, askedAtMs: nowMs };
    if (!sent) this.print('\x1b[33mNo connection. The line is sent when it is back.\x1b[0m\n');
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    if (this.running?.sent) return this.#port.interrupt(this.id);
    if (this.running !== null) this.#over('\x1b[33mNot sent.\x1b[0m\n');
  }

  /** What could stand at the cursor. */
  complete(line: string, cursor: number): Promise<{ from: number; items: string[] }> {
    return this.#port.complete(this.id, line, cursor);
  }

  /** Prints. */
  print(text: string): void {
    this.transcript = (this.transcript + text).slice(-KEPT_CHARACTERS);
    this.onPrint?.(text);
  }

  /** The room printed. */
  take(message: Output | Prompt): void {
    if (message.type === 'output') {
      const { stream, text } = message;
      if (this.ran) this.ran = { ...this.ran, output: (this.ran.output + text).slice(-RAN_CHARACTERS) };
      return this.print(stream === 'stderr' ? `\x1b[31m${text}\x1b[0m` : text);
    }
    this.prompt = message.prompt;
    this.#over('');
  }

  /** The line is open again: sends what waited, unless it waited too long. */
  lineOpened(nowMs: number): void {
    const { running } = this;
    if (running === null) return;
    // A line that was sent may be sent again: under its id it runs once, and the prompt comes again.
    if (!running.sent && nowMs - running.askedAtMs > STALE_AFTER_MS) return this.tidy(nowMs);
    this.running = { ...running, sent: this.#port.sendLine(this.id, running.lineId, running.line) };
  }

  /** Gives up a line that has waited too long. */
  tidy(nowMs: number): void {
    const { running } = this;
    if (running === null || running.sent || nowMs - running.askedAtMs <= STALE_AFTER_MS) return;
    this.stale = running.line;
    this.#over('\x1b[33mNot sent for 15 s, so it will not be sent by itself.\x1b[0m\n');
  }

  #over(text: string): void {
    this.running = null;
    if (text !== '') this.print(text);
    this.onPrompt?.();
  }
}
