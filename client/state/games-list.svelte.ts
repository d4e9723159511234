/** Finished games as far as they have been fetched, page by page. */
import type { ListedGame } from '@chaotic-good/engine/protocol/boards';
import type { Api, GamesFilter } from '../net/api.ts';

/** The list of a page. */
export class GamesList {
  /** What has been fetched, newest first. */
  games = $state.raw<ListedGame[]>([]);
  /** How the first page stands. */
  phase = $state<'loading' | 'ready' | 'failed'>('loading');
  /** Why the last request failed, or ''. */
  failed = $state('');
  /** Whether the next page is on its way. */
  isFetching = $state(false);
  /** What the next page is asked for with; null = there is none. */
  next = $state<string | null>(null);
  #api: Pick<Api, 'games'>;
  #filter: Partial<GamesFilter> = {};
  /** Number of the newest request: answers to older ones come too late. */
  #newest = 0;

  constructor(api: Pick<Api, 'games'>) {
    this.#api = api;
  }

  /** Begins again with this filter. What was there stays until the answer comes. */
  async load(filter: Partial<GamesFilter>): Promise<void> {
    this.#filter = filter;
    await this.#fetch('');
  }

  /** Fetches the next page, if there is one. */
  async more(): Promise<void> {
    if (this.next !== null && !this.isFetching) await this.#fetch(this.next);
  }

  async #fetch(after: string): Promise<void> {
    const number = ++this.#newest;
    this.isFetching = true;
    this.failed = '';
    try {
      const { games, next } = await this.#api.games({ ...this.#filter, after });
      if (number !== this.#newest) return;
      this.games = after === '' ? games : [...this.games, ...games];
      this.next = next;
      this.phase = 'ready';
    } catch (error) {
      if (number !== this.#newest) return;
      this.failed = (error as Error).message;
      if (after === '') this.phase = 'failed';
    }
    this.isFetching = false;
  }
}
