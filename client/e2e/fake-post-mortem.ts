/** A server's post-mortem of the recorded game: versions, answers, conflicts, as one person meets them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import type {
  PostMortem,
  PostMortemAnswer,
  PostMortemEdit,
  PostMortemSheet,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';
import { editOf } from '../post-mortem/edit-of.ts';

const FOLDER = join(import.meta.dirname, '.cache');

/** The HTML file that a server wrote of a game. */
export function exportedFile(name: 'well' | 'badly'): string {
  return join(FOLDER, `EXERCISE-post-mortem-${name}.html`);
}

/** The document that a server computed of a game. */
function document(name: 'well' | 'badly'): PostMortem {
  const documents = JSON.parse(readFileSync(join(FOLDER, 'post-mortem.json'), 'utf8')) as Record<
    string,
    PostMortem
  >;
  return documents[name];
}

function edited(before: PostMortem, { hidden, pinned, added, ...edit }: PostMortemEdit): PostMortem {
  const lines = added.map((line) => ({
    ...line,
    lane: 'notes' as const,
    typed: false,
    tone: 'neutral' as const,
    marker: '',
    added: true,
  }));
  const timeline = [...before.timeline.filter((line) => !line.added), ...lines]
    .map((line) => ({ ...line, hidden: hidden.includes(line.id), pinned: pinned.includes(line.id) }))
    .sort((left, right) => left.atMicros - right.atMicros);
  return { ...before, ...edit, timeline };
}

/** The post-mortem of the game `demo`. */
export class FakePostMortem {
  /** What was saved, oldest first. */
  readonly versions: (PostMortemVersion & { document: PostMortem })[] = [];
  answer: PostMortemAnswer | null = null;
  readonly #computed: PostMortem;
  readonly #plays: boolean;

  constructor(name: 'well' | 'badly' = 'well', plays = true) {
    this.#computed = document(name);
    this.#plays = plays;
  }

  /** Somebody saves a version. */
  put(
    author: string,
    change: (edit: PostMortemEdit) => PostMortemEdit,
    state: 'draft' | 'final' = 'draft',
  ): void {
    const before = this.#sheet().document;
    const written = {
      version: this.versions.length + 1,
      state,
      author,
      writtenAtUnixMs: Date.UTC(2026, 10, 26, 10),
    };
    this.versions.push({ ...written, document: edited(before, change(editOf(before))) });
  }

  /** Answers the API on a page. */
  async serve(page: Page): Promise<void> {
    const path = '**/api/games/demo/post-mortem';
    await page.route(path, (route) => this.#read(route));
    await page.route(`${path}/versions/*`, (route) => {
      const number = Number(route.request().url().split('/').at(-1));
      return route.fulfill({ json: this.versions[number - 1] });
    });
    await page.route(`${path}/final`, (route) => {
      this.put('Ops', (edit) => edit, 'final');
      return this.#written(route);
    });
    await page.route('**/api/games/demo/answers', (route) => {
      this.answer = route.request().postDataJSON() as PostMortemAnswer;
      return this.#written(route);
    });
  }

  #read(route: Route): Promise<void> {
    if (route.request().method() === 'GET') return route.fulfill({ json: this.#sheet() });
    const { base, edit } = route.request().postDataJSON() as { base: number; edit: PostMortemEdit };
    if (base !== this.versions.length) {
      const sentence = 'Somebody else has saved since you began. Nothing of yours is lost; look at both.';
      return route.fulfill({ status: 409, json: { error: 'conflict', sentence, sheet: this.#sheet() } });
    }
    this.put('Ops', () => edit);
    return this.#written(route);
  }

  #written(route: Route): Promise<void> {
    return route.fulfill({ json: { sheet: this.#sheet(), advice: [] } });
  }

  #sheet(): PostMortemSheet {
    const last = this.versions.at(-1);
    const isFinal = last?.state === 'final';
    const { answer } = this;
    return {
      state: last === undefined ? 'draft' : isFinal ? 'final' : 'edited',
      version: this.versions.length,
      versions: this.versions.map(({ document: _, ...version }) => version),
      document: last?.document ?? this.#computed,
      role: this.#plays ? 'Ops' : '',
      mayEdit: this.#plays && !isFinal,
      mayAnswer: this.#plays && !isFinal,
      answer,
    };
  }
}
