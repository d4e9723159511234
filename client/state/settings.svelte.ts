/** What this person prefers on this computer; kept, but never needed. */
import type { Zone } from '../ui/format.ts';

/** Which colours. */
export type Theme = 'system' | 'dark' | 'light';

/** Everything that is kept. */
type Kept = {
  theme: Theme;
  zone: Zone;
  letterKeys: boolean;
  sound: boolean;
  notify: boolean;
  name: string;
  folded: string[];
};

const KEY = 'settings';
const FIRST: Kept = {
  theme: 'system',
  zone: 'utc',
  letterKeys: true,
  sound: false,
  notify: false,
  name: '',
  folded: [],
};

function load(): Kept {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Kept>) };
  } catch {
    return FIRST; // Storage is switched off, or holds something else.
  }
}

/** Preferences. */
export class Settings {
  #kept = $state.raw<Kept>(load());

  get theme(): Theme {
    return this.#kept.theme;
  }
  set theme(theme: Theme) {
    this.#keep({ theme });
  }

  /** Which clock times are shown by. */
  get zone(): Zone {
    return this.#kept.zone;
  }
  set zone(zone: Zone) {
    this.#keep({ zone });
  }

  /** Whether single letters are keys. */
  get letterKeys(): boolean {
    return this.#kept.letterKeys;
  }
  set letterKeys(letterKeys: boolean) {
    this.#keep({ letterKeys });
  }

  /** Whether a page is heard. */
  get sound(): boolean {
    return this.#kept.sound;
  }
  set sound(sound: boolean) {
    this.#keep({ sound });
  }

  /** Whether a page is shown on the desktop while the tab is hidden; the browser must allow it, too. */
  get notify(): boolean {
    return this.#kept.notify;
  }
  set notify(notify: boolean) {
    this.#keep({ notify });
  }

  /** Name at the table. */
  get name(): string {
    return this.#kept.name;
  }
  set name(name: string) {
    this.#keep({ name });
  }

  /** Whether a part of the page is folded away. */
  isFolded(part: string): boolean {
    return this.#kept.folded.includes(part);
  }

  /** Folds a part of the page away, or opens it again. */
  fold(part: string): void {
    const others = this.#kept.folded.filter((one) => one !== part);
    this.#keep({ folded: this.isFolded(part) ? others : [...others, part] });
  }

  #keep(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // Without storage they last as long as the page.
    }
  }
}
