/** The post-mortem of a game on this page: what the server has, what is written here, where both clash. */
import type {
  PostMortemAnswer,
  PostMortemEdit,
  PostMortemSheet,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';
import type { Api, PostMortemSaved } from '../net/api.ts';
import { ApiError } from '../net/api-error.ts';
import { editOf } from '../post-mortem/edit-of.ts';
import { keepDraft, readDraft } from '../post-mortem/kept-draft.ts';
import { mergeEdits, withSide } from '../post-mortem/merge-edits.ts';
import type { Clash } from '../post-mortem/merge-edits.ts';

/** The post-mortem of one game. */
export class PostMortemState {
  /** What the server has; null until it came. */
  sheet = $state.raw<PostMortemSheet | null>(null);
  /** What is being written; null while nobody writes here. */
  edit = $state<PostMortemEdit | null>(null);
  /** What both changed since, to be chosen from. */
  clashes = $state.raw<Clash[]>([]);
  /** What to tell about the last thing that was done, '' for nothing. */
  said = $state('');
  /** Why the last thing could not be done, '' for nothing. */
  wrong = $state('');
  /** What the words that were saved should not say. */
  advice = $state.raw<string[]>([]);
  /** Whether the server is being asked. */
  busy = $state(false);
  /** When the draft on this device was written, Unix milliseconds; 0 without one. */
  foundDraftAtUnixMs = $state(0);
  #from: PostMortemEdit | null = null;
  #base = 0;
  readonly #api: Api;
  readonly #id: string;

  constructor(api: Api, id: string) {
    this.#api = api;
    this.#id = id;
  }

  /** Whether something is written that the server does not have. */
  get isChanged(): boolean {
    return this.edit !== null && JSON.stringify(this.edit) !== JSON.stringify(this.#from);
  }

  /** Asks the server, and takes up what was written here before a reload. */
  async load(): Promise<void> {
    this.sheet = await this.#api.postMortem(this.#id);
    const draft = readDraft(this.#id);
    if (draft === null) return;
    if (!this.sheet.mayEdit) return;
    this.foundDraftAtUnixMs = draft.atUnixMs;
    this.#begin(draft.from, draft.base, draft.edit);
    if (draft.base !== this.sheet.version) this.#merge(this.sheet);
  }

  /** Begins to write, from what the server has. */
  begin(): void {
    if (this.sheet === null) return;
    const from = editOf(this.sheet.document);
    this.#begin(from, this.sheet.version, structuredClone(from));
  }

  /** Keeps what is written on this device; called whenever it changed. */
  remember(): void {
    if (this.edit === null || this.#from === null) return;
    const edit = $state.snapshot(this.edit);
    const draft = { base: this.#base, from: this.#from, edit, atUnixMs: Date.now() };
    keepDraft(this.#id, this.isChanged ? draft : null);
  }

  /** Gives up what is written and not saved. */
  discard(): void {
    this.#stop();
    this.said = '';
    this.wrong = '';
  }

  /** Takes one side of a clash. */
  choose(clash: Clash, side: 'mine' | 'theirs'): void {
    if (this.edit === null) return;
    this.edit = withSide($state.snapshot(this.edit), clash, side);
    this.clashes = this.clashes.filter((one) => one !== clash);
  }

  /** Saves a version. */
  async save(): Promise<void> {
    const { edit } = this;
    if (edit === null) return;
    const clean = $state.snapshot(edit);
    await this.#write(() => this.#api.savePostMortem(this.#id, this.#base, clean), 'Saved as version');
  }

  /** Saves what an earlier version said as a new version. */
  async restore({ version }: PostMortemVersion): Promise<void> {
    const { sheet } = this;
    if (sheet === null) return;
    await this.#write(async () => {
      const { document } = await this.#api.postMortemVersion(this.#id, version);
      const edit = { ...editOf(document), answersTaken: sheet.document.answersTaken };
      return this.#api.savePostMortem(this.#id, sheet.version, edit);
    }, `Version ${version} is restored, as version`);
  }

  /** Locks it. */
  async finish(): Promise<void> {
    const base = this.sheet?.version ?? 0;
    await this.#write(() => this.#api.finishPostMortem(this.#id, base), 'Final, as version');
  }

  /** Answers the two questions. */
  async answer(answer: PostMortemAnswer): Promise<void> {
    this.sheet = (await this.#api.answer(this.#id, answer)).sheet;
  }

  #begin(from: PostMortemEdit, base: number, edit: PostMortemEdit): void {
    this.#from = from;
    this.#base = base;
    this.edit = edit;
    this.clashes = [];
    this.said = '';
    this.wrong = '';
  }

  #stop(): void {
    keepDraft(this.#id, null);
    this.edit = null;
    this.#from = null;
    this.clashes = [];
    this.foundDraftAtUnixMs = 0;
  }

  async #write(ask: () => Promise<PostMortemSaved>, done: string): Promise<void> {
    this.busy = true;
    this.wrong = '';
    try {
      const { sheet, advice } = await ask();
      this.sheet = sheet;
      this.advice = advice;
      this.#stop();
      this.said = `${done} ${sheet.version}.`;
    } catch (error) {
      this.#failed(error as Error);
    } finally {
      this.busy = false;
    }
  }

  #failed(error: Error): void {
    const told = error instanceof ApiError ? (error.body as { sheet?: PostMortemSheet } | null) : null;
    this.wrong = error.message;
    if (told?.sheet === undefined) return;
    this.sheet = told.sheet;
    if (this.edit !== null) this.#merge(told.sheet);
  }

  /** Somebody else has saved since: both are put together, to be looked over and saved. */
  #merge(sheet: PostMortemSheet): void {
    if (this.edit === null || this.#from === null) return;
    const theirs = editOf(sheet.document);
    const { edit, clashes } = mergeEdits(this.#from, $state.snapshot(this.edit), theirs);
    this.#begin(theirs, sheet.version, edit);
    this.clashes = clashes;
    const { author = 'Somebody', version = 0 } = sheet.versions.at(-1) ?? {};
    const rest = clashes.length === 0 ? 'Both are put together below' : 'Choose where both changed the same';
    this.said =
      `${author} saved version ${version} while you wrote. ${rest}; nothing of yours is lost. ` +
      'Look it over and save.';
    this.remember();
  }
}
